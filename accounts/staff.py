"""The staff: invited, given another role, let go; each step is logged and told by mail.

Only the publisher acts, never on themselves, so somebody always owns the site: the one who acts
stays a publisher.
"""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import mail, roles, slips
from accounts.addresses import absolute_url
from accounts.models import (
    Person,
    Role,
    StaffEvent,
    StaffEventKind,
    StaffInvitation,
    StaffInvitationQuerySet,
)
from accounts.refusals import Invalid, NotAllowed, WrongMoment

STAFF_ROLES = (Role.MODERATOR, Role.EDITOR, Role.PUBLISHER)
K = StaffEventKind


@transaction.atomic
def invite(*, email: str, name: str, role: str, by: Person) -> StaffInvitation:
    """Offer a role to whoever has this address; an offer that waited there is replaced."""
    roles.require_publisher(by)
    email = email.strip().lower()
    if not email or not name.strip() or role not in STAFF_ROLES:
        raise Invalid(_("An invitation needs a name, an address and a role of the staff."))
    if email == by.email:
        raise NotAllowed(_("Nobody changes their own role."))
    if Person.objects.filter(email=email, is_active=True, role__in=STAFF_ROLES).exists():
        raise Invalid(_("This person works here already: change their role in the list."))
    if Person.objects.filter(email=email, claimed_by__isnull=False).exists():
        raise Invalid(_("This guest has an account under another address."))
    _waiting(email).update(ended_at=timezone.now())
    invitation = StaffInvitation.objects.create(
        email=email,
        name=name.strip(),
        role=role,
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=settings.STAFF_INVITATION_DAYS),
    )
    record(K.INVITED, by=by, about=email, to_role=role)
    _tell(email, "staff_invited", by=by, link=_door(invitation), invitation=invitation)
    return invitation


@transaction.atomic
def end_invitation(invitation: StaffInvitation, *, by: Person) -> None:
    """Take an offer back."""
    roles.require_publisher(by)
    if not _waiting(invitation.email).filter(pk=invitation.pk).update(ended_at=timezone.now()):
        raise WrongMoment(_("This invitation waits no longer."))
    record(K.INVITATION_ENDED, by=by, about=invitation.email, to_role=invitation.role)


@transaction.atomic
def join(invitation: StaffInvitation) -> Person:
    """Whoever holds the mailed link accepts; they sign in by a code at that address.

    It is good as long as whoever sent it is still the publisher.
    """
    invitation = StaffInvitation.objects.select_for_update().get(pk=invitation.pk)
    inviter = Person.objects.get(pk=invitation.invited_by_id)
    if not invitation.is_open or not roles.is_publisher(inviter):
        raise WrongMoment(_("This invitation has ended. Please ask for another."))
    new = {"name": invitation.name, "password": make_password(None)}
    person, is_new = Person.objects.get_or_create(email=invitation.email, defaults=new)
    if is_new:  # a code that is mailed there confirms it
        EmailAddress.objects.create(user=person, email=person.email, primary=True)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.is_active and person.role in STAFF_ROLES:
        raise WrongMoment(_("You work here already. Please sign in."))
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=("accepted_at",))
    before, person.role, person.is_active = person.role, invitation.role, True
    person.save(update_fields=("role", "is_active"))
    record(K.JOINED, by=person, person=person, from_role=before, to_role=person.role)
    return person


@transaction.atomic
def change_role(person: Person, *, role: str, by: Person) -> Person:
    """Give somebody another role, of the staff or not; they are told."""
    person = _of_another(person, by)
    if role not in Role.values:
        raise Invalid(_("There is no such role."))
    if role == person.role:
        raise Invalid(_("This person has that role already."))
    before, person.role = person.role, role
    person.save(update_fields=("role",))
    record(K.ROLE_CHANGED, by=by, person=person, from_role=before, to_role=role)
    _tell(person.email, "staff_role", by=by, role=person.get_role_display())
    return person


@transaction.atomic
def close(person: Person, *, by: Person) -> Person:
    """Close a login: every session of it ends at once, and nothing that it wrote is touched."""
    person = _of_another(person, by)
    if not person.is_active:
        raise WrongMoment(_("This login is closed already."))
    person.is_active = False
    person.save(update_fields=("is_active",))
    record(K.CLOSED, by=by, person=person, from_role=person.role)
    _tell(person.email, "staff_closed", by=by)
    return person


@transaction.atomic
def open_again(person: Person, *, by: Person) -> Person:
    """Open a login that was closed, in the role it had."""
    person = _of_another(person, by)
    if person.is_active:
        raise WrongMoment(_("This login is open."))
    if person.claimed_by_id is not None:
        raise WrongMoment(_("This guest has an account under another address."))
    person.is_active = True
    person.save(update_fields=("is_active",))
    record(K.OPENED, by=by, person=person, to_role=person.role)
    _tell(person.email, "staff_opened", by=by)
    return person


def record(  # noqa: PLR0913  the columns of a log
    kind: StaffEventKind,
    *,
    by: Person,
    person: Person | None = None,
    about: str = "",
    from_role: str = "",
    to_role: str = "",
) -> None:
    """Add a line to the log, in the transaction of what it tells."""
    StaffEvent.objects.create(
        kind=kind,
        actor=by,
        person=person,
        about=about or (person.public_name if person else ""),
        from_role=from_role,
        to_role=to_role,
    )


def _waiting(email: str) -> StaffInvitationQuerySet:
    return StaffInvitation.objects.filter(email=email, accepted_at=None, ended_at=None)


def _of_another(person: Person, by: Person) -> Person:
    """The row of somebody else, locked together with that of the publisher who acts.

    Both are locked in one order, so that of two publishers who demote each other one is refused.
    """
    rows = Person.objects.select_for_update().filter(pk__in={person.pk, by.pk}).order_by("pk")
    locked = {row.pk: row for row in rows}
    roles.require_publisher(locked[by.pk])
    if person.pk == by.pk:
        raise NotAllowed(_("Nobody changes their own role."))
    return locked[person.pk]


def _door(invitation: StaffInvitation) -> str:
    token = slips.join_token(invitation.pk)
    return absolute_url(reverse("accounts:join", kwargs={"token": token}))


def _tell(to: str, template: str, *, by: Person, **facts: object) -> None:
    mail.send(f"accounts/{template}", to=to, context={"name": by.public_name, **facts})
