from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.cache import cache

from accounts.ratelimit import allow

pytestmark = pytest.mark.stores


def test_no_more_than_the_limit_in_any_span():
    # When
    answers = [allow("comment:203.0.113.9", limit=2, seconds=15) for _time in range(4)]
    # Then
    assert answers == [True, True, False, False]


@pytest.mark.usefixtures("cache_with_our_clock")
def test_a_refusal_does_not_prolong_the_wait():
    # Given
    with time_machine.travel("2026-05-01 10:00:00Z", tick=False):
        assert allow("key", limit=1, seconds=15)
    with time_machine.travel("2026-05-01 10:00:14Z", tick=False):
        refused = allow("key", limit=1, seconds=15)
    # When
    with time_machine.travel("2026-05-01 10:00:16Z", tick=False):
        again = allow("key", limit=1, seconds=15)
    # Then
    assert (refused, again) == (False, True)


def test_one_key_does_not_wait_for_another():
    assert allow("one", limit=1, seconds=15)
    assert allow("other", limit=1, seconds=15)


def test_of_many_at_once_exactly_as_many_as_allowed_come_through():
    # When
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _turn: allow("crowd", limit=5, seconds=60), range(80)))
    # Then
    assert answers.count(True) == 5


def test_an_address_is_not_readable_in_the_cache(monkeypatch):
    # Given
    written: list[str] = []
    monkeypatch.setattr(cache, "add", lambda key, *_rest: written.append(key) or True)
    # When
    allow("comment:rider@example.org", limit=1, seconds=15)
    # Then
    assert "rider" not in written[0]
