"""Who else is at the desk of comments: remembered for some seconds, told by name only."""

from django.core.cache import cache

from accounts.models import Person
from accounts.roles import moderators

SECONDS = 40  # two and a half heartbeats


def arrive(person: Person) -> None:
    """Somebody is at the desk, and will say so again."""
    cache.set(_key(person.pk), True, SECONDS)


def others(viewer: Person) -> list[str]:
    """The names of all others who are here, in order."""
    people = moderators().exclude(pk=viewer.pk)
    keys = {_key(person.pk): person.public_name for person in people.only("pk", "name")}
    return sorted(keys[key] for key in cache.get_many(keys))


def _key(pk: int) -> str:
    return f"comments.desk.{pk}"
