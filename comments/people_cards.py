"""What moderators see of participants: who they are, their record, all they wrote."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, Subquery
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.roles import is_moderator, is_publisher
from comments.models import (
    CommentState,
    House,
    Participant,
    ParticipantNote,
    PostComment,
    PostCommentQuerySet,
    Sanction,
)

S = CommentState
ON_A_PAGE = 25
MOST_NAMES = 20


@dataclass(frozen=True)
class Record:
    """How the comments of one participant fared."""

    comments: int = 0
    published: int = 0
    refused: int = 0  # rejected or taken down
    spam: int = 0


NOTHING_YET = Record()


def records(participants: Iterable[int | None]) -> dict[int, Record]:
    """The record of each of these participants, in one query; who has none is not in it."""
    wanted = {pk for pk in participants if pk is not None}
    rows = (
        PostComment.objects.filter(participant__in=wanted)
        .order_by()
        .values_list("participant")
        .annotate(
            comments=Count("pk"),
            published=Count("pk", filter=Q(state=S.PUBLISHED)),
            refused=Count("pk", filter=Q(state__in=(S.REJECTED, S.REMOVED))),
            spam=Count("pk", filter=Q(state=S.SPAM)),
        )
    )
    return {pk: Record(*numbers) for pk, *numbers in rows}


def may_see_addresses(viewer: Person) -> bool:
    """The publisher sees e-mail and network addresses; moderators only where the house says so."""
    return is_publisher(viewer) or (
        is_moderator(viewer) and House.current().moderators_see_addresses
    )


@dataclass(frozen=True)
class Card:
    """One participant in a list."""

    participant: Participant
    newest: PostComment
    record: Record
    in_force: list[Sanction]

    @property
    def name(self) -> str:
        return self.newest.writer


@dataclass(frozen=True)
class Cards:
    """Some participants, those who commented last first; `older` begins the next list, if any."""

    cards: list[Card]
    older: int | None


def find(*, viewer: Person, words: str = "", before: int = 0) -> Cards:
    """Who commented, by their newest comment, from before the comment with the given id.

    Finds by the names they used; by e-mail address only for those who may see it. Walks back from
    the comment that came last, so that a list costs the same on a site of any size; only words are
    looked for in all names.
    """
    later = PostComment.objects.filter(participant=OuterRef("participant"), pk__gt=OuterRef("pk"))
    newest = PostComment.objects.filter(~Exists(later), participant__isnull=False)
    if words:
        newest = newest.filter(_matching(words, viewer))
    if before:
        newest = newest.filter(pk__lt=before)
    found = list(_with_sanctions(newest).order_by("-pk")[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    known = records(comment.participant_id for comment in shown)
    return Cards([_card(one, known) for one in shown], _older(found))


def by_id(pk: int) -> Participant | None:
    return Participant.objects.select_related("person").filter(pk=pk).first()


def names(participant: Participant) -> list[str]:
    """The names they used, the newest first; an account has the one of its person before them."""
    theirs = PostComment.objects.filter(participant=participant).exclude(user_name="")
    last_used = theirs.order_by().values_list("user_name").annotate(newest=Max("pk"))
    typed = [name for name, _pk in last_used.order_by("-newest")[:MOST_NAMES]]
    own = [participant.person.public_name] if participant.person else []
    return list(dict.fromkeys([*own, *typed])) or [str(_("Somebody without a name"))]


def comments_of(
    participant: Participant, *, state: str = "", number: str | None = None
) -> "Page[PostComment]":
    """Their comments, newest first; in one state, or in all."""
    theirs = PostComment.objects.filter(participant=participant)
    if state in CommentState.values:
        theirs = theirs.filter(state=state)
    theirs = theirs.select_related("user", "post").defer("post__body").order_by("-pk")
    return Paginator(theirs, ON_A_PAGE).get_page(number)


@dataclass(frozen=True)
class Dossier:
    """All that a moderator is shown about one participant, beside their comments."""

    participant: Participant
    names: list[str]
    counts: list[tuple[CommentState, int]]
    sanctions: list[Sanction]
    notes: list[ParticipantNote]

    @property
    def total(self) -> int:
        return sum(number for _state, number in self.counts)

    @property
    def is_staff(self) -> bool:
        person = self.participant.person
        return person is not None and is_moderator(person)


def dossier(participant: Participant) -> Dossier:
    """Four queries, whatever they wrote; the sanctions of a login count for its address too."""
    against = Sanction.objects.against(participant)
    return Dossier(
        participant,
        names(participant),
        _counts(participant),
        list(against.select_related("participant", "set_by", "lifted_by")),
        list(participant.notes.select_related("written_by")),
    )


def log(number: str | None) -> "Page[Sanction]":
    """All sanctions, newest first, with the name that their participant used last."""
    newest = PostComment.objects.filter(participant=OuterRef("participant")).order_by("-pk")
    rows = Sanction.objects.select_related("participant__person", "set_by", "lifted_by")
    named = rows.annotate(guest_name=Subquery(newest.values("user_name")[:1]))
    return Paginator(named, ON_A_PAGE).get_page(number)


def _counts(participant: Participant) -> list[tuple[CommentState, int]]:
    rows = participant.comments.order_by().values_list("state").annotate(number=Count("pk"))
    known = dict(rows)
    return [(state, known.get(state, 0)) for state in CommentState]


def _matching(words: str, viewer: Person) -> Q:
    """Whose names hold the words; two subqueries, since a join would meet each pair."""
    typed = PostComment.objects.filter(user_name__icontains=words).order_by()
    known = Q(person__name__icontains=words)
    if may_see_addresses(viewer):
        known |= Q(guest_email__icontains=words) | Q(person__email__icontains=words)
    return Q(participant__in=typed.values("participant")) | Q(
        participant__in=Participant.objects.filter(known).values("pk")
    )


def _with_sanctions(comments: PostCommentQuerySet) -> PostCommentQuerySet:
    in_force = Prefetch("participant__sanctions", Sanction.objects.in_force(), to_attr="in_force")
    return comments.select_related("user", "participant__person").prefetch_related(in_force)


def _card(newest: PostComment, known: dict[int, Record]) -> Card:
    participant = newest.participant
    assert participant is not None  # noqa: S101  `find` asks for it
    in_force: list[Sanction] = participant.in_force  # type: ignore[attr-defined]  # prefetched
    return Card(participant, newest, known.get(participant.pk, NOTHING_YET), in_force)


def _older(found: list[PostComment]) -> int | None:
    return found[ON_A_PAGE - 1].pk if len(found) > ON_A_PAGE else None
