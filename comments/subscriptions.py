"""What somebody may wish to hear of, and how they change their mind.

A person who is signed in follows at once. Anybody can type an address, so a wish for one waits
until a mailed link is used; until then no wish of its owner is changed either.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.ratelimit import allow
from accounts.refusals import Invalid, WrongMoment
from blog.models import Post
from comments import digests, following, links, mail, participants
from comments.digests import FOLLOWED
from comments.models import (
    CommentState,
    Follow,
    FollowQuerySet,
    Notification,
    Pace,
    Participant,
    Phase,
    PostComment,
    Scope,
    Silence,
)
from comments.pipeline import TooSoon
from comments.words import Guest, fit

KEPT_UNCONFIRMED = timedelta(days=7)
BELONGINGS = (
    "comments",
    "follows",
    "browsers",
    "notifications",
    "respects",
    "flags",
    "sanctions",
    "notes",
    "silences",
)
ASKED_FROM_A_NETWORK = 30  # times a day, on both forms that send mail to a typed address


@transaction.atomic
def follow_with(comment: PostComment, *, scope: str) -> None:
    """The writer of a comment that was just stored wants to hear of its discussion.

    The mail that confirms the comment confirms this too. A comment that did not need one, and is
    past the spam check already, is asked about now.
    """
    if not scope or comment.participant is None:
        return
    Post.objects.select_for_update(no_key=True).only("pk").get(pk=comment.post_id)
    known = comment.confirmed_at is not None
    wish = _wish(comment.participant, comment.post, scope=scope, proved=known)
    now = PostComment.objects.select_related("post__head").filter(pk=comment.pk).first()
    if now is None or wish.confirmed_at is not None:
        return
    if now.state == CommentState.PUBLISHED or now.phase == Phase.NEWCOMER:
        following.ask_to_confirm(now)


@transaction.atomic
def follow(post: Post, *, person: Person, scope: str, pace: str) -> None:
    """Somebody signed in wants to hear of this discussion, or of nothing of it any more."""
    participant = participants.of(person)
    set_pace(participant, pace=pace)
    if scope:
        _wish(participant, post, scope=scope, proved=True)
    else:
        stop(participant, post=post.pk)


@transaction.atomic
def ask_to_follow(post: Post, *, address: str, scope: str, pace: str, network: str) -> None:
    """Somebody typed an address that should hear of this discussion: ask its owner.

    Whoever follows it already, or wants to hear nothing any more, gets the link to the page where
    that is changed. Refuses one network that asks too often; for an address that has had enough
    mails it silently does nothing.
    """
    _not_too_often(network)
    guest = Guest(name="", email=_address(address))
    known = Participant.objects.filter(guest_email=guest.email.lower()).first()
    if not scope or (known and known.follows.confirmed().filter(post=post).exists()):
        _send_page(guest.email, network)
        return
    if not following.may_write_to(guest.email, network=network):
        return
    participant = known or participants.of(guest)
    if not participant.is_confirmed:
        set_pace(participant, pace=pace)
    wish = _wish(participant, post, scope=scope, proved=False)
    mail.confirm_follow(wish, link=links.CONFIRM_FOLLOW.url(wish.pk))


@transaction.atomic
def confirm_follow(follow: Follow, *, pace: str) -> None:
    """The owner of the address says by a mailed link that they want to hear of this discussion."""
    _confirm(follow.participant, post=follow.post_id)
    set_pace(follow.participant, pace=pace)


@transaction.atomic
def ask_for_page(*, address: str, network: str) -> None:
    """Mail the link to the page of all subscriptions, if there are any; nobody is told whether."""
    _not_too_often(network)
    _send_page(_address(address), network)


def of(participant: Participant) -> FollowQuerySet:
    """All that they follow, for their page."""
    return participant.follows.select_related("post__head")


@transaction.atomic
def change(participant: Participant, *, post: int, scope: str) -> None:
    """Hear of more or less of a discussion; from their own page this confirms it too."""
    if scope not in Scope.values:
        raise Invalid(_("Please choose what you want to hear of."))
    if not participant.follows.filter(post=post).update(scope=scope):
        raise WrongMoment(_("You do not follow this discussion any more."))
    _confirm(participant, post=post)
    if scope == Scope.REPLIES:
        _forget(participant, post=post, kinds=FOLLOWED[1:])


@transaction.atomic
def set_pace(participant: Participant, *, pace: str) -> None:
    """Hear of everything at once, or once an hour or a day; what waits follows the new pace."""
    if pace not in Pace.values:
        raise Invalid(_("Please choose how often you want to hear from us."))
    if pace != participant.pace:
        participant.pace = pace
        participant.save(update_fields=("pace",))
        digests.wake(timezone.now(), {Pace.AT_ONCE, pace})


@transaction.atomic
def stop(participant: Participant, *, post: int | None = None) -> None:
    """Hear nothing any more: of one post, not even of a correction, or of any.

    Stopping twice is no mistake.
    """
    theirs = participant.follows.filter(post=post) if post else participant.follows.all()
    theirs.delete()
    about = Post.objects.filter(pk=post).first() if post else None
    if about or not post:
        Silence.objects.get_or_create(participant=participant, post=about)
    _forget(participant, post=post, kinds=FOLLOWED)


@transaction.atomic
def forget_unconfirmed() -> int:
    """Forget wishes that nobody confirmed, and the addresses of which nothing else is known."""
    said = PostComment.objects.filter(participant=OuterRef("participant"), post=OuterRef("post"))
    old = Follow.objects.filter(
        confirmed_at=None, created_at__lt=timezone.now() - KEPT_UNCONFIRMED
    ).exclude(Exists(said))
    number, _kinds = old.delete()
    nothing = dict.fromkeys(BELONGINGS, None)
    strangers = Participant.objects.filter(person=None, confirmed_at=None, **nothing)
    strangers.filter(created_at__lt=timezone.now() - KEPT_UNCONFIRMED).delete()
    return number


def _address(text: str) -> str:
    """What could be an address; whether it is anybody's is found out by writing to it."""
    address = fit(text)
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from None
    return address


