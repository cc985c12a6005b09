"""`manage.py sweep`: everything that must happen although a task was lost; one line for cron."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

SWEEPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("publish_due", {}),
    ("ping_hub", {}),
    ("recheck_held_comments", {}),
    ("check_reports", {}),
    ("tell_decisions", {}),
    ("send_notifications", {}),
    ("send_recalls", {}),
    ("remind_of_follow_ups", {}),
    ("remind_raisers", {}),
    ("remind_authors", {}),
    ("tell_draft_comments", {}),
    ("send_moderators_digest", {}),
    ("tend_images", {}),
    ("deliver_mail", {}),  # after what writes mails
    ("forget_autosaves", {}),
    ("forget_raisers", {}),
    ("forget_unconfirmed", {}),
    ("forget_pitches", {}),
    ("purge_spam", {}),
    ("forget_addresses", {}),
    ("prune_db_task_results", {"min_age_days": 14}),
    ("clearsessions", {}),
)


class Command(BaseCommand):
    help = "Run every sweep once: held comments, notifications, digests, mails, what is too old."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, choices in SWEEPS:
            call_command(name, verbosity=options["verbosity"], stdout=self.stdout, **choices)
