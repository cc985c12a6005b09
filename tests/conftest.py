"""What every test can ask for. People in tests have roles, not names."""

import gc
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import caches
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from accounts.models import Person
from tests.factories.accounts import PersonFactory

REACHING_THE_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}
WORLDS = {f"tests/config/test_{name}.py" for name in ("demo", "roles", "serve")}
COUNTING_QUERIES = {"django_assert_num_queries", "django_assert_max_num_queries"}


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what may reach the database, and what counts how often it is asked.

    All else is the same on each database, and so are the numbers: they run on one of them.
    """
    for item in items:
        asked_for = set(getattr(item, "fixturenames", ()))
        if asked_for & REACHING_THE_DATABASE or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.stores)
        if asked_for & COUNTING_QUERIES:
            item.add_marker(pytest.mark.once)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    return WorldsInOneProcess(config, log)


class WorldsInOneProcess(LoadScopeScheduling):
    """Each test goes to whichever process is free; modules that build a world go as one."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return module if module in WORLDS else nodeid


def pytest_collection_finish() -> None:
    """What was imported stays to the end: looking through it again and again finds no rubbish."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


@pytest.fixture
def reader(db: None) -> Person:
    return PersonFactory()


@pytest.fixture
def author(db: None) -> Person:
    return PersonFactory(author=True)


@pytest.fixture
def moderator(db: None) -> Person:
    return PersonFactory(moderator=True)


@pytest.fixture
def editor(db: None) -> Person:
    return PersonFactory(editor=True)


@pytest.fixture
def publisher(db: None) -> Person:
    return PersonFactory(publisher=True)


@pytest.fixture(autouse=True)
def _a_cache_of_its_own(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test meets the rate limits of another, in this thread or in one that it starts.

    A test that is not marked `stores` finds the cache closed, as pytest-django closes the database.
    """
    prefix = uuid4().hex
    monkeypatch.setitem(settings.CACHES["default"], "KEY_PREFIX", prefix)
    monkeypatch.setattr(caches["default"], "key_prefix", prefix)
    if not request.node.get_closest_marker("stores"):
        monkeypatch.setitem(settings.CACHES["default"], "KEY_FUNCTION", _closed)
        monkeypatch.setattr(caches["default"], "key_func", _closed)


def _closed(*_of_a_key: object) -> str:
    raise RuntimeError("Mark a test that needs the cache: @pytest.mark.stores")


@pytest.fixture
def cache_with_our_clock(settings) -> None:
    """A cache in this process: the clock of Redis cannot be moved on."""
    of_its_own = settings.IN_THIS_PROCESS | {"LOCATION": uuid4().hex}
    settings.CACHES = settings.CACHES | {"default": of_its_own}


@pytest.fixture
def run_tasks(db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Work off what is enqueued and due, as the real worker does; returns how many tasks ran.

    Tasks that those enqueue run as well. A task that fails shows its traceback.
    """
    # between tasks the worker drops its connection, and with it the transaction of the test
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    return _run_tasks


def _run_tasks() -> int:
    worker = db_worker.Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
    )
    worker.run()
    failed = DBTaskResult.objects.failed()
    assert [task.traceback for task in failed] == []
    return worker._run_tasks
