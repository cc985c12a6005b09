"""`manage.py send_moderators_digest`: the daily mail about what waits; the sweep runs it."""

from typing import Any

from django.core.management.base import BaseCommand

from editorial import digest


class Command(BaseCommand):
    help = (
        "Write to every moderator who wants it what waits for a decision: from seven o'clock on in"
        " the site's time zone, once a day however often it runs, and never when nothing waits."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        written = digest.send_due()
        if written and options["verbosity"]:
            self.stdout.write(f"{written} digests were written to moderators.")
