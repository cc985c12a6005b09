"""`manage.py send_notifications`: the sweep that finds news whose task was lost."""

from typing import Any

from django.core.management.base import BaseCommand

from comments import digests, following


class Command(BaseCommand):
    help = "Tell followers and writers what is due and was not told yet; run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        found, mails = following.find_lost(), digests.send_due.call()
        if options["verbosity"] > 1 or found or mails:
            self.stdout.write(f"Found {found} pieces of news, wrote {mails} mails.")
