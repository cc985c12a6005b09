"""What is kept out of the log."""

import logging

import pytest
from django.conf import settings
from django.core import signing

from accounts import slips as account_slips
from blog import slips as guest_slips
from config.logs import WithoutSignedLinks
from editorial import slips


def line(message: str, *facts: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, facts, None)
    assert WithoutSignedLinks().filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    "sign",
    [
        lambda: signing.dumps([1, 2, "published"], salt="comments.by_mail"),
        lambda: account_slips.stop_digest(7),
        lambda: slips.private_link("k7Qx2mPz9w"),
        lambda: guest_slips.guest_token(7),
        lambda: guest_slips.preview_token(7),
    ],
    ids=["decide", "stop", "follow", "write", "preview"],
)
def test_a_signed_link_is_never_in_the_log(sign):
    token = sign()
    said = line("Conflict: %s", f"/desk/comments/by-mail/{token}/")
    assert said == "Conflict: /desk/comments/by-mail/…/"


@pytest.mark.parametrize(
    "said",
    [
        "Not Found: /posts/a-very-long-address-of-a-post-that-somebody-once-wrote/",
        "Task id=0b9c1c3e-6d5f-4c0e-9f5e-2d1a7c3b4e5f path=accounts.mail.deliver state=RUNNING",
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
