"""The real client, over HTTP, against a server that records what it was sent."""

import socket
import threading
import time

import akismet as library
import pytest
import time_machine
from pytest_django import Settings

from comments.akismet import _pause
from comments.checkers import checker
from comments.local_akismet import LocalAkismet, Mood
from comments.local_rules import LocalRules
from comments.spam import Evidence, Judgement
from tests.comments.conftest import KEY

EVIDENCE = Evidence(
    kind="reply",
    user_ip="192.0.2.7",
    user_agent="Bicycle/1.0",
    referrer="https://example.net/from/",
    permalink="https://wheels.example/posts/truing/",
    author="Åsa",
    email="asa@example.net",
    url="https://asa.example/",
    content="A spoke & a nipple = a wheel? ✓",
    date="2026-04-01T10:00:00+00:00",
    post_modified="2026-03-01T10:00:00+00:00",
    language="en",
    role="",
    honeypot_name="subject",
    honeypot_value="cheap",
    context=("Wheels", "Tools"),
    parent="17",
)
SENT = {
    "api_key": [KEY],
    "blog": ["https://wheels.example"],
    "user_ip": ["192.0.2.7"],
    "user_agent": ["Bicycle/1.0"],
    "referrer": ["https://example.net/from/"],
    "permalink": ["https://wheels.example/posts/truing/"],
    "comment_type": ["reply"],
    "comment_author": ["Åsa"],
    "comment_author_email": ["asa@example.net"],
    "comment_author_url": ["https://asa.example/"],
    "comment_content": ["A spoke & a nipple = a wheel? ✓"],
    "comment_date_gmt": ["2026-04-01T10:00:00+00:00"],
    "comment_post_modified_gmt": ["2026-03-01T10:00:00+00:00"],
    "blog_lang": ["en"],
    "blog_charset": ["UTF-8"],
    "honeypot_field_name": ["subject"],
    "subject": ["cheap"],
    "comment_context[]": ["Wheels", "Tools"],
    "comment_parent": ["17"],
}


FAILURES = {
    Mood.DOWN: "Akismet is out of order (status 500).",
    Mood.BUSY: "Akismet says that it is asked too often.",
    Mood.GARBAGE: "Akismet answered something that makes no sense.",
    Mood.EMPTY: "Akismet answered something that makes no sense.",
    Mood.INVALID: "Akismet does not accept the key of this site.",
    Mood.COMPLAINING: "Akismet answered something that makes no sense.",
}


@pytest.fixture(autouse=True)
def site(settings: Settings) -> None:
    settings.SITE_URL = "https://wheels.example"


def test_without_a_key_our_own_rules_judge(settings: Settings) -> None:
    settings.AKISMET_KEY = ""
    assert isinstance(checker(), LocalRules)


def test_one_client_serves_the_whole_process(akismet: LocalAkismet) -> None:
    assert checker() is checker()


def test_everything_that_is_known_is_sent_under_the_documented_names(akismet: LocalAkismet) -> None:
    checker().judge(EVIDENCE)
    (received,) = akismet.received
    assert (received.path, received.fields) == ("/1.1/comment-check", SENT)
    assert received.user_agent.startswith("Corrigible | akismet.py/")


def test_what_is_empty_is_left_out(akismet: LocalAkismet) -> None:
    checker().judge(Evidence(user_ip="192.0.2.7", content="Hello"))
    assert akismet.received[0].fields == {
        "api_key": [KEY],
        "blog": ["https://wheels.example"],
        "user_ip": ["192.0.2.7"],
        "comment_type": ["comment"],
        "comment_content": ["Hello"],
        "blog_charset": ["UTF-8"],
    }


@pytest.mark.parametrize(
    ("content", "judgement"),
    [
        ("A fine wheel.", Judgement.HAM),
        ("Our casino", Judgement.SPAM),
        ("casino jackpot viagra", Judgement.BLATANT),
    ],
)
def test_three_results_are_told_apart(
    akismet: LocalAkismet, content: str, judgement: Judgement
) -> None:
    verdict = checker().judge(Evidence(user_ip="192.0.2.7", content=content))
    assert verdict.judgement == judgement
    assert verdict.reason
    assert len(verdict.guid) == 32


@pytest.mark.parametrize(("mood", "failure"), FAILURES.items())
def test_whatever_goes_wrong_is_unknown_and_says_why(
    akismet: LocalAkismet, mood: Mood, failure: str
) -> None:
    akismet.behave(mood)
    verdict = checker().judge(EVIDENCE)
    assert (verdict.judgement, verdict.failure) == (Judgement.UNKNOWN, failure)
    assert verdict.ask_again_after == (60 if mood is Mood.BUSY else 20 * 60)
    assert verdict.reason


