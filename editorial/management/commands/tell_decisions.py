"""`manage.py tell_decisions`: mails about decisions that can no longer be taken back."""

from typing import Any

from django.core.management.base import BaseCommand

from editorial import telling


class Command(BaseCommand):
    help = "Write the mails about decisions whose time to be undone is over; finds lost tasks."

    def handle(self, *args: Any, **options: Any) -> None:
        told = telling.tell_due()
        if told and options["verbosity"]:
            self.stdout.write(f"{told} decisions were told of by mail.")
