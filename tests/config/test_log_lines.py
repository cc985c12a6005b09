"""What is kept out of the log."""

import logging
import uuid

import pytest
from django.conf import settings
from django.core import signing

from accounts import slips as account_slips
from config.log_lines import WithoutSignedLinks
from editorial import slips


def line(message: str, *facts: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, facts, None)
    assert WithoutSignedLinks().filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    "token",
    [
        signing.dumps([1, 2, "published"], salt="comments.by_mail"),
        account_slips.stop_digest(7),
        slips.private_link(uuid.uuid4().hex[:12]),
    ],
)
def test_a_signed_link_is_never_in_the_log(token):
    said = line("Conflict: %s", f"/desk/comments/by-mail/{token}/")
    assert said == "Conflict: /desk/comments/by-mail/…/"


@pytest.mark.parametrize(
    "said",
    [
        "Not Found: /posts/a-very-long-address-of-a-post-that-somebody-once-wrote/",
        f"Task id={uuid.uuid4()} path=accounts.mail.deliver state=RUNNING",
        "Listening at: http://127.0.0.1:8000 on 2026-05-04 07:20:00,123",
        "accounts.management.commands.a_name_that_is_longer_than_any_other_that_we_have",
    ],
)
def test_everything_else_is_written_as_it_is(said):
    assert line(said) == said


def test_every_handler_that_writes_keeps_signed_links_out():
    handlers = settings.LOGGING["handlers"].values()
    writes = [one for one in handlers if one["class"] != "logging.NullHandler"]
    assert [one.get("filters") for one in writes] == [["signed_links"]]
