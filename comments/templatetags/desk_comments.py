"""What the desk says about a comment and its lists."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments import queue
from comments.filters import DeskList, Place
from comments.lists import MOST_COUNTED, Tab
from comments.models import Batch, CommentEvent, CommentState, PostComment
from comments.people_cards import Record

register = template.Library()


@register.filter
def why(comment: PostComment) -> CommentEvent | None:
    """The last event that gave a reason for its state."""
    return queue.why(comment)


@register.filter
def moves(comment: PostComment) -> list[CommentState]:
    """What a moderator may do with it."""
    return queue.moves(comment)


@register.filter
def beside(place: Place, name: DeskList) -> str:
    """The query of another list under the same filter."""
    return place.beside(name).query


@register.filter
def number(tab: Tab) -> str:
    """How many are in a list, as far as anybody counts."""
    if tab.count is None:
        return ""
    return f"{MOST_COUNTED}+" if tab.is_more else str(tab.count)


@register.filter
def record_in_words(record: Record) -> str:
    """How the comments of somebody fared: "3 comments, 2 published, 0 refused"."""
    if record.comments <= 1:
        return _("First comment of this person")
    said = ngettext("%(number)d comment", "%(number)d comments", record.comments)
    facts = [
        said % {"number": record.comments},
        _("%(number)d published") % {"number": record.published},
        _("%(number)d refused") % {"number": record.refused},
    ]
    if record.spam:
        facts.append(_("%(number)d spam") % {"number": record.spam})
    return ", ".join(facts)


@register.filter
def numbered(reasons: Iterable[tuple[str, str]]) -> list[tuple[int, str, str]]:
    """Reasons with the digit that gives them."""
    return [(digit, value, label) for digit, (value, label) in enumerate(reasons, 1)]


@register.filter
def done_in_words(batch: Batch) -> str:
    """What a decision about many has done so far."""
    done = ngettext(
        "%(number)d comment is now in “%(state)s”.",
        "%(number)d comments are now in “%(state)s”.",
        batch.done,
    ) % {"number": batch.done, "state": CommentState(batch.to_state).label}
    if not batch.left:
        return done
    left = ngettext(
        "%(number)d was left as it was: it had moved on.",
        "%(number)d were left as they were: they had moved on.",
        batch.left,
    )
    return f"{done} {left % {'number': batch.left}}"
