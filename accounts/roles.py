"""What a person may be: each role includes those before it."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Person, Role
from accounts.refusals import NotAllowed

_RANK = {role: rank for rank, role in enumerate(Role.values)}


def _has(person: Person | AnonymousUser, role: Role) -> bool:
    if not isinstance(person, Person) or not person.is_active:
        return False
    return _RANK[person.role] >= _RANK[role]


def _all(role: Role) -> QuerySet[Person]:
    known = [one for one, rank in _RANK.items() if rank >= _RANK[role]]
    return Person.objects.filter(role__in=known, is_active=True).order_by("pk")


def may_sign_in(person: Person | AnonymousUser) -> bool:
    """Is a person whose login has not been closed."""
    return _has(person, Role.READER)


def is_author(person: Person | AnonymousUser) -> bool:
    """May write posts."""
    return _has(person, Role.AUTHOR)


def is_moderator(person: Person | AnonymousUser) -> bool:
    """May decide about comments."""
    return _has(person, Role.MODERATOR)


def is_editor(person: Person | AnonymousUser) -> bool:
    """May prepare posts, add notes and decide disputes."""
    return _has(person, Role.EDITOR)


def is_publisher(person: Person | AnonymousUser) -> bool:
    """Owns the site."""
    return _has(person, Role.PUBLISHER)


def moderators() -> QuerySet[Person]:
    """All who may decide about comments."""
    return _all(Role.MODERATOR)


def editors() -> QuerySet[Person]:
    """All who may prepare posts, add notes and decide disputes."""
    return _all(Role.EDITOR)


def lacks_second_step(person: Person) -> bool:
    """Whether the site asks this person for a second step that they have not set up yet."""
    if settings.REQUIRE_SECOND_FACTOR != "staff" or not is_moderator(person):
        return False
    steps = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return not Authenticator.objects.filter(user=person, type__in=steps).exists()


def require_moderator(person: Person) -> None:
    """Refuse with `NotAllowed` whoever may not decide about comments."""
    if not is_moderator(person):
        raise NotAllowed(_("Only a moderator may do this."))


def require_editor(person: Person) -> None:
    """Refuse with `NotAllowed` whoever may not prepare posts and decide disputes."""
    if not is_editor(person):
        raise NotAllowed(_("Only an editor may do this."))


def require_publisher(person: Person) -> None:
    """Refuse with `NotAllowed` whoever does not answer for the publication as a whole."""
    if not is_publisher(person):
        raise NotAllowed(_("Only the publisher may do this."))
