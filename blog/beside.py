"""A draft with what author and editors said beside it, in the order of the text."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from blog import painting
from blog.models import DraftComment, Post


@dataclass(frozen=True)
class Thread:
    """What was said first, with its answers; `number` leads to its words, if they stand."""

    first: DraftComment
    number: int | None

    @property
    def replies(self) -> list[DraftComment]:
        return list(self.first.replies.all())


@dataclass(frozen=True)
class Beside:
    """The body with its numbered words, open threads in the order of the text, and closed ones."""

    body_html: SafeString
    waiting: list[Thread]
    closed: list[Thread]


def beside(post: Post) -> Beside:
    """Two queries, whatever was said."""
    replies = Prefetch("replies", DraftComment.objects.select_related("author"))
    said = post.draft_comments.threads().select_related("author", "decided_by")
    threads = sorted(said.prefetch_related(replies), key=_place)
    waiting = [one for one in threads if one.is_open]
    placed = [one for one in waiting if one.start is not None]
    numbers = {one.pk: number for number, one in enumerate(placed, start=1)}
    return Beside(
        body_html=mark_safe(painting.paint(post.body, [_paint(one, numbers) for one in placed])),
        waiting=[Thread(one, numbers.get(one.pk)) for one in waiting],
        closed=[Thread(one, None) for one in threads if not one.is_open],
    )


def _place(one: DraftComment) -> tuple[bool, int, int]:
    """What stands in the text in its order, then what is about the whole or lost its words."""
    return one.start is None, one.start or 0, one.pk


def _paint(one: DraftComment, numbers: dict[int, int]) -> painting.Paint:
    number = numbers[one.pk]
    link = format_html(
        '<a class="beside-ref" id="beside-{0}" href="#said-{0}" data-number="{1}"'
        ' aria-label="{2}"></a>',
        one.pk,
        number,
        _("Comment %(number)s") % {"number": number},
    )
    return painting.Paint(f"beside-{one.pk}", one.start or 0, one.end or 0, "note", link)