def test_an_answer_that_takes_too_long_is_unknown(
    akismet: LocalAkismet, settings: Settings
) -> None:
    # Given
    settings.AKISMET_TIMEOUT = 0.2
    akismet.behave(Mood.SLOW)
    # Then
    assert checker().judge(EVIDENCE).judgement == Judgement.UNKNOWN


@pytest.mark.parametrize(
    ("mood", "failure"),
    [
        (Mood.SLOW, "Akismet did not answer in time."),
        (Mood.DRIPPING, "Akismet did not answer in time."),
        (Mood.ENDLESS, "Akismet answered something that makes no sense."),
    ],
)
def test_no_answer_takes_longer_than_our_patience(
    akismet: LocalAkismet, settings: Settings, mood: Mood, failure: str
) -> None:
    # Given
    settings.AKISMET_TIMEOUT = 0.4
    akismet.behave(mood)
    began = time.monotonic()
    # Then
    assert checker().judge(EVIDENCE).failure == failure
    assert time.monotonic() - began < 3


def test_what_is_missing_is_not_taken_for_a_bad_key(akismet: LocalAkismet) -> None:
    verdict = checker().judge(Evidence(content="Hello"))
    assert verdict.failure == "Akismet says that something is missing in what it was sent."


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90),
        ("1", 60),
        ("99999999999999", 7200),
        ("", 1200),
        ("soon", 1200),
        ("-5", 1200),
        ("٣", 1200),
        ("Wed, 01 Apr 2026 10:05:00 GMT", 300),
        ("Wed, 01 Apr 2026 09:00:00 GMT", 60),
        ("Wed, 01 Apr 2026 99:00:00 GMT", 1200),
    ],
)
@time_machine.travel("2026-04-01T10:00:00Z", tick=False)
def test_a_busy_service_is_believed_within_bounds(text: str, seconds: int) -> None:
    assert _pause(text) == seconds


def test_a_service_that_is_not_there_is_unknown(settings: Settings) -> None:
    # Given
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings.AKISMET_KEY, settings.AKISMET_URL = KEY, f"http://127.0.0.1:{port}"
    # Then
    assert checker().judge(EVIDENCE).judgement == Judgement.UNKNOWN


def test_an_address_that_makes_no_sense_is_unknown(settings: Settings) -> None:
    settings.AKISMET_KEY, settings.AKISMET_URL = KEY, "http://[nowhere"
    assert checker().judge(EVIDENCE).judgement == Judgement.UNKNOWN


def test_characters_that_cannot_be_sent_are_unknown(akismet: LocalAkismet) -> None:
    assert checker().judge(Evidence(content="\ud800")).judgement == Judgement.UNKNOWN


def test_provisional_ham_says_when_to_ask_again(akismet: LocalAkismet) -> None:
    akismet.behave(Mood.PROVISIONAL)
    verdict = checker().judge(EVIDENCE)
    assert (verdict.judgement, verdict.ask_again_after) == (Judgement.HAM, 120)


@pytest.mark.parametrize(
    ("truth", "path"),
    [(Judgement.HAM, "/1.1/submit-ham"), (Judgement.SPAM, "/1.1/submit-spam")],
)
def test_a_report_repeats_what_was_sent(akismet: LocalAkismet, truth: Judgement, path: str) -> None:
    assert checker().was_wrong(EVIDENCE, truth) is True
    (received,) = akismet.received
    assert (received.path, received.fields) == (path, SENT)


@pytest.mark.parametrize("mood", [Mood.DOWN, Mood.GARBAGE, Mood.INVALID])
def test_a_report_that_is_not_heard_says_so(akismet: LocalAkismet, mood: Mood) -> None:
    akismet.behave(mood)
    assert checker().was_wrong(EVIDENCE, Judgement.HAM) is False


def test_one_client_can_be_asked_by_many_threads(akismet: LocalAkismet) -> None:
    # Given
    verdicts: list[Judgement] = []
    judge = checker()
    threads = [
        threading.Thread(target=lambda: verdicts.append(judge.judge(EVIDENCE).judgement))
        for _ in range(8)
    ]
    # When
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Then
    assert verdicts == [Judgement.HAM] * 8


def test_the_library_still_has_what_our_client_leans_on() -> None:
    """The contract with its private names; look at `comments/akismet.py` when this fails."""
    assert library.USER_AGENT.startswith("akismet.py/25.10")
    for name in ("_request", "_post_request", "_submit"):
        assert callable(getattr(library.SyncClient, name))
