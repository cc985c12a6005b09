"""Two versions of one text, shown by what they do not share."""

from dataclasses import dataclass

from blog import differences
from blog.projection import project
from blog.workflow import Draft


@dataclass(frozen=True)
class TextDifference:
    """What two versions of a post do not share: title and summary, and the words of the text."""

    lines: tuple[differences.Paragraph, ...]
    text: differences.Difference

    @property
    def is_empty(self) -> bool:
        return self.text.is_empty and all(line.is_same for line in self.lines)


def difference_of(old: Draft, new: Draft) -> TextDifference:
    """Compare two texts word by word, whatever their markup."""
    return TextDifference(
        lines=(
            differences.compare_words(old.title, new.title),
            differences.compare_words(old.summary, new.summary),
        ),
        text=differences.compare(project(old.body).text, project(new.body).text),
    )
