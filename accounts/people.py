"""What can happen to a person: a name, a role, a login that is closed or opened, own choices."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import mail, staff
from accounts.models import Person, Role, StaffEventKind
from accounts.refusals import Invalid, NotAllowed
from accounts.roles import is_author, is_moderator, is_publisher, require_editor


@transaction.atomic
def rename(person: Person, *, by: Person, name: str) -> None:
    """Change the name that readers see; everybody may change their own."""
    if by.pk != person.pk and not is_publisher(by):
        raise NotAllowed(_("You may change your own name only."))
    if not name.strip():
        raise Invalid(_("A person needs a name."))
    person.name = name.strip()
    person.save(update_fields=("name",))  # said to other rooms, where the name stands


@transaction.atomic
def choose_digest(person: Person, *, by: Person, wants: bool) -> None:
    """Get the daily mail about what waits, or no more of it; it is for moderators."""
    if by.pk != person.pk:
        raise NotAllowed(_("You may choose your own mails only."))
    if wants and not is_moderator(person):
        raise NotAllowed(_("This mail is for moderators."))
    person.wants_digest = wants
    Person.objects.filter(pk=person.pk).update(wants_digest=wants)


@transaction.atomic
def vouch_for(person: Person, *, by: Person) -> None:
    """Take the publisher's word that this address is the person's: no mail has to prove it."""
    if not is_publisher(by):
        raise NotAllowed(_("Only the publisher may vouch for an address."))
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


@transaction.atomic
def take_away_second_step(person: Person, *, by: Person) -> None:
    """Let somebody who lost their phone or key come in with the first step alone, and tell them."""
    if not is_publisher(by):
        raise NotAllowed(_("Only the publisher may take away a second step."))
    removed, _rows = Authenticator.objects.filter(user=person).delete()
    if removed:
        staff.record(StaffEventKind.STEP_TAKEN, by=by, person=person)
        mail.send("accounts/second_step_gone", to=person.email, context={"name": by.public_name})


@transaction.atomic
def use_keys(person: Person, *, by: Person, uses_keys: bool) -> None:
    """Let single keys decide at the desk, or not: a choice of each moderator for themselves."""
    if by.pk != person.pk:
        raise NotAllowed(_("You may choose this for yourself only."))
    if not is_moderator(by):
        raise NotAllowed(_("Only moderators have keys at the desk."))
    person.uses_keys = uses_keys
    Person.objects.filter(pk=person.pk).update(uses_keys=uses_keys)


@transaction.atomic
def welcome_author(*, email: str, name: str, by: Person) -> Person:
    """Whoever has this address, now at least an author; somebody new has never signed in yet.

    A name that a person gave themselves stays.
    """
    require_editor(by)
    if not email.strip() or not name.strip():
        raise Invalid(_("An author needs a name and an address."))
    new = {"name": name.strip(), "role": Role.AUTHOR, "password": make_password(None)}
    person, is_new = Person.objects.get_or_create(email=email.strip().lower(), defaults=new)
    if is_new:  # a code that is mailed there confirms it
        EmailAddress.objects.create(user=person, email=person.email, primary=True)
    person = Person.objects.select_for_update().get(pk=person.claimed_by_id or person.pk)
    if not person.is_active:
        raise Invalid(_("The login with this address was closed."))
    if not person.name:
        person.name = name.strip()
        person.save(update_fields=("name",))
    make_author(person, by=by)
    return person


def make_author(person: Person, *, by: Person) -> None:
    """Let somebody write posts; called by a rule that says why, with the row locked."""
    if not is_author(person):
        before, person.role = person.role, Role.AUTHOR
        person.save(update_fields=("role",))
        staff.record(
            StaffEventKind.ROLE_CHANGED,
            by=by,
            person=person,
            from_role=before,
            to_role=person.role,
        )


def close_for(guest: Person, *, account: Person) -> None:
    """Close the way in of a guest who has an account; called by a rule, with both rows locked."""
    guest.is_active, guest.claimed_by = False, account
    guest.save(update_fields=("is_active", "claimed_by"))


def has_account(person: Person) -> bool:
    """Whether they have signed in or could without proving their address first."""
    if person.last_login is not None or person.has_usable_password():
        return True
    return bool(EmailAddress.objects.filter(user=person, verified=True).exists())
