"""`manage.py forget_addresses`: once a day, as the publisher decided how long they are kept."""

from typing import Any

from django.core.management.base import BaseCommand

from comments import retention


class Command(BaseCommand):
    help = "Blank the network addresses, browsers and referring pages of old comments."

    def handle(self, *args: Any, **options: Any) -> None:
        number = retention.forget_addresses()
        if options["verbosity"] and number:
            self.stdout.write(f"{number} comments no longer say where they came from")
