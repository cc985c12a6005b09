"""A spam service to ask, and a post to comment on."""

import threading
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings

from blog.models import Post
from comments.local_akismet import LocalAkismet, Mood
from comments.models import AtOnce, House
from comments.models.house import CACHE_KEY
from tests.factories.blog import PostFactory

KEY = "a-key-that-must-not-leak"


@pytest.fixture(scope="session")
def running_akismet() -> Iterator[LocalAkismet]:
    with LocalAkismet(key=KEY) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.behave(Mood.WELL)
        server.shutdown()
        thread.join()


@pytest.fixture
def akismet(running_akismet: LocalAkismet, settings: Settings) -> Iterator[LocalAkismet]:
    """The site asks a server of its own, which remembers what it was sent in this test."""
    settings.AKISMET_KEY = KEY
    settings.AKISMET_URL = running_akismet.address
    settings.AKISMET_TIMEOUT = 5.0
    running_akismet.behave(Mood.WELL)
    running_akismet.forget()
    yield running_akismet
    running_akismet.behave(Mood.WELL)


@pytest.fixture
def post(db: None) -> Post:
    return PostFactory(published=True)


@pytest.fixture
def ham_is_published(db: None) -> None:
    """The spam check alone decides: no word or link holds a comment, and nobody is a newcomer."""
    rules = {"at_once": AtOnce.HAM, "suspect_words": "", "most_links": 99}
    House.objects.update_or_create(pk=1, defaults=rules)
    cache.delete(CACHE_KEY)
