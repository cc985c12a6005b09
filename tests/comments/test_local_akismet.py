"""The spam service on this machine speaks the documented protocol."""

import io
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from comments.local_akismet import THANKS, LocalAkismet, Mood
from tests.comments.conftest import KEY

COMMENT = {"api_key": KEY, "blog": "https://wheels.example", "user_ip": "192.0.2.1"}


def send(server: LocalAkismet, endpoint: str, **fields: str) -> httpx.Response:
    return httpx.post(f"{server.address}/1.1/{endpoint}", data={**COMMENT, **fields})


def test_it_knows_its_key(akismet: LocalAkismet) -> None:
    assert send(akismet, "verify-key", key=KEY).text == "valid"
    assert send(akismet, "verify-key", key="another").text == "invalid"
    assert send(akismet, "comment-check", api_key="another").text == "invalid"


def test_without_a_key_of_its_own_it_takes_any() -> None:
    with LocalAkismet() as server:
        assert server.state.key == ""


@pytest.mark.parametrize("missing", ["blog", "user_ip"])
def test_it_says_which_field_is_missing(akismet: LocalAkismet, missing: str) -> None:
    response = send(akismet, "comment-check", **{missing: ""})
    assert response.text == "invalid"
    assert response.headers["X-akismet-debug-help"] == f'Empty "{missing}" value'


@pytest.mark.parametrize(
    ("fields", "answer", "tip"),
    [
        ({"comment_content": "A fine wheel."}, "false", None),
        ({"comment_author": "akismet-guaranteed-spam"}, "true", None),
        ({"comment_author_email": "akismet-guaranteed-spam@example.com"}, "true", None),
        ({"comment_content": "Visit our casino"}, "true", None),
        ({"comment_content": "http://a http://b http://c"}, "true", None),
        ({"comment_content": "http://a " * 6}, "true", "discard"),
        ({"comment_content": "casino jackpot viagra"}, "true", "discard"),
        ({"comment_content": "casino", "user_role": "administrator"}, "false", None),
    ],
)
def test_it_judges(
    akismet: LocalAkismet, fields: dict[str, str], answer: str, tip: str | None
) -> None:
    response = send(akismet, "comment-check", **fields)
    assert (response.text, response.headers.get("X-akismet-pro-tip")) == (answer, tip)
    assert response.headers["X-akismet-guid"]


@pytest.mark.parametrize("endpoint", ["submit-spam", "submit-ham"])
def test_it_thanks_for_reports(akismet: LocalAkismet, endpoint: str) -> None:
    assert send(akismet, endpoint).text == THANKS


def test_other_addresses_are_not_found(akismet: LocalAkismet) -> None:
    assert send(akismet, "everything").status_code == 404


def test_it_remembers_what_it_was_sent(akismet: LocalAkismet) -> None:
    send(akismet, "comment-check", comment_content="A fine wheel.")
    assert [(one.path, one.one("comment_content")) for one in akismet.received] == [
        ("/1.1/comment-check", "A fine wheel.")
    ]


@pytest.mark.parametrize(
    ("mood", "status", "text"),
    [
        (Mood.DOWN, 500, "Internal Server Error"),
        (Mood.BUSY, 429, "Too Many Requests"),
        (Mood.EMPTY, 200, ""),
        (Mood.INVALID, 200, "invalid"),
    ],
)
def test_its_moods_can_be_changed(
    akismet: LocalAkismet, mood: Mood, status: int, text: str
) -> None:
    akismet.behave(mood)
    response = send(akismet, "comment-check")
    assert (response.status_code, response.text) == (status, text)


def test_the_command_serves_until_it_is_interrupted() -> None:
    # Given
    root = Path(__file__).parents[2]
    command = [sys.executable, "manage.py", "local_akismet", "--port", "0"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert isinstance(process.stdout, io.TextIOBase)
        address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        # When
        assert address
        response = httpx.post(f"{address[0]}/1.1/comment-check", data=COMMENT)
        process.send_signal(signal.SIGINT)
        # Then
        assert response.text == "false"
        assert process.wait(timeout=20) == 0
