"""`manage.py remind_of_follow_ups`: remind editors of promised posts that did not come."""

from typing import Any

from django.core.management.base import BaseCommand

from editorial import reminders


class Command(BaseCommand):
    help = "Write to editors whose promised follow-up posts are overdue."

    def handle(self, *args: Any, **options: Any) -> None:
        number = reminders.remind()
        if options["verbosity"] > 1 or number:
            self.stdout.write(f"Wrote {number} reminders of promised posts.")
