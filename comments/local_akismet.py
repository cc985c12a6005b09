"""A server on this machine that speaks Akismet's protocol, for tests and for the demo.

It judges by three simple rules and remembers what it was sent. Its mood can be changed, so that
every way in which the real service fails can be met on purpose.
"""

import json
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

THANKS = "Thanks for making the web a better place."
GUARANTEED = ("akismet-guaranteed-spam", "akismet-guaranteed-spam@example.com")
WORDS = ("buy now", "casino", "cheap pills", "crypto", "free money", "jackpot", "viagra")
SPAM_LINKS = 3
BLATANT_LINKS = 6
REMEMBERED = 1_000
USED, LIMIT = 7_463, 350_000
ALERT = {
    "X-akismet-alert-code": "10502",
    "X-akismet-alert-msg": "Your site sends more than your plan allows.",
}
MOST_BYTES = 1_000_000

Fields = dict[str, list[str]]
Answer = tuple[int, str, dict[str, str]]


class Mood(StrEnum):
    """How the server behaves."""

    WELL = "well"
    DOWN = "down"
    BUSY = "busy"
    SLOW = "slow"
    GARBAGE = "garbage"
    EMPTY = "empty"
    INVALID = "invalid"
    COMPLAINING = "complaining"
    PROVISIONAL = "provisional"
    ALERTING = "alerting"
    DRIPPING = "dripping"
    ENDLESS = "endless"


ODD_ANSWERS: dict[Mood, Answer] = {
    Mood.DOWN: (500, "Internal Server Error", {}),
    Mood.BUSY: (429, "Too Many Requests", {"Retry-After": "60"}),
    Mood.GARBAGE: (200, "<html><body>Welcome to the hotel's network</body></html>", {}),
    Mood.EMPTY: (200, "", {}),
    Mood.INVALID: (200, "invalid", {"X-akismet-debug-help": "We were unable to parse your key"}),
    Mood.COMPLAINING: (200, "false", {"X-akismet-error": "10003"}),
}


NEVER_DONE = {Mood.DRIPPING: (b" ", 0.05), Mood.ENDLESS: (b"false" * 1_000, 0.0)}


@dataclass(frozen=True)
class Received:
    """One request as it came in."""

    path: str
    fields: Fields
    user_agent: str

    def one(self, name: str) -> str:
        return self.fields.get(name, [""])[0]


@dataclass
class State:
    """What the handler's threads share."""

    key: str = ""
    pause: float = 0
    mood: Mood = Mood.WELL
    released: threading.Event = field(default_factory=threading.Event)
    received: deque[Received] = field(default_factory=lambda: deque(maxlen=REMEMBERED))


class LocalAkismet(ThreadingHTTPServer):
    """Listens on 127.0.0.1; port 0 takes a free one. With a `key` every other key is invalid.

    It thinks for `pause` seconds before each answer.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, *, port: int = 0, key: str = "", pause: float = 0) -> None:
        self.state = State(key=key, pause=pause)
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing about a client that lost patience."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def received(self) -> list[Received]:
        return list(self.state.received)

    def behave(self, mood: Mood) -> None:
        """Change the mood; leaving a slow one lets the requests go that wait."""
        waits = mood is Mood.SLOW or mood in NEVER_DONE
        self.state.released.clear() if waits else self.state.released.set()
        self.state.mood = mood

    def forget(self) -> None:
        self.state.received.clear()


class _Handler(BaseHTTPRequestHandler):
    server: LocalAkismet
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = min(int(self.headers.get("Content-Length") or 0), MOST_BYTES)
        fields = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
        self._receive(urlsplit(self.path).path, fields)

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        self._receive(address.path, parse_qs(address.query, keep_blank_values=True))

    def _receive(self, path: str, fields: Fields) -> None:
        received = Received(path, fields, self.headers.get("User-Agent", ""))
        self.server.state.received.append(received)
        if (mood := self.server.state.mood) in NEVER_DONE:
            self._go_on(*NEVER_DONE[mood])
        else:
            self._send(*self._answer(received))

    def _go_on(self, piece: bytes, wait: float) -> None:
        """Answer a piece at a time, until the client has enough or the mood changes."""
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        while not self.server.state.released.wait(wait):
            self.wfile.write(piece)

    def _answer(self, received: Received) -> Answer:
        mood = self.server.state.mood
        time.sleep(self.server.state.pause)
        if mood is Mood.SLOW:
            self.server.state.released.wait(timeout=60)
        return ODD_ANSWERS.get(mood) or answer(received, key=self.server.state.key, mood=mood)

    def _send(self, status: int, body: str, headers: dict[str, str]) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: what is sent here is private."""


def answer(received: Received, *, key: str, mood: Mood = Mood.WELL) -> Answer:
    """What the service says when it is well."""
    if received.path == "/1.1/verify-key":
        return 200, "valid" if _has_key(received.one("key"), key) else "invalid", {}
    if not _has_key(received.one("api_key"), key):
        return 200, "invalid", {"X-akismet-debug-help": "We were unable to parse your key"}
    if received.path == "/1.2/usage-limit":
        return 200, json.dumps(_usage()), {}
    return _about_a_comment(received, mood)


def _about_a_comment(received: Received, mood: Mood) -> Answer:
    if missing := next((name for name in ("blog", "user_ip") if not received.one(name)), ""):
        return 200, "invalid", {"X-akismet-debug-help": f'Empty "{missing}" value'}
    if received.path in {"/1.1/submit-spam", "/1.1/submit-ham"}:
        return 200, THANKS, {}
    if received.path == "/1.1/comment-check":
        return _check(received, mood)
    return 404, "Not found", {}


def _usage() -> dict[str, object]:
    percentage = f"{100 * USED / LIMIT:.2f}"
    return {"limit": LIMIT, "usage": USED, "percentage": percentage, "throttled": False}


def _has_key(given: str, key: str) -> bool:
    return bool(given) and given == (key or given)


def _check(received: Received, mood: Mood) -> Answer:
    headers = {"X-akismet-guid": uuid4().hex, **(ALERT if mood is Mood.ALERTING else {})}
    points = _points(received)
    if points > 1:
        headers["X-akismet-pro-tip"] = "discard"
    elif not points and mood is Mood.PROVISIONAL:
        headers["X-akismet-recheck-after"] = "120"
    return 200, "true" if points else "false", headers


def _points(received: Received) -> int:
    """0 for a comment, 1 for spam, 2 for spam that nobody needs to see."""
    if received.one("user_role") == "administrator":
        return 0
    text = received.one("comment_content").lower()
    links = text.count("://")
    words = sum(word in text for word in WORDS)
    named = {received.one("comment_author"), received.one("comment_author_email")}
    certain = bool(named & set(GUARANTEED)) or bool(words) or links >= SPAM_LINKS
    return certain + (certain and (links >= BLATANT_LINKS or words > 2))
