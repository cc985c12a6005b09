"""Bylines: who signs."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Person, Profile, ProfileLink
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
    taken = set(Profile.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)


@transaction.atomic
def byline_of(person: Person) -> Profile:
    """The profile this person signs with; made from the name at the first signature."""
    Person.objects.select_for_update().get(pk=person.pk)
    profile = Profile.objects.filter(person=person).first()
    if profile is None:
        name = person.public_name
        profile = Profile.objects.create(person=person, name=name, slug=free_slug(name))
    return profile


@transaction.atomic
def add_byline(byline: Byline, *, editor: Person) -> Profile:
    """Make a byline for somebody who has no login, such as a guest who writes once."""
    if not is_editor(editor):
        raise NotAllowed(_("Only an editor may add a byline."))
    if not byline.name.strip():
        raise Invalid(_("A byline needs a name."))
    profile = Profile.objects.create(name=byline.name, slug=free_slug(byline.name))
    return _say(profile, byline)


@transaction.atomic
def change_byline(profile: Profile, *, by: Person, byline: Byline) -> Profile:
    """Change what a byline says: one's own, or any for an editor; its address stays."""
    profile = Profile.objects.select_for_update(of=("self",)).get(pk=profile.pk)
    if not is_editor(by) and not (is_author(by) and profile.person_id == by.pk):
        raise NotAllowed(_("You may change your own byline only."))
    if not byline.name.strip():
        raise Invalid(_("A byline needs a name."))
    return _say(profile, byline)


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
