"""`manage.py sweep`: everything that must happen although a task was lost; one line for cron."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

SWEEPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("deliver_mail", {}),
    ("recheck_held_comments", {}),
    ("check_reports", {}),
    ("forget_raisers", {}),
    ("purge_spam", {}),
    ("forget_addresses", {}),
    ("prune_db_task_results", {"min_age_days": 14}),
    ("clearsessions", {}),
)


class Command(BaseCommand):
    help = "Run every sweep once: mails, held comments, old spam, addresses, tasks and sessions."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, choices in SWEEPS:
            call_command(name, verbosity=options["verbosity"], stdout=self.stdout, **choices)
