"""`manage.py check_reports`: reports of errors that the spam check has not answered for."""

from typing import Any

from django.core.management.base import BaseCommand

from editorial import screening


class Command(BaseCommand):
    help = "Ask the spam checker again about reports of errors; finds what a lost task left undone."

    def handle(self, *args: Any, **options: Any) -> None:
        asked = screening.check_due()
        screening.forget_evidence()
        if asked and options["verbosity"]:
            self.stdout.write(f"{asked} reports of errors were checked.")
