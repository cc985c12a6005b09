"""Two versions of one text, shown by what they do not share."""

from dataclasses import dataclass
from html import unescape

from blog import differences
from blog.markup import Kind, tokens
from blog.pictures import uses_in
from blog.projection import project
from blog.workflow import Draft

NONE = differences.Difference(())


@dataclass(frozen=True)
class TextDifference:
    """What two versions of a post do not share: title and summary, the words of the text, and what
    stands in it without being words: pictures with their descriptions, and where links lead."""

    lines: tuple[differences.Paragraph, ...]
    text: differences.Difference
    pictures: differences.Difference = NONE
    links: differences.Difference = NONE
    is_empty: bool = False  # to the last letter of the markup


def difference_of(old: Draft, new: Draft) -> TextDifference:
    """Compare two texts word by word."""
    return TextDifference(
        lines=(
            differences.compare_words(old.title, new.title),
            differences.compare_words(old.summary, new.summary),
        ),
        text=differences.compare(project(old.body).text, project(new.body).text),
        pictures=differences.compare(_pictures(old.body), _pictures(new.body)),
        links=differences.compare(_links(old.body), _links(new.body)),
        is_empty=old == new,
    )


def _pictures(html: str) -> str:
    """A line for each picture: what it shows, and where it is kept."""
    return "\n".join(f"{one.description} ({one.src})".strip() for one in uses_in(html))


def _links(html: str) -> str:
    """A line for each link: where it leads."""
    opened = (one for one in tokens(html) if one.name == "a" and one.kind is Kind.OPEN)
    return "\n".join(unescape(one.values().get("href", "")) for one in opened)
