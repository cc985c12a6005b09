"""What can happen to a participant: met, confirmed, noted about."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from accounts.roles import is_moderator
from comments import pipeline
from comments.models import (
    CommentState,
    EventKind,
    Follow,
    House,
    Participant,
    ParticipantNote,
    Phase,
    PostComment,
)
from comments.moderation import locked, record, rule
from comments.words import Guest, fit

MOST_IN_NOTE = 2_000

S = CommentState


def of(by: Person | Guest) -> Participant:
    """Who this is in discussions; known from now on if they were not.

    A guest's address is met without believing that it is theirs. Whoever signs in with an address
    that was a guest's before, and so has proved it, takes over what was theirs.
    """
    return _of_person(by) if isinstance(by, Person) else _of_address(by.email)


def confirm(participant: Participant) -> None:
    """Take note that the owner of the address showed that it is theirs."""
    if not participant.is_confirmed:
        participant.confirmed_at = timezone.now()
        participant.save(update_fields=("confirmed_at",))


@transaction.atomic
def confirm_comment(comment: PostComment) -> PostComment:
    """The owner of the address says that this very comment is theirs, by a mailed link.

    That confirms the wish to follow its discussion as well. A comment that only waited for this is
    decided about anew. Confirming twice changes nothing; what was refused meanwhile stays so.
    """
    comment = locked(comment)
    if comment.state not in (S.HELD, S.PUBLISHED) or comment.participant is None:
        raise WrongMoment(
            _("This comment was decided about meanwhile; nothing is to be confirmed.")
        )
    if comment.confirmed_at is not None:
        return comment
    confirm(comment.participant)
    comment.confirmed_at = timezone.now()
    comment.save(update_fields=("confirmed_at",))
    wishes = Follow.objects.filter(participant=comment.participant, post=comment.post_id)
    wishes.filter(confirmed_at=None).update(confirmed_at=comment.confirmed_at)
    record(comment, kind=EventKind.CONFIRMED, actor=None, before=comment.state)
    if comment.state == S.HELD and comment.phase == Phase.NEWCOMER:
        return rule(comment, pipeline.newcomer(comment, House.current()))
    return comment


def note(participant: Participant, *, moderator: Person, text: str) -> ParticipantNote:
    """Tell the other moderators something about somebody; nobody else ever reads it."""
    if not is_moderator(moderator):
        raise NotAllowed(_("Only a moderator may do this."))
    text = fit(text)
    if not text:
        raise Invalid(_("Please write something."))
    if len(text) > MOST_IN_NOTE:
        raise Invalid(_("A note has at most %(most)d characters.") % {"most": MOST_IN_NOTE})
    return participant.notes.create(text=text, written_by=moderator)


def _of_address(email: str) -> Participant:
    """The person who signs in with this address is somebody else until they sign in."""
    known, _made = Participant.objects.get_or_create(guest_email=email.strip().lower())
    return known


@transaction.atomic
def _of_person(person: Person) -> Participant:
    known = Participant.objects.filter(person=person).select_related("person").first()
    if known is not None:
        return known
    guest = Participant.objects.filter(guest_email=person.email.lower())
    if guest.update(person=person, guest_email="", confirmed_at=timezone.now()):
        return Participant.objects.select_related("person").get(person=person)
    return Participant.objects.get_or_create(person=person)[0]
