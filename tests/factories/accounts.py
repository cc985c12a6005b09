"""The smallest valid people and bylines."""

from typing import Any

import factory

from accounts.models import Person, Profile, ProfileLink, Role


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody who reads; traits name the other roles: `PersonFactory(editor=True)`."""

    class Meta:
        model = Person

    class Params:
        author = factory.Trait(role=Role.AUTHOR)
        moderator = factory.Trait(role=Role.MODERATOR)
        editor = factory.Trait(role=Role.EDITOR)
        publisher = factory.Trait(role=Role.PUBLISHER)

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    name = factory.Sequence(lambda number: f"Person {number}")
    role = Role.READER
    password = None

    @classmethod
    def _create(cls, model_class: type[Person], **kwargs: Any) -> Person:
        return model_class.objects.create_user(**kwargs)


class ProfileFactory(factory.django.DjangoModelFactory):
    """A byline of somebody who signs in as an author; `guest=True` has no login."""

    class Meta:
        model = Profile

    class Params:
        guest = factory.Trait(person=None)

    person = factory.SubFactory(PersonFactory, role=Role.AUTHOR)
    name = factory.Sequence(lambda number: f"Writer {number}")
    slug = factory.Sequence(lambda number: f"writer-{number}")


class ProfileLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProfileLink

    profile = factory.SubFactory(ProfileFactory)
    label = "Workshop"
    url = "https://workshop.example/"
    position = factory.Sequence(lambda number: number)
