"""`manage.py load_demo`: something to look at."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.refusals import Refusal
from config.demo import load, pictures
from config.demo.logins import PASSWORD, demo_logins


class Command(BaseCommand):
    help = "Load the demo into an empty database and print its logins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Leave a database that has posts or people as it is, without an error.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if load.is_empty() or not options["if_empty"]:
            self._load()
        if options["verbosity"]:
            self._print_logins()

    def _load(self) -> None:
        try:
            load.load()
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        pictures.ask_for_copies()

    def _print_logins(self) -> None:
        logins = demo_logins()
        if logins:
            self.stdout.write(f"Demo logins (password “{PASSWORD}” unless it was changed):")
        for email in logins:
            self.stdout.write(f"  {email}")
