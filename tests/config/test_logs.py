"""What is written down about a request: a line for an answer, the traceback for a failure."""

import logging

import pytest
from django.core.handlers.exception import convert_exception_to_response

from accounts.models import Person


@pytest.mark.django_db
def test_a_refused_request_is_one_line_in_the_log(client, reader: Person, caplog):
    # Given
    client.force_login(reader)
    # When
    with caplog.at_level(logging.WARNING, logger="django.request"):
        assert client.get("/desk/posts/").status_code == 403
    # Then
    [record] = caplog.records
    assert record.getMessage() == "Forbidden (Permission denied): /desk/posts/"
    assert logging.Formatter("%(message)s").format(record) == record.getMessage()


def test_a_failure_of_ours_keeps_its_traceback(rf, caplog):
    # Given
    broken = convert_exception_to_response(lambda request: 1 // 0)
    # When
    assert broken(rf.get("/broken/")).status_code == 500
    # Then
    [record] = caplog.records
    assert "ZeroDivisionError" in logging.Formatter("%(message)s").format(record)
