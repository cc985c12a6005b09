"""Loading the demo."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks.backends.dummy import DummyBackend

from accounts.models import Person
from accounts.refusals import WrongMoment
from blog.models import Post
from comments import fragments
from config.demo.dates import happening, moment
from config.demo.discussion import make_comments
from config.demo.disputes import make_disputes
from config.demo.in_work import make_posts_in_work, make_series
from config.demo.people import make_people
from config.demo.posts import make_posts
from config.demo.site import let_all_through, make_house, make_site

OPENING_DAY = 90  # days ago
SERIES_DAY = 4


def is_empty() -> bool:
    """Whether nobody has begun to use this database."""
    return not (Post.objects.exists() or Person.objects.exists())


@transaction.atomic
def load() -> None:
    """Build the whole demo or nothing of it; refuses a database that has posts or people.

    Nothing leaves the house: no comment is shown to a spam service, and what the rules enqueue
    (mails above all) is dropped, since the people of the demo have no mailbox.
    """
    if not is_empty():
        raise WrongMoment(_("The demo is loaded only into a database without posts and people."))
    with _nothing_sent():
        with happening(moment(OPENING_DAY, time(9))):
            make_people()
            make_site()
        make_posts()
        let_all_through()
        make_disputes(make_comments())
        with happening(moment(OPENING_DAY, time(10))):
            make_house()
        with happening(moment(SERIES_DAY, time(9))):
            make_series()
        make_posts_in_work()
        fragments.refresh_all()  # they show dates, which have moved


@contextmanager
def _nothing_sent() -> Iterator[None]:
    """Put the library's dummy queue in the place of the real one, in this thread."""
    queue = task_backends[DEFAULT_TASK_BACKEND_ALIAS]
    task_backends[DEFAULT_TASK_BACKEND_ALIAS] = DummyBackend(DEFAULT_TASK_BACKEND_ALIAS, {})
    try:
        yield
    finally:
        task_backends[DEFAULT_TASK_BACKEND_ALIAS] = queue
