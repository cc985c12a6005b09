"""The site as `make run` starts it: real processes, a database of their own, a free port."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Processes are counted in /proc.")
PATIENCE = 60  # seconds, on a machine with other things to do
LOGINS = ("publisher@", "editor@", "moderator@", "author@")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder: Path) -> dict[str, str]:
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return bare | {"DATABASE_URL": f"sqlite:///{folder}/site.sqlite3"}


class Site:
    """A running `manage.py serve --prepare`."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.log = folder / "log"
        self.environment = environment(folder)
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--prepare", f"--port={self.port}"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def get(self, path: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def said(self) -> str:
        return self.log.read_text()

    def wait_for(self, words: str) -> str:
        until = time.monotonic() + PATIENCE
        while words not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.1)
        return self.said()

    def children(self) -> list[int]:
        """Every process that was started by the site, however deep."""
        return descendants(self.process.pid)


def running() -> dict[int, int]:
    """Every process that has not ended, with its parent."""
    found = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has just ended
            number, _name, rest = re.split(r" \(|\) ", file.read_text(), maxsplit=2)
            state, parent, *_others = rest.split()
            if state != "Z":
                found[int(number)] = int(parent)
    return found


def descendants(parent: int) -> list[int]:
    children = [pid for pid, of in running().items() if of == parent]
    return [*children, *(deeper for pid in children for deeper in descendants(pid))]


def alive(pids: list[int]) -> list[int]:
    return sorted(set(pids) & set(running()))


def command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def wait_until_gone(pids: list[int]) -> list[int]:
    until = time.monotonic() + PATIENCE
    while alive(pids) and time.monotonic() < until:
        time.sleep(0.1)
    return alive(pids)


@contextmanager
def running_in(folder: Path) -> Iterator[Site]:
    started = Site(folder)
    yield started
    for pid in [started.process.pid, *started.children()]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    started.process.wait()


@pytest.fixture
def site(tmp_path) -> Iterator[Site]:
    """A site that is being started for the first time."""
    with running_in(tmp_path) as started:
        yield started


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    """A database as a first run leaves it."""
    folder = tmp_path_factory.mktemp("prepared")
    for name in ("migrate", "load_demo"):
        subprocess.run(
            [sys.executable, "manage.py", name, "--verbosity=0"],
            cwd=ROOT,
            env=environment(folder),
            check=True,
            timeout=PATIENCE,
        )
    return folder / "site.sqlite3"


@pytest.fixture
def site_again(prepared, tmp_path) -> Iterator[Site]:
    """A site that was started before: it has its database and its demo."""
    shutil.copy(prepared, tmp_path)
    with running_in(tmp_path) as started:
        yield started


def test_a_first_run_serves_the_demo_and_says_how_to_come_in(site):
    # When
    said = site.wait_for("Ctrl-C stops everything")
    status, home = site.get("/")
    # Then
    assert (status, "/posts/" in home) == (200, True)
    assert f"http://localhost:{site.port}/" in said
    assert [login for login in LOGINS if login not in said] == []
    assert "local stand-in" in said
    # When a newcomer stops it, as a terminal does
    site.wait_for("A local spam service listens")
    children = site.children()
    site.process.send_signal(signal.SIGINT)
    # Then
    assert site.process.wait(PATIENCE) == 0
    assert len(children) >= 3
    assert alive(children) == []
    # When it is started again, nothing is loaded twice
    site.process = site.start()
    site.wait_for("Starting worker")
    assert "Preparing" not in site.said()[len(said) :]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_while_it_starts_it_leaves_nobody_behind(site, number):
    # Given
    site.wait_for("Preparing")
    children = site.children()
    # When
    site.process.send_signal(number)
    site.process.wait(PATIENCE)
    # Then
    assert alive(children) == []
    assert "Traceback" not in site.said()


def test_when_one_part_dies_all_stop_and_the_failure_is_told(site_again):
    # Given
    site = site_again
    site.wait_for("Starting worker")
    children = site.children()
    worker = next(
        pid for pid in children if "db_worker" in Path(f"/proc/{pid}/cmdline").read_text()
    )
    # When
    os.kill(worker, signal.SIGKILL)
    # Then
    assert site.process.wait(PATIENCE) == 1
    assert "The task worker has ended" in site.said()
    assert wait_until_gone(children) == []


def test_a_taken_port_is_refused_and_a_kill_leaves_nobody_behind(site_again):
    # Given
    site = site_again
    site.wait_for("Starting worker")
    children = site.children()
    # When
    second = site.start()
    # Then
    assert second.wait(PATIENCE) == 1
    assert f"127.0.0.1:{site.port} cannot be used" in site.said()
    assert "Traceback" not in site.said()
    # When
    site.process.kill()
    # Then
    assert wait_until_gone(children) == []
