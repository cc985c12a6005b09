"""The conversation under load: comments coming in, the desk, and a very long thread.

Everything runs on loopback and is bounded in number. The desk and the thread are measured twice, on
a site with 1,000 comments and on the same site with 100,000, to show what growing costs.
"""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode

from bench.load import LOOPBACK, Figures, figures, measure
from bench.server import serving

SMALL, LARGE = 1_000, 100_000
LONG_THREAD = 10_000
SUBMISSIONS = 400
PAUSE = 0.05  # seconds that Akismet needs to answer
WAIT = 3.5  # the form refuses what was filled in faster
DRAIN_SECONDS = 120
ROW = "{name:<52}{rate:>8.1f}{p50:>9.1f}{p99:>9.1f}  {note}"


def report(environment: dict[str, str], clients: int, seconds: float) -> Iterator[str]:
    """The lines of the table; the site must have been built."""
    yield ""
    yield f"{'conversation':<52}{'a second':>8}{'p50 ms':>9}{'p99 ms':>9}"
    for size in (SMALL, LARGE):
        cookie = _grow_to(size)
        with serving("config.wsgi:application", environment) as port:
            figure = measure(port, "/desk/comments/", clients=1, seconds=seconds, cookie=cookie)
            queries = f"{_queries('/desk/comments/', cookie)} queries"
            yield _row(f"desk, {size:,} comments in the database", figure, queries)
            path = _long_thread()
            figure = measure(port, path, clients=clients, seconds=seconds)
            queries = f"{_queries(path)} queries"
            yield _row(f"thread of 10,000, first page; {size:,} others", figure, queries)
    yield from _submissions(environment)


def _row(name: str, figure: Figures, note: str) -> str:
    return ROW.format(name=name, rate=figure.rate, p50=figure.p50, p99=figure.p99, note=note)


def _grow_to(size: int) -> str:
    """Fill the database up to so many comments, one in fifty of them held; a moderator's cookie."""
    from django.test import Client  # noqa: PLC0415  the environment comes first

    from accounts.models import Person  # noqa: PLC0415
    from blog.models import Post  # noqa: PLC0415
    from comments.models import CommentState, PostComment  # noqa: PLC0415
    from tests.factories.comments import fill  # noqa: PLC0415

    posts = list(Post.objects.published().exclude(slug__startswith="bench")[:5])
    missing = max(0, size - PostComment.objects.count())
    for post in posts:
        fill(post, threads=missing // len(posts) // 5, replies=4)
    fill(posts[0], threads=missing // 50, state=CommentState.HELD)
    client = Client()
    client.force_login(Person.objects.get(email="moderator@example.org"))
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def _long_thread() -> str:
    from blog.models import Post  # noqa: PLC0415
    from tests.factories.comments import fill  # noqa: PLC0415

    post = Post.objects.get(slug="bench-long")
    if not post.comments.exists():
        fill(post, threads=LONG_THREAD // 5, replies=4)
    return post.get_absolute_url()


def _queries(path: str, cookie: str = "") -> int:
    """How many statements the page needs, the second time it is asked for."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client(headers={"cookie": cookie, "host": "localhost"})
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}")
    return len(captured)


def _submissions(environment: dict[str, str]) -> Iterator[str]:
    """Comments sent at once by eight clients, and how long the worker needs to settle them."""
    from comments.local_akismet import LocalAkismet  # noqa: PLC0415

    with LocalAkismet(pause=PAUSE) as akismet:
        threading.Thread(target=akismet.serve_forever, daemon=True).start()
        spam = {"AKISMET_KEY": "bench", "AKISMET_URL": akismet.address}
        site = environment | spam | {"TRUSTED_PROXIES": LOOPBACK}
        with serving("config.wsgi:application", site) as port, _worker(site):
            figure = _send_all(port)
            began = time.perf_counter()
            left = _drain()
            took = time.perf_counter() - began
        akismet.shutdown()
    note = f"{SUBMISSIONS} sent; settled {took:.1f} s after the last one, {left} left"
    yield _row("comments sent, Akismet answers in 50 ms", figure, note)


@contextmanager
def _worker(environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "manage.py", "db_worker", "--queue-name=*", "--interval=0.1"]
    worker = subprocess.Popen([*command, "--no-reload"], env=environment)  # noqa: S603
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=30)


def _send_all(port: int) -> Figures:
    from blog.models import Post  # noqa: PLC0415
    from comments import tickets  # noqa: PLC0415

    post = Post.objects.get(slug="bench-ten")
    forms = [tickets.hand_out(post) for _form in range(SUBMISSIONS)]
    path = f"/posts/{post.slug}/comments/new/"
    cookie, token = _csrf(port, path)
    time.sleep(WAIT)
    times: list[float] = []
    turns = iter(enumerate(forms))
    lock = threading.Lock()
    began = time.perf_counter()
    threads = [
        threading.Thread(target=_send, args=(port, path, cookie, token, turns, lock, times))
        for _client in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return figures(times, time.perf_counter() - began, 0)


def _csrf(port: int, path: str) -> tuple[str, str]:
    connection = HTTPConnection(LOOPBACK, port, timeout=30)
    connection.request("GET", path, headers={"Host": "localhost"})
    answer = connection.getresponse()
    html = answer.read().decode()
    cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    return cookie, found[1] if found else ""


def _send(  # noqa: PLR0913, PLR0917  a thread takes what it needs
    port: int,
    path: str,
    cookie: str,
    token: str,
    turns: Iterator[tuple[int, str]],
    lock: threading.Lock,
    times: list[float],
) -> None:
    connection = HTTPConnection(LOOPBACK, port, timeout=30)
    while True:
        with lock:
            turn = next(turns, None)
        if turn is None:
            return
        number, ticket = turn
        body = urlencode(
            {
                "csrfmiddlewaretoken": token,
                "ticket": ticket,
                "text": f"Thought number {number}, said once.",
                "name": f"Reader {number}",
                "email": f"sender{number}@example.org",
            }
        )
        headers = {
            "Host": "localhost",
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"10.9.{number // 250}.{number % 250}",
        }
        began = time.perf_counter()
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - began)
        if answer.status != 302:
            raise RuntimeError(f"a comment was answered with {answer.status}")


def _drain() -> int:
    """Wait until the worker has settled everything; how many it left."""
    from comments.models import PostComment  # noqa: PLC0415

    waiting = PostComment.objects.filter(check_after__isnull=False)
    until = time.perf_counter() + DRAIN_SECONDS
    while waiting.exists() and time.perf_counter() < until:
        time.sleep(0.1)
    return waiting.count()
