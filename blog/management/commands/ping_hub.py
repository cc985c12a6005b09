"""`manage.py ping_hub`: the sweep that finds news for the hub whose task was lost."""

from typing import Any

from django.core.management.base import BaseCommand

from blog.pings import ping_due


class Command(BaseCommand):
    help = "Tell the WebSub hub of every feed with something new; `sweep` runs it."

    def handle(self, *args: Any, **options: Any) -> None:
        told = ping_due()
        if options["verbosity"] > 1 or told:
            self.stdout.write(f"The hub was told of {told} feeds.")