def _wish(participant: Participant, post: Post, *, scope: str, proved: bool) -> Follow:
    """Keep a wish; one that its owner confirmed is changed only by its owner."""
    if scope not in Scope.values:
        raise Invalid(_("Please choose what you want to hear of."))
    confirmed_at = timezone.now() if proved else None
    facts = {"scope": scope, "confirmed_at": confirmed_at}
    wish, made = Follow.objects.get_or_create(participant=participant, post=post, defaults=facts)
    if proved:
        _listen(participant, post=post.pk)
    if not made and (proved or wish.confirmed_at is None):
        wish.scope, wish.confirmed_at = scope, wish.confirmed_at or confirmed_at
        wish.save(update_fields=("scope", "confirmed_at"))
    return wish


def _confirm(participant: Participant, *, post: int) -> None:
    wishes = participant.follows.filter(post=post, confirmed_at=None)
    wishes.update(confirmed_at=timezone.now())
    _listen(participant, post=post)
    participants.confirm(participant)


def _listen(participant: Participant, *, post: int) -> None:
    """Whoever wants to hear of a post again is not silent about it, nor about everything."""
    participant.silences.filter(Q(post=post) | Q(post=None)).delete()


def _forget(participant: Participant, *, post: int | None, kinds: tuple[str, ...]) -> None:
    """Do not tell any more what waits to be told."""
    waiting = Notification.objects.filter(participant=participant, sent_at=None, kind__in=kinds)
    (waiting.filter(comment__post=post) if post else waiting).delete()


def _send_page(address: str, network: str) -> None:
    """Write to everybody who follows something under this address: a guest, a person, or both."""
    guests = Participant.objects.filter(guest_email=address.lower())
    people = Participant.objects.filter(person__email=address.lower(), person__is_active=True)
    found = (guests | people).filter(follows__isnull=False).distinct().select_related("person")
    for participant in found:
        if following.may_write_to(address, network=network, about="subscriptions"):
            mail.subscriptions(participant, link=links.SUBSCRIPTIONS.url(participant.pk))


def _not_too_often(network: str) -> None:
    key = f"asking for mail from {network or 'unknown'}"
    if not allow(key, limit=ASKED_FROM_A_NETWORK, seconds=links.DAY):
        raise TooSoon(_("Too much was asked from your network today. Please try again tomorrow."))
