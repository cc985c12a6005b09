"""The key of the spam service is nowhere but in what the service gets."""

import logging
import traceback
from collections.abc import Callable

import akismet as library
import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from accounts.models import Person
from comments import health
from comments.akismet import AkismetChecker
from comments.checkers import checker
from comments.local_akismet import LocalAkismet, Mood
from comments.models import CheckerHealth, CommentEvent
from comments.moderation import check
from comments.spam import Evidence, Judgement
from tests.comments.conftest import KEY
from tests.factories.comments import PostCommentFactory

EVIDENCE = Evidence(user_ip="192.0.2.7", content="A fine wheel.", honeypot_name="subject")
ENDPOINTS = {
    "check": lambda client: client.check({"user_ip": "192.0.2.7"}),
    "submit": lambda client: client.submit_ham(user_ip="192.0.2.7"),
    "verify": lambda client: client.verify_key(),
    "usage": lambda client: client.usage_limit(),
}


def raised_by(act: Callable[[object], object], judge: AkismetChecker) -> Exception | None:
    try:
        act(judge._client)
    except (library.AkismetError, ValueError) as error:
        return error
    return None


@pytest.fixture
def misbehaving(
    request: pytest.FixtureRequest, akismet: LocalAkismet, settings: Settings
) -> LocalAkismet:
    settings.AKISMET_TIMEOUT = 0.3
    akismet.behave(request.param)
    return akismet


@pytest.mark.parametrize("misbehaving", list(Mood), indirect=True)
def test_the_key_is_never_logged(
    misbehaving: LocalAkismet,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    # Given
    caplog.set_level(logging.DEBUG)
    # When
    checker().judge(EVIDENCE)
    checker().was_wrong(EVIDENCE, Judgement.SPAM)
    checker().inspect()
    # Then
    out, err = capfd.readouterr()
    assert KEY not in caplog.text + out + err


@pytest.mark.parametrize("endpoint", list(ENDPOINTS))
@pytest.mark.parametrize("misbehaving", list(Mood), indirect=True)
def test_no_error_of_our_client_holds_the_key(misbehaving: LocalAkismet, endpoint: str) -> None:
    judge = checker()
    assert isinstance(judge, AkismetChecker)
    error = raised_by(ENDPOINTS[endpoint], judge)
    assert KEY not in "".join(traceback.format_exception(error)) + repr(error)
    assert error is None or KEY not in str((vars(error), error.__cause__))


@pytest.mark.django_db
@pytest.mark.parametrize("misbehaving", list(Mood), indirect=True)
def test_neither_the_desk_nor_the_database_holds_the_key(
    misbehaving: LocalAkismet, client: Client, publisher: Person
) -> None:
    # Given
    check.call(PostCommentFactory().pk)
    health.inspect(publisher=publisher)
    client.force_login(publisher)
    # When
    pages = [
        client.get("/desk/comments/"),
        client.get("/desk/comments/spam-check/"),
        client.post("/desk/comments/spam-check/key/"),
        client.get("/privacy/"),
    ]
    # Then
    assert [page.status_code for page in pages] == [200] * 4
    assert not any(KEY in page.content.decode() for page in pages)
    stored = (CheckerHealth, CommentEvent, DBTaskResult)
    assert KEY not in str([list(model.objects.values()) for model in stored])
