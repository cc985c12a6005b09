"""A guest who has an account under another address puts their posts there; nobody ends up as two.

The byline of the guest becomes that of the account, or is merged into the one that is there: posts
and all else that named it move, and its address leads to the other. The guest's own row stays,
closed, so that the log still says who did what; whoever is invited at its address is the account.
"""

from collections.abc import Iterator

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import people
from accounts.models import FormerBylineAddress, Person, Profile, ProfileLink
from accounts.profiles import SAID
from accounts.refusals import NotAllowed, WrongMoment
from accounts.roles import is_editor, may_sign_in
from blog import mail, steps
from blog.models import Approval, GuestLink, Post


def may_claim(link: GuestLink, by: Person) -> bool:
    """Whether this page offers it: not to editors, who set bylines themselves."""
    guest = link.person
    return (
        link.is_live and by.pk != guest.pk and not is_editor(by) and not people.has_account(guest)
    )


@transaction.atomic
def claim(link: GuestLink, *, by: Person) -> None:
    """Put all posts of this guest under the account of whoever holds the link.

    Twice by the same person changes nothing more.
    """
    guest, by = _locked(link.person_id, by.pk)
    if guest.claimed_by_id == by.pk:
        return
    link = GuestLink.objects.with_people().get(pk=link.pk)
    if not may_sign_in(by) or is_editor(by) or by.pk == guest.pk:
        raise NotAllowed(_("Only an author can put posts under their own account by this link."))
    if not may_claim(link, by):
        raise WrongMoment(_("This link does not work any more."))
    titles = _move(guest, by)
    people.close_for(guest, account=by)
    mail.guest_claimed(guest, by=by, titles=titles)


def _locked(*pks: int) -> tuple[Person, ...]:
    """Both rows as they are now, locked in one order whoever asks."""
    rows = {
        one.pk: one for one in Person.objects.select_for_update().order_by("pk").filter(pk__in=pks)
    }
    return tuple(rows[pk] for pk in pks)


def _move(guest: Person, by: Person) -> list[str]:
    people.make_author(by, by=by)
    posts = [steps.locked(post) for post in Post.objects.written_by(guest).order_by("pk")]
    theirs, own = (Profile.objects.of(one).first() for one in (guest, by))
    if theirs is not None and own is not None:
        merge(theirs, into=own)
    elif theirs is not None:
        theirs.person = by
        theirs.save(update_fields=("person",))
    now = timezone.now()
    GuestLink.objects.filter(person=guest, revoked_at=None).update(revoked_at=now)
    Approval.objects.filter(person=guest).update(person=by)
    for post in posts:
        steps.record(post, by=by, kind="claimed", message=guest.public_name)
    return [post.title for post in posts]


def merge(old: Profile, *, into: Profile) -> None:
    """Let one byline stand wherever another stood; what it says fills only what was left empty."""
    FormerBylineAddress.objects.create(slug=old.slug, profile=into)
    for name in SAID:
        setattr(into, name, getattr(into, name) or getattr(old, name))
    into.save(update_fields=SAID)
    if not into.links.exists():
        ProfileLink.objects.filter(profile=old).update(profile=into)
    for field, row in _naming(old):
        _rename(row, field, into)
    old.delete()


def _naming(profile: Profile) -> Iterator[tuple[str, models.Model]]:
    """Every row in any room of the house that names this byline."""
    for relation in Profile._meta.related_objects:
        if relation.related_model is ProfileLink:
            continue
        rows = relation.related_model._base_manager
        for row in rows.filter(**{relation.field.name: profile}):
            yield relation.field.name, row


def _rename(row: models.Model, field: str, profile: Profile) -> None:
    """Where the other byline stands already, one of the two rows is enough."""
    setattr(row, field, profile)
    try:
        with transaction.atomic():
            row.save(update_fields=(field,))
    except IntegrityError:
        row.delete()
