"""`manage.py forget_raisers`: blank the addresses of people whose reports were closed long ago."""

from typing import Any

from django.core.management.base import BaseCommand

from editorial import disputes


class Command(BaseCommand):
    help = "Blank the e-mail addresses of reports that were closed 90 days ago or earlier."

    def handle(self, *args: Any, **options: Any) -> None:
        number = disputes.forget_raisers()
        if number and options["verbosity"]:
            self.stdout.write(f"{number} addresses of closed reports were forgotten.")
