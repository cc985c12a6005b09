"""What readers see of disputes: on a post, in the log, on a page of their own.

Private words (the objection as it was typed, the address of its writer) are never even loaded.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, FilteredRelation, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from blog.filters import holds, sought
from blog.kept import A_PK, Prepared, Rows
from blog.models import Notice, Post
from blog.models.notice import withheld_since
from blog.models.passage import PassageField
from comments.models import CommentState, PostComment
from editorial.honesty import READERS_ARE_TOLD
from editorial.models import (
    AuthorReply,
    Decision,
    Dispute,
    DisputeEventKind,
    Finding,
    Grounds,
    Origin,
)
from editorial.models.dispute import PUBLIC_STATES, DisputeQuerySet

TEXTS = ("claim__post__body", "claim__post__head__body_html", "claim__post__head__text")
UNSAID = (
    "statement",
    "wanted",
    "contact_email",
    "raiser_name",
    "comment_quote",
    "sent",
    "decision__follow_up__post__body",
    "decision__follow_up__post__head__body_html",
    "decision__follow_up__post__head__text",
)
SAID_IN_NOTICES = tuple(
    f"decision__notice__{name}" for name in ("text", "before", "after", "sources")
)
SOUGHT_IN = (
    "claim__statement",
    "public_summary",
    "decision__reason_public",
    "claim__post__head__title",
)
ON_A_PAGE = 30
KNOWN = "_what_is_contested"  # where a post keeps its rows while one page is made


@dataclass(frozen=True)
class Place:
    """Words that an objection is about, and whether they still stand in the text."""

    words: str
    field: str
    stands: bool
    revision: int
    seen_at: datetime

    @property
    def is_words(self) -> bool:
        return self.field == PassageField.BODY

    @property
    def is_lost(self) -> bool:
        return self.is_words and not self.stands


@dataclass(frozen=True)
class Item:
    """A dispute as readers see it."""

    public_id: str
    url: str
    post: Post
    claim_id: int
    statement: str
    summary: str
    grounds: str
    origin: str
    comment_url: str
    received_at: datetime
    taken_up_at: datetime | None
    decision: Decision | None
    decided_by: str
    places: list[Place] = field(default_factory=list)
    is_called_wrong: bool = False  # rather than incomplete, out of date, unproved …
    is_withheld: bool = False
    is_by_author: bool = False  # decided by whoever wrote the post
    heard: AuthorReply | None = None  # with the decision, and only where a page shows it

    @property
    def stands(self) -> bool:
        """Whether a mark in the text leads here."""
        return any(place.stands for place in self.places)

    @property
    def lost(self) -> list[Place]:
        return [place for place in self.places if place.is_lost]

    @property
    def is_by_reader(self) -> bool:
        return self.origin not in (Origin.EDITOR, Origin.AUTHOR)

    @property
    def was_decided_early(self) -> bool:
        """Whether the author, who had not answered, still had time to."""
        heard, decision = self.heard, self.decision
        if heard is None or decision is None or heard.replied_at:
            return False
        return decision.decided_at < heard.due_at

    @property
    def told(self) -> str | Promise:
        """What was found, as a sentence for readers."""
        return READERS_ARE_TOLD[Finding(self.decision.finding)] if self.decision else ""


@dataclass(frozen=True)
class Record:
    """Objections to a post: open, checked without any change, answered by a notice."""

    open: list[Item]
    checked: list[Item]
    answered: list[Item]

    @property
    def statements(self) -> int:
        """How many statements are under review; several may object to the same one."""
        return len({item.claim_id for item in self.open})


def of(post: Post) -> Record:
    """The record of a public post."""
    listed = items(_shown(post.pk), post=post)
    decided = [item for item in listed if item.decision is not None]
    return Record(
        open=[item for item in listed if item.decision is None],
        checked=[item for item in decided if not _has_notice(item)],
        answered=[item for item in decided if _has_notice(item)],
    )


def _has_notice(item: Item) -> bool:
    return item.decision is not None and item.decision.notice_id is not None


def facts(post: Post) -> Rows:
    """The rows the record of a post is made of, as the driver gives them; empty when there is none.

    One cheap query, however often one page asks.
    """
    known: Rows | None = post.__dict__.get(KNOWN)
    if known is None:
        known = post.__dict__[KNOWN] = FACTS.rows(post.pk)
    return known


def _shown(pk: int) -> DisputeQuerySet:
    about = Dispute.objects.filter(claim__post=pk, state__in=PUBLIC_STATES)
    rows = with_places(about).select_related("decision__notice").defer(*UNSAID, *SAID_IN_NOTICES)
    return rows.order_by("taken_up_at", "pk")


def with_places(disputes: DisputeQuerySet) -> DisputeQuerySet:
    """One row for each passage; keep the rows of a dispute together when ordering."""
    where = "claim__passages__positions"
    in_head = Q(claim__passages__positions__revision=F("claim__post__head"))
    beside = ("decision__follow_up__post__head", "decision__earlier_notice")
    return (
        disputes.select_related("claim", *beside)
        .defer(*UNSAID)
        .annotate(now=FilteredRelation(where, condition=in_head))
        .annotate(
            words=F("claim__passages__exact"),
            field=F("claim__passages__field"),
            captured_in=F("claim__passages__captured_revision__number"),
            captured_at=F("claim__passages__captured_revision__created_at"),
            stands_at=F("now__start"),
            comment_state=F("source_comment__state"),
            decider=F("decision__decided_by__name"),
            decider_pk=F("decision__decided_by"),
            author_pk=F("claim__post__author__person"),
        )
    )


def items(rows: Iterable[Any], *, post: Post | None = None) -> list[Item]:
    """Bring the rows of each dispute together; `post` is the one they are all about, if it is."""
    grouped = groupby(rows, key=lambda row: row.pk)
    return [_item(list(group), post) for _pk, group in grouped]


def _item(rows: list[Any], post: Post | None) -> Item:
    first = rows[0]
    if first.withheld_at is not None:
        return _withheld(first, post)
    return Item(
        public_id=first.public_id,
        url=first.get_absolute_url(),
        post=post or first.claim.post,
        claim_id=first.claim_id,
        statement=first.claim.statement,
        summary=first.public_summary,
        grounds=first.get_grounds_display(),
        is_called_wrong=first.grounds == Grounds.ERROR,
        origin=first.origin,
        comment_url=_comment_url(first),
        received_at=first.created_at,
        taken_up_at=first.taken_up_at,
        decision=first.decision,
        decided_by=first.decider or "",
        is_by_author=first.decider_pk is not None and first.decider_pk == first.author_pk,
        places=[_place(row) for row in sorted(rows, key=_reading_order) if row.words is not None],
        heard=_heard(first),
    )


def _withheld(row: Any, post: Post | None) -> Item:
    """That there is a dispute and what was found, without a word of either."""
    return Item(
        public_id=row.public_id,
        url=row.get_absolute_url(),
        post=post or row.claim.post,
        claim_id=row.claim_id,
        statement=_("A statement whose words are withheld"),
        summary=withheld_since(row.withheld_at),
        grounds="",
        origin=row.origin,
        comment_url="",
        received_at=row.created_at,
        taken_up_at=row.taken_up_at,
        decision=_wordless(row.decision),
        decided_by=row.decider or "",
        is_withheld=True,
    )


def _wordless(decision: Decision | None) -> Decision | None:
    """This copy of a decision, of which nothing is ever stored again."""
    if decision is not None:
        decision.reason_public = ""
        if decision.notice is not None:
            decision.notice.hide_words()
    return decision


def _heard(row: Any) -> AuthorReply | None:
    """What the author said, once it is decided; only where it was loaded, see `_with_hearing`."""
    if row.decision is None or not Dispute.author_reply.is_cached(row):
        return None
    return getattr(row, "author_reply", None)


def _with_hearing(disputes: DisputeQuerySet) -> DisputeQuerySet:
    """With what the author said, but nothing of what the editors proposed to them."""
    return disputes.select_related("author_reply").defer("author_reply__proposed")


def _reading_order(row: Any) -> tuple[bool, int]:
    return row.stands_at is None, row.stands_at or 0


def _place(row: Any) -> Place:
    return Place(row.words, row.field, row.stands_at is not None, row.captured_in, row.captured_at)


def _comment_url(row: Any) -> str:
    if row.comment_state != CommentState.PUBLISHED:
        return ""
    return reverse("comments:comment", kwargs={"pk": row.source_comment_id})


def open_page(number: str | int, words: str = "") -> tuple[Page[Dispute], list[Item]]:
    """All statements under review on the site that hold these words, newest first."""
    disputes = _holding(Dispute.objects.public().under_review(), words)
    return _page(disputes, number, "-taken_up_at")


def unchanged_page(number: str | int, words: str = "") -> tuple[Page[Dispute], list[Item]]:
    """Decisions that changed nothing and hold these words, newest first."""
    disputes = _holding(Dispute.objects.public().unchanged(), words)
    return _page(disputes, number, "-closed_at")


def _holding(disputes: DisputeQuerySet, words: str) -> DisputeQuerySet:
    """What readers are not shown is not found either."""
    if words:
        disputes = disputes.filter(withheld_at=None)
    for word in sought(words):
        disputes = disputes.filter(holds(word, SOUGHT_IN))
    return disputes


def _page(
    disputes: DisputeQuerySet, number: str | int, newest: str
) -> tuple[Page[Dispute], list[Item]]:
    ordered = disputes.order_by(newest, "-pk").only("pk")
    page = Paginator(ordered, ON_A_PAGE).get_page(number)
    shown = Dispute.objects.filter(pk__in=[dispute.pk for dispute in page])
    return page, _listed(shown, newest)


def _listed(disputes: DisputeQuerySet, newest: str) -> list[Item]:
    rows = with_places(disputes).select_related("claim__post__head").defer(*TEXTS)
    return items(rows.order_by(newest, "-pk"))


def public_item(public_id: str) -> Item | None:
    """One dispute for its own page; None unless everybody may read it."""
    one = Dispute.objects.public().filter(public_id=public_id)
    rows = with_places(one).select_related("claim__post__head", "decision__notice")
    found = items(_with_hearing(rows))
    return found[0] if found else None


def behind(notice: Notice) -> list[Item]:
    """The disputes that a notice answers, while everybody may read them."""
    disputes = Dispute.objects.public().filter(decisions__notice=notice)
    rows = _with_hearing(with_places(disputes)).order_by("taken_up_at", "pk")
    return items(rows, post=notice.post)


def from_comment(comment: PostComment) -> list[Item]:
    """The disputes made from a comment, in the order they were made, while they are public."""
    disputes = Dispute.objects.filter(source_comment=comment, state__in=PUBLIC_STATES)
    rows = with_places(disputes).select_related("decision__notice")
    return items(rows.order_by("pk"), post=comment.post)


def declined_because(dispute: Dispute) -> str:
    """The sentence that the raiser, and nobody else, was given."""
    declined = dispute.events.filter(kind=DisputeEventKind.DECLINED).last()
    return declined.message if declined else ""


FACTS = Prepared(_shown, A_PK)


def thanked(notice: Notice) -> list[str]:
    """Who pointed it out and wants to be named; the name of an account is read as it is now."""
    disputes = Dispute.objects.filter(decisions__notice=notice, wants_credit=True)
    listed = disputes.select_related("raised_by").oldest_first()
    names = (one.raised_by.name if one.raised_by else one.raiser_name for one in listed)
    return [name for name in dict.fromkeys(names) if name]
