"""Who else has a post open for writing: remembered for a minute, told by name only."""

from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.roles import editors
from blog.models import Post

SECONDS = 60  # three heartbeats


class Here(NamedTuple):
    """Somebody who writes, and since when."""

    name: str
    since: datetime

    @property
    def sentence(self) -> str:
        hour = time_format(timezone.localtime(self.since), "H:i")
        return _("%(name)s is writing here too, since %(hour)s.") % {
            "name": self.name,
            "hour": hour,
        }


def arrive(post: Post, person: Person) -> None:
    """Somebody has the post open, and will say so again."""
    key = _key(post, person.pk)
    cache.set(key, cache.get(key) or timezone.now(), SECONDS)


def others(post: Post, viewer: Person) -> list[Here]:
    """All others who have it open. Needs the post's author loaded."""
    people = editors() | Person.objects.filter(profile=post.author_id)
    names = {
        _key(post, person.pk): person.public_name
        for person in people.exclude(pk=viewer.pk).only("pk", "name")
    }
    return sorted(Here(names[key], since) for key, since in cache.get_many(names).items())


def _key(post: Post, person: int) -> str:
    return f"blog.write.{post.pk}.{person}"
