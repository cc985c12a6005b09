"""Pitches: somebody proposes a post, confirms their address, and is invited or declined."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import ratelimit
from accounts.models import Person
from accounts.refusals import Invalid, WrongMoment
from accounts.roles import require_editor
from blog import guests, mail, plain, workflow
from blog.models import Pitch, PitchState, Publication
from blog.models.pitch import DECIDED_STATES

S = PitchState
A_DAY = 24 * 60 * 60  # seconds
MOST_A_DAY = 3  # from one network, and by one address
UNCONFIRMED_STAY = timedelta(days=7)
DECIDED_STAY = timedelta(days=365)


@dataclass(frozen=True)
class Proposal:
    """What was typed into the form."""

    name: str
    email: str
    title: str
    about: str
    who: str = ""


@dataclass(frozen=True)
class Answer:
    """What an editor says to a pitch they accept."""

    message: str = ""
    due: date | None = None
    days: int | None = None


@transaction.atomic
def pitch(proposal: Proposal, *, key: UUID, network: str) -> Pitch:
    """Keep a pitch and mail the link that confirms it; sent twice it is one pitch.

    Editors do not see it before the link was opened.
    """
    if not Publication.current().takes_pitches:
        raise WrongMoment(_("We take no proposals at the moment."))
    email = proposal.email.strip().lower()
    said = asdict(proposal) | {"email": email}
    kept, is_new = Pitch.objects.get_or_create(key=key, defaults=said)
    if is_new:  # only then it counts: a form that was sent twice does not
        _require_few(f"network:{network}", f"address:{email}")
        mail.pitch_received(kept)
    return kept


def _require_few(*senders: str) -> None:
    for sender in senders:
        if not ratelimit.allow(f"pitch:{sender}", limit=MOST_A_DAY, seconds=A_DAY):
            raise WrongMoment(_("That is enough for one day. Please come back tomorrow."))


@transaction.atomic
def confirm(pitch: Pitch) -> Pitch:
    """Whoever opened the mailed link has the address: editors see it now, and are told once."""
    pitch = _locked(pitch)
    if pitch.state == S.UNCONFIRMED:
        pitch.state, pitch.confirmed_at = S.OPEN, timezone.now()
        pitch.save(update_fields=("state", "confirmed_at"))
        mail.pitch_arrived(pitch)
    return pitch


@transaction.atomic
def accept(pitch: Pitch, *, editor: Person, answer: Answer) -> Pitch:
    """Invite whoever made it; the post begins with the words of the pitch."""
    pitch = _open(pitch, editor)
    asked = guests.Invitation(
        name=pitch.name,
        email=pitch.email,
        title=pitch.title,
        message=answer.message,
        due=answer.due,
        days=answer.days,
    )
    post = guests.invite(asked, editor=editor)
    draft = workflow.Draft(pitch.title, "", plain.set_text(pitch.about))
    workflow.write(post, by=editor, draft=draft, version=post.version)
    pitch.post = post
    return _decide(pitch, S.ACCEPTED, editor, answer.message)


@transaction.atomic
def decline(pitch: Pitch, *, editor: Person, message: str) -> Pitch:
    """Say no, in words that are mailed."""
    if not message.strip():
        raise Invalid(_("Please write a few words to whoever made this proposal."))
    pitch = _open(pitch, editor)
    mail.pitch_declined(pitch, by=editor, message=message)
    return _decide(pitch, S.DECLINED, editor, message)


@transaction.atomic
def take_pitches(*, editor: Person, wanted: bool) -> None:
    """Open or close the form for everybody."""
    require_editor(editor)
    publication, _made = Publication.objects.select_for_update().get_or_create(pk=1)
    publication.takes_pitches = wanted
    publication.save()


def sweep() -> int:
    """Forget what nobody confirmed within a week, and what was decided long ago; returns how many.

    A post that came of a pitch stays.
    """
    now = timezone.now()
    stale = Q(state=S.UNCONFIRMED, created_at__lt=now - UNCONFIRMED_STAY)
    old = Q(state__in=DECIDED_STATES, decided_at__lt=now - DECIDED_STAY)
    forgotten, _rows = Pitch.objects.filter(stale | old).delete()
    return forgotten


def _locked(pitch: Pitch) -> Pitch:
    return Pitch.objects.select_for_update().get(pk=pitch.pk)


def _open(pitch: Pitch, editor: Person) -> Pitch:
    require_editor(editor)
    pitch = _locked(pitch)
    if pitch.state != S.OPEN:
        raise WrongMoment(_("This proposal was answered already."))
    return pitch


def _decide(pitch: Pitch, state: PitchState, editor: Person, answer: str) -> Pitch:
    pitch.state, pitch.decided_at, pitch.decided_by = state, timezone.now(), editor
    pitch.answer = answer.strip()
    pitch.save()
    return pitch
