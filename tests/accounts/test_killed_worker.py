"""Killing the worker at any moment loses no mail and sends none twice.

Real workers and sweeps, as the site starts them, and a real mail server; `kill -9` at every moment
of the conversation, and at random ones. Between two kills time is moved as a sweep some minutes
later would find it: letters that a dead process had in its hands are due again.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts import mail
from accounts.models import Letter
from config.management.commands.serve import MANAGE, QUIETLY, WORKER
from tests.post_office import MOMENTS, PostOffice

SWEEP = (*MANAGE, "deliver_mail", *QUIETLY)
PATIENCE = 60  # seconds, on a machine with other things to do
LETTERS = 44
KILLS = 6
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="A kill is SIGKILL."),
]


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with PostOffice() as opened:
        yield opened


@pytest.fixture
def start(office: PostOffice, tmp_path) -> Iterator[Callable[[tuple[str, ...]], Any]]:
    """Starts processes of the site on the database of this test; none outlives the test."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    ours = {"DATABASE_URL": database_url(), "EMAIL_URL": f"smtp://127.0.0.1:{office.port}"}
    started = []

    def run(command: tuple[str, ...]) -> subprocess.Popen[bytes]:
        with (tmp_path / "log").open("ab") as log:
            process = subprocess.Popen(command, env=bare | ours, stdout=log, stderr=log)
        started.append(process)
        return process

    yield run
    for process in started:
        kill(process)


def database_url() -> str:
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    who = f"{facts['USER']}:{facts['PASSWORD']}".rstrip(":")
    return f"postgres://{who}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE)


def wait_for(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.002)


def write(number: int) -> set[str]:
    """Letters as the site writes them; returns their Message-IDs."""
    for one in range(number):
        mail.write(to=f"rider{one}@example.org", subject=f"Wheel {one}", body="It is true again.")
    return {f"<{pk}@corrigible>" for pk in Letter.objects.values_list("pk", flat=True)}


def dies(worker: subprocess.Popen[bytes], office: PostOffice, usual: str) -> str:
    """What happens at a moment of the conversation: the worker dies, the server goes on."""
    office.plan.clear()
    kill(worker)
    return usual


def some_minutes_later() -> None:
    """Whatever a dead process had in its hands is due again; nothing else changes."""
    Letter.objects.filter(attempts__gt=0).update(next_attempt_at=timezone.now())


def ask_the_publisher(office: PostOffice) -> None:
    """A letter that is marked as handed over and did not arrive is still there to be sent again."""
    for letter in Letter.objects.filter(handed_over_at__isnull=False):
        if f"<{letter.pk}@corrigible>" not in office.arrived():
            mail.try_again(letter)


def test_killed_at_any_moment_of_a_conversation_every_letter_arrives_once(office, start):
    # Given
    written = write(len(MOMENTS))
    # When
    for moment in MOMENTS:
        some_minutes_later()
        worker = start(WORKER)
        office.plan[moment] = partial(dies, worker, office)
        worker.wait(PATIENCE)
        wait_for(lambda: not office.busy)
    # Then: what the server had when the worker died is not sent again, all else is
    killed_in_the_dot = Letter.objects.filter(handed_over_at__isnull=False)
    assert 1 <= killed_in_the_dot.count() <= 2
    some_minutes_later()
    assert start(SWEEP).wait(PATIENCE) == 0
    ask_the_publisher(office)
    assert start((*WORKER, "--batch")).wait(PATIENCE) == 0
    assert office.arrived() == dict.fromkeys(written, 1)


def test_killed_at_random_moments_no_letter_is_lost_and_none_arrives_twice(office, start):
    # Given
    chance = random.Random(3)
    written = write(LETTERS)
    office.plan["DOT"] = lambda usual: time.sleep(0.01) or usual  # a server that has to think
    # When
    for _kill in range(KILLS):
        enough = office.conversations + chance.randint(1, 4)
        some_minutes_later()
        running = [start(WORKER), start(SWEEP)]
        wait_for(partial(office.has_begun, enough))
        time.sleep(chance.uniform(0, 0.02))
        for process in running:
            kill(process)
        wait_for(lambda: not office.busy)
    some_minutes_later()
    assert start(SWEEP).wait(PATIENCE) == 0
    ask_the_publisher(office)
    assert start((*WORKER, "--batch")).wait(PATIENCE) == 0
    # Then
    assert office.arrived() == dict.fromkeys(written, 1)
    assert Letter.objects.count() <= 2 * KILLS  # delivered, but no answer was heard
