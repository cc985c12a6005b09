"""`manage.py publish_due`: the sweep that catches up with days that nobody was awake for."""

from typing import Any

from django.core.management.base import BaseCommand

from blog.scheduling import expire_due, publish_due


class Command(BaseCommand):
    help = "Publish what is due, and end what is over; `sweep` runs it."

    def handle(self, *args: Any, **options: Any) -> None:
        published, ended = publish_due(), expire_due()
        if options["verbosity"] > 1 or published or ended:
            self.stdout.write(f"{published} posts published, {ended} ended")
