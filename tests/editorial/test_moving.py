"""A site that moves to another database takes its whole record along."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from blog.models import Notice
from editorial.models import Dispute
from tests.editorial.rows import everything
from tests.factories.editorial import DisputeFactory

pytestmark = pytest.mark.django_db(transaction=True)
OURS = ("accounts", "blog", "comments", "django_comments", "django_comments_xtd", "editorial")
DERIVED = "django_tasks_database.DBTaskResult"


@time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False)  # JSON has no microseconds
def test_exporting_and_importing_keeps_ids_states_passages_decisions_and_feeds(
    client: Client, tmp_path: Path
):
    """Scenario 50."""
    # Given
    for state in ("decided", "unchanged", "under_review", "declined", "withdrawn"):
        DisputeFactory(**{state: True})
    DisputeFactory()
    feed = reverse("blog:corrections_feed")
    before, entries = everything(), client.get(feed).content
    dump = tmp_path / "site.json"
    # When
    call_command("dumpdata", *OURS, natural_foreign=True, output=str(dump), verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    assert not Dispute.objects.exists()
    call_command("loaddata", str(dump), verbosity=0)
    # Then
    after = everything()
    for rows in (before, after):
        rows.pop(DERIVED)  # what is drawn anew may be drawn again
    assert after == before
    assert client.get(feed).content == entries
    notice = Notice.objects.get()
    assert client.get(notice.get_absolute_url()).status_code == 200
