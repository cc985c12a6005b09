"""`manage.py remind_raisers`: remind of unanswered questions, and let old ones lapse."""

from typing import Any

from django.core.management.base import BaseCommand

from editorial import asking


class Command(BaseCommand):
    help = "Remind raisers of questions that are a week old; what is two weeks old lapses."

    def handle(self, *args: Any, **options: Any) -> None:
        number = asking.remind_and_lapse()
        if options["verbosity"] > 1 or number:
            self.stdout.write(f"Reminded or closed {number} reports that wait for an answer.")
