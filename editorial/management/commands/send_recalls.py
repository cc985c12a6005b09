"""`manage.py send_recalls`: tell those who read a post that it was corrected since."""

from typing import Any

from django.core.management.base import BaseCommand

from editorial import recall


class Command(BaseCommand):
    help = "Mail commenters and followers the notices of weight that have stood for a day."

    def handle(self, *args: Any, **options: Any) -> None:
        number = recall.send_due()
        if options["verbosity"] > 1 or number:
            self.stdout.write(f"Wrote {number} mails about corrections.")
