"""`manage.py remind_authors`: remind authors who were asked for a reply that a day is left."""

from typing import Any

from django.core.management.base import BaseCommand

from editorial import replies


class Command(BaseCommand):
    help = "Write once to authors who have a day left to answer what is questioned in their posts."

    def handle(self, *args: Any, **options: Any) -> None:
        number = replies.remind()
        if number and options["verbosity"]:
            self.stdout.write(f"{number} authors were reminded to answer.")
