"""`manage.py deliver_mail`: the sweep that finds letters whose task was lost."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.mail import deliver_due


class Command(BaseCommand):
    help = "Try every mail that is due; run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        tried = deliver_due()
        if options["verbosity"] > 1 or tried:
            self.stdout.write(f"Tried {tried} mails.")
