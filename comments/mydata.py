"""Everything stored about the owner of an e-mail address, as they may see it themselves.

Moderators' notes and the reasons that only moderators read are not among it. Rooms that know
discussions without being known here, such as the disputes, add what is theirs to `ROOMS`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.core import signing
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.addresses import absolute_url
from accounts.models import Person
from comments.models import (
    CommentEvent,
    Flag,
    Follow,
    Notification,
    Participant,
    PostComment,
    PostCommentQuerySet,
    Respect,
    Sanction,
    Silence,
)

LINK_LASTS = 24 * 60 * 60  # seconds
_SALT = "comments.my-data"


@dataclass(frozen=True)
class Owner:
    """Whoever an address belongs to: a person with a login, a guest, or both."""

    email: str
    person: Person | None = None

    @property
    def participants(self) -> list[Participant]:
        theirs = Q(guest_email=self.email.lower())
        if self.person is not None:
            theirs |= Q(person=self.person)
        return list(Participant.objects.filter(theirs).select_related("person").order_by("pk"))


@dataclass(frozen=True)
class Fact:
    """One thing that is stored: `name` is for machines, `label` for people."""

    name: str
    label: str | Promise
    value: Any


Entry = list[Fact]


@dataclass(frozen=True)
class Section:
    """Things of one kind."""

    name: str
    title: str | Promise
    entries: list[Entry]


class Room(Protocol):
    """Another room that keeps something about people who take part in discussions."""

    def knows(self, email: str) -> bool:
        """Whether it keeps anything under this address."""

    def stored(self, owner: Owner) -> Section:
        """What it keeps."""

    def forget(self, owner: Owner) -> None:
        """Blank whatever says who they are; called in the transaction that erases."""


ROOMS: list[Room] = []


def owner_of(email: str) -> Owner | None:
    """Who owns an address that something is stored about; None when nothing is."""
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is not None:
        return Owner(person.email, person)
    owner = Owner(email.strip().lower())
    is_known = owner.participants or any(room.knows(owner.email) for room in ROOMS)
    return owner if is_known else None


def seal(owner: Owner) -> str:
    """The word in a mailed link; it holds ids, and opens nothing after a day.

    A guest who is not known yet must be met first, see `participants.of`.
    """
    person = owner.person
    kind, pk = ("person", person.pk) if person else ("participant", owner.participants[0].pk)
    return signing.dumps([kind, pk], salt=_SALT)


def unseal(token: str) -> Owner | None:
    """Whose link it is; None when it is too old, not ours, or its owner was erased."""
    try:
        kind, pk = signing.loads(token, salt=_SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        return None
    if kind == "person":
        person = Person.objects.filter(pk=pk).first()
        return Owner(person.email, person) if person else None
    guest = Participant.objects.filter(pk=pk).select_related("person").first()
    return Owner(guest.email, guest.person) if guest else None


def comments_of(owner: Owner) -> PostCommentQuerySet:
    """What they wrote, in every state: by their login, or under their address."""
    theirs = Q(user_email__iexact=owner.email, user=None) | Q(participant__in=owner.participants)
    if owner.person is not None:
        theirs |= Q(user=owner.person)
    return PostComment.objects.filter(theirs).order_by("pk")


def stored(owner: Owner) -> list[Section]:
    """All of it, a section for each kind; the number of queries does not grow with it."""
    mine = {"participant__in": owner.participants}
    comments = comments_of(owner).select_related("user", "post__head")
    comments = comments.prefetch_related("versions", "events").defer("post__body")
    follows = Follow.objects.filter(**mine).select_related("post__head")
    silences = Silence.objects.filter(**mine).select_related("post__head")
    reports = Flag.objects.filter(**mine)
    told = Notification.objects.filter(**mine)
    sections = [
        Section("you", _("You"), list(_you(owner))),
        Section("comments", _("Your comments"), [_comment(one) for one in comments]),
        Section("subscriptions", _("Discussions you follow"), [_follow(one) for one in follows]),
        Section("silences", _("What you hear nothing of"), [_silence(one) for one in silences]),
        Section("browsers", _("Browsers that remember you"), list(_browsers(owner))),
        Section("respects", _("Comments you respect"), list(_respects(owner))),
        Section("reports", _("Comments you reported"), [_report(one) for one in reports]),
        Section("notifications", _("What you are told"), [_told(one) for one in told]),
        Section("sanctions", _("What moderators decided about you"), list(_sanctions(owner))),
    ]
    return [*sections, *(room.stored(owner) for room in ROOMS)]


def as_json(sections: list[Section]) -> dict[str, list[dict[str, Any]]]:
    """The same for machines."""
    return {
        section.name: [
            {fact.name: _plain(fact.value) for fact in entry} for entry in section.entries
        ]
        for section in sections
    }


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [{fact.name: _plain(fact.value) for fact in entry} for entry in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def _you(owner: Owner) -> Iterator[Entry]:
    entry = [Fact("email", _("E-mail address"), owner.email)]
    if owner.person:
        entry.append(Fact("name", _("Name of your login"), owner.person.name))
        entry.append(Fact("joined", _("Your login since"), owner.person.date_joined))
    yield entry
    for one in owner.participants:
        yield [
            Fact("known_since", _("Known in discussions since"), one.created_at),
            Fact("confirmed", _("You confirmed the address"), one.confirmed_at),
            Fact("pace", _("How often you want mails"), one.get_pace_display()),
        ]


def _comment(comment: PostComment) -> Entry:
    return [
        Fact("id", _("Number"), comment.pk),
        Fact("post", _("Post"), comment.post.headline),
        Fact("address", _("Address"), absolute_url(comment.get_absolute_url())),
        Fact("state", _("State"), comment.get_state_display()),
        Fact("written", _("Written"), comment.submit_date),
        Fact("edited", _("Edited"), comment.edited_at),
        Fact("name", _("Name"), comment.writer),
        Fact("email", _("E-mail address"), comment.user_email),
        Fact("website", _("Website"), comment.user_url),
        Fact("words", _("Words"), comment.comment),
        Fact("privacy_page", _("Version of the privacy page"), comment.policy),
        *_whence(comment),
        Fact("verdict", _("What the spam check said"), comment.verdict),
        Fact("earlier_versions", _("Earlier versions"), _versions(comment)),
        Fact("decisions", _("What happened"), [_event(one) for one in comment.events.all()]),
    ]


def _whence(comment: PostComment) -> Entry:
    """Where it came from; kept back when somebody else may have typed the address."""
    if comment.confirmed_at is None and comment.user_id is None:
        reason = _("Not shown: nobody proved that you wrote this comment.")
        return [Fact("origin", _("Where it came from"), reason)]
    return [
        Fact("network_address", _("Network address"), comment.ip_address),
        Fact("browser", _("Browser"), comment.user_agent),
        Fact("came_from", _("Page it came from"), comment.referrer),
        Fact("trap", _("What was filled into the hidden field"), comment.honeypot),
        Fact("shown_to_the_spam_check", _("What the spam check was shown"), _evidence(comment)),
    ]


def _evidence(comment: PostComment) -> list[Entry]:
    shown = {name: value for name, value in comment.sent.items() if value not in ("", [])}
    return [[Fact(name, name, _in_a_line(value)) for name, value in shown.items()]]


def _in_a_line(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _versions(comment: PostComment) -> list[Entry]:
    return [
        [
            Fact("written", _("Written"), version.written_at),
            Fact("replaced", _("Replaced"), version.replaced_at),
            Fact("words", _("Words"), version.text),
        ]
        for version in comment.versions.all()
    ]


def _event(event: CommentEvent) -> Entry:
    return [
        Fact("at", _("When"), event.at),
        Fact("what", _("What"), event.get_kind_display()),
        Fact("state", _("State"), event.get_to_state_display()),
        Fact("because", _("Because"), event.get_because_display()),
        Fact("words", _("What you were told"), event.words),
    ]


def _silence(silence: Silence) -> Entry:
    about = silence.post.headline if silence.post else _("Everything")
    return [Fact("about", _("Post"), about), Fact("since", _("Since"), silence.since)]


def _follow(follow: Follow) -> Entry:
    return [
        Fact("post", _("Post"), follow.post.headline),
        Fact("what", _("What"), follow.get_scope_display()),
        Fact("since", _("Since"), follow.created_at),
        Fact("confirmed", _("Confirmed"), follow.confirmed_at),
    ]


def _browsers(owner: Owner) -> Iterator[Entry]:
    for participant in owner.participants:
        for one in participant.browsers.order_by("created_at"):
            yield [
                Fact("name", _("Name"), one.name),
                Fact("website", _("Website"), one.url),
                Fact("since", _("Since"), one.created_at),
                Fact("proved", _("You confirmed the address in it"), one.proved_at),
            ]


def _respects(owner: Owner) -> Iterator[Entry]:
    for one in Respect.objects.filter(participant__in=owner.participants).order_by("given_at"):
        yield [
            Fact("comment", _("Number of the comment"), one.comment_id),
            Fact("at", _("When"), one.given_at),
        ]


def _report(flag: Flag) -> Entry:
    return [
        Fact("comment", _("Number of the comment"), flag.comment_id),
        Fact("at", _("When"), flag.created_at),
        Fact("reason", _("Reason"), flag.get_reason_display()),
        Fact("words", _("In your words"), flag.words),
        Fact("outcome", _("Outcome"), flag.get_state_display()),
    ]


def _told(notification: Notification) -> Entry:
    return [
        Fact("what", _("What"), notification.get_kind_display()),
        Fact("comment", _("Number of the comment"), notification.comment_id),
        Fact("sent", _("Sent"), notification.sent_at),
        Fact("words", _("Words"), notification.words),
    ]


def _sanctions(owner: Owner) -> Iterator[Entry]:
    theirs = Sanction.objects.in_force().filter(participant__in=owner.participants)
    for one in theirs:
        yield [
            Fact("what", _("What"), one.get_kind_display()),
            Fact("since", _("Since"), one.set_at),
            Fact("until", _("Until"), one.until),
        ]
