"""The lists of the disputes' desk: each says since when its items wait, the oldest first."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, QuerySet, Subquery, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from blog.models import Notice
from editorial import aims, limits, rewording
from editorial.models import Dispute, FollowUp, Question
from editorial.models.dispute import OPEN_STATES, DisputeQuerySet

ON_A_PAGE = 30
MOST_COUNTED = 1_000  # of each list; more is told as "1000+"


class DeskList(TextChoices):
    """What an editor may look at, in the order of the tabs."""

    WAITING = "waiting", _("Everything open")
    RECEIVED = "received", _("Received")
    LATER = "later", _("Received, can wait")
    REVIEW = "review", _("Under review")
    MINE = "mine", _("Mine")
    UNASSIGNED = "unassigned", _("Unassigned")
    OVERDUE = "overdue", _("Overdue")
    OWED = "owed", _("Owed a word")
    ASKED = "asked", _("Waiting for the raiser")
    HEARING = "hearing", _("Waiting for the author")
    WISHES = "wishes", _("Wishes of raisers")
    LOST = "lost", _("Lost their words")
    REWORDED = "reworded", _("Changed without notice")
    UNDONE = "undone", _("Corrections undone")
    PROMISED = "promised", _("Follow-ups promised")

    @property
    def hint(self) -> "str | Promise":
        return HINTS.get(self, "")


L = DeskList
HINTS = {
    L.RECEIVED: _("Nothing of these is public. Take them up, or decline them with a reason."),
    L.LATER: _(
        "Of a rush on one post all but the first, and of people who attacked others before."
    ),
    L.REVIEW: _("Marked on the post. Decide them."),
    L.OVERDUE: _("By our own aims these should have been read, or decided, by now."),
    L.OWED: _("Under review for long: tell readers how far it is, express concern, or decide."),
    L.ASKED: _("We asked something that has to be answered first."),
    L.HEARING: _("The author has the word until the day that is named, and may stay silent."),
    L.WISHES: _("Whoever raised these asks to take them back, or to open them again."),
    L.LOST: _("The text was edited. Say where the words stand now, or decide."),
    L.REWORDED: _("An edit changed the disputed words, and nobody was asked about it."),
}


class Tab(NamedTuple):
    """One list with how much is in it; `is_many` when that is more than was counted."""

    name: DeskList
    number: int
    is_many: bool


class Listing(NamedTuple):
    """One page of a list, and all the tabs."""

    shown: DeskList
    tabs: list[Tab]
    page: Page[Any]


def listing(name: str, *, person: Person, page: str | None) -> Listing:
    """The list of that name, or all that is open; as many queries for one item as for many."""
    shown = DeskList(name) if name in DeskList.values else L.WAITING
    known = {**_received(), L.MINE: _open().filter(assigned_to=person)}
    lists = {one: _rows(one, known) for one in DeskList}
    tabs = [_tab(one, rows) for one, rows in lists.items()]
    rows = lists[shown].order_by("since", "pk")
    return Listing(shown, tabs, Paginator(_with_all(rows), ON_A_PAGE).get_page(page))


def _tab(name: DeskList, rows: QuerySet[Any]) -> Tab:
    number = rows.order_by()[: MOST_COUNTED + 1].count()
    return Tab(name, min(number, MOST_COUNTED), number > MOST_COUNTED)


def _rows(name: DeskList, known: dict[DeskList, DisputeQuerySet]) -> QuerySet[Any]:
    if name in known:
        return known[name].annotate(since=F("created_at"))
    rows, since = ROWS[name]
    return rows().annotate(since=F(since)) if since else rows()


def _with_all(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With what the items show, and without the texts of posts."""
    if rows.model is Dispute:
        known = rows.select_related("claim__post__author", "assigned_to", "author_reply")
        return known.defer("claim__post__body", "statement", "wanted", "sent")
    if rows.model is Notice:
        known = rows.select_related("post", "undone_in__made_by", "decision")
        known = known.defer("post__body", "undone_in__body_html", "undone_in__text")
        return known.prefetch_related("decision__disputes")
    return rows.select_related("claim__post", "promised_by").defer("claim__post__body")


def _open() -> DisputeQuerySet:
    return Dispute.objects.filter(state__in=OPEN_STATES)


def _received() -> dict[DeskList, DisputeQuerySet]:
    """What was received, in two lists; who attacked people before is asked for once."""
    later = limits.later()
    soon = Dispute.objects.received().exclude(pk__in=later.values("pk"))
    return {L.RECEIVED: soon, L.LATER: later}


def lost() -> DisputeQuerySet:
    """Open objections whose words are gone: an editor is asked where they stand now."""
    waiting = Dispute.objects.waiting()
    return waiting.filter(pk__in=Dispute.objects.orphaned().values("pk"))


def _asked() -> QuerySet[Any]:
    """Whoever raised them was asked something and has not answered yet."""
    unanswered = Question.objects.filter(dispute=OuterRef("pk"), answered_at=None)
    first = Subquery(unanswered.order_by("asked_at").values("asked_at")[:1])
    return _open().annotate(since=first).filter(since__isnull=False)


def _hearing() -> DisputeQuerySet:
    under_review = Dispute.objects.under_review()
    return under_review.filter(author_reply__isnull=False, author_reply__replied_at=None)


ROWS: dict[DeskList, tuple[Callable[[], QuerySet[Any]], str]] = {
    L.WAITING: (Dispute.objects.waiting, "created_at"),
    L.REVIEW: (Dispute.objects.under_review, "taken_up_at"),
    L.UNASSIGNED: (lambda: Dispute.objects.waiting().filter(assigned_to=None), "created_at"),
    L.OVERDUE: (aims.overdue, "created_at"),
    L.OWED: (lambda: aims.needs_word() | aims.needs_end(), "created_at"),
    L.ASKED: (_asked, ""),
    L.HEARING: (_hearing, "author_reply__asked_at"),
    L.WISHES: (lambda: Dispute.objects.exclude(wish=""), "wished_at"),
    L.LOST: (lost, "created_at"),
    L.REWORDED: (rewording.unexplained, "edited_at"),
    L.UNDONE: (Notice.objects.undone, "undone_in__created_at"),
    L.PROMISED: (FollowUp.objects.promised, "promised_at"),
}
