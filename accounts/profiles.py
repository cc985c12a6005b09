"""Bylines: who signs."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import FormerBylineAddress, Person, Profile, ProfileLink, Role
from accounts.refusals import Invalid, NotAllowed
from accounts.roles import is_author, is_editor

SAID = ("name", "credentials", "headline", "bio", "website")


@dataclass(frozen=True)
class Link:
    """A place where a byline can be followed."""

    label: str
    url: str


@dataclass(frozen=True)
class Byline:
    """What a byline says; `bio` is plain paragraphs."""

    name: str
    credentials: str = ""
    headline: str = ""
    bio: str = ""
    website: str = ""
    links: tuple[Link, ...] = field(default=())


def free_slug(name: str) -> str:
    """An address for this name that no other profile has."""
    stem = slugify(name)[:100] or "author"
    now = Profile.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    once = FormerBylineAddress.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    taken = {*now, *once}
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)


def without_byline() -> QuerySet[Person]:
    """Whoever may write and signs with no byline yet."""
    writers = Person.objects.filter(is_active=True, profile=None).exclude(role=Role.READER)
    return writers.order_by("name", "email")


def known_byline(person: Person) -> Profile | None:
    """What this person signs with, or will from the first signature on; None if there is none."""
    return Profile.objects.of(person).first() or _added_for(person)


def _added_for(person: Person) -> Profile | None:
    """The byline that was added under exactly this name before the person had signed anything.

    Only for editors, who may change any byline: else a guest's name could be taken by anybody who
    signs up under it.
    """
    if not is_editor(person) or not person.name:
        return None
    alike = Profile.objects.filter(person=None, name=person.name)
    return alike.get() if alike.count() == 1 else None


@transaction.atomic
def byline_of(person: Person) -> Profile:
    """The profile this person signs with; made from the name at the first signature."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    profile = known_byline(person)
    if profile is None or not _takes(person, profile):
        name = person.public_name
        profile = Profile.objects.create(person=person, name=name, slug=free_slug(name))
    return profile


def _takes(person: Person, profile: Profile) -> bool:
    """Whether it is the person's now; another of the same name may have been faster."""
    if profile.person_id is None:
        Profile.objects.filter(pk=profile.pk, person=None).update(person=person)
        profile.refresh_from_db()
    return profile.person_id == person.pk


@transaction.atomic
def add_byline(byline: Byline, *, editor: Person, person: Person | None = None) -> Profile:
    """Make a byline for somebody who has none; without a login for a guest who writes once."""
    if not is_editor(editor):
        raise NotAllowed(_("Only an editor may add a byline."))
    if not byline.name.strip():
        raise Invalid(_("A byline needs a name."))
    if person is not None:
        _require_free(person)
    profile = Profile.objects.create(name=byline.name, slug=free_slug(byline.name), person=person)
    return _say(profile, byline)


@transaction.atomic
def change_byline(
    profile: Profile, *, by: Person, byline: Byline, person: Person | None = None
) -> Profile:
    """Change what a byline says: one's own, or any for an editor; its address stays.

    With `person`, an editor says who signs with it from now on; that cannot be said twice.
    """
    if person is not None and is_editor(by):
        _require_free(person)  # people are locked before profiles, as in `byline_of`
    profile = Profile.objects.select_for_update(of=("self",)).get(pk=profile.pk)
    if not is_editor(by) and not (is_author(by) and profile.person_id == by.pk):
        raise NotAllowed(_("You may change your own byline only."))
    if not byline.name.strip():
        raise Invalid(_("A byline needs a name."))
    if person is not None:
        _link(profile, person, by)
    return _say(profile, byline)


@transaction.atomic
def give_byline(profile: Profile, *, person: Person, by: Person) -> Profile:
    """Let somebody sign with a byline that had no login; what it says stays as it is."""
    _require_free(person)
    profile = Profile.objects.select_for_update(of=("self",)).get(pk=profile.pk)
    _link(profile, person, by)
    return profile


def _require_free(person: Person) -> None:
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not is_author(person):
        raise Invalid(_("This person may not write posts, and so signs none."))
    if Profile.objects.of(person).exists():
        raise Invalid(_("This person signs with another byline already."))


def _link(profile: Profile, person: Person, by: Person) -> None:
    if not is_editor(by):
        raise NotAllowed(_("Only an editor may say whose byline this is."))
    if profile.person_id is not None:
        raise Invalid(_("This byline belongs to somebody who signs in already."))
    profile.person = person
    profile.save(update_fields=("person",))


def _say(profile: Profile, byline: Byline) -> Profile:
    for name in SAID:
        setattr(profile, name, getattr(byline, name))
    profile.save(update_fields=SAID)
    profile.links.all().delete()
    ProfileLink.objects.bulk_create(
        ProfileLink(profile=profile, label=link.label, url=link.url, position=position)
        for position, link in enumerate(byline.links)
    )
    return profile


@transaction.atomic
def make_nameless(person: Person) -> None:
    """Let what somebody published stand under "Former contributor", at another address."""
    for profile in Profile.objects.of(person):
        name = _("Former contributor")
        said: dict[str, str] = dict.fromkeys(SAID, "") | {"name": name, "slug": free_slug(name)}
        profile.links.all().delete()
        Profile.objects.filter(pk=profile.pk).update(**said, person=None)
