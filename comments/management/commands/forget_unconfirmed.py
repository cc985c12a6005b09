"""`manage.py forget_unconfirmed`: addresses that somebody typed and nobody confirmed."""

from typing import Any

from django.core.management.base import BaseCommand

from comments import subscriptions


class Command(BaseCommand):
    help = "Forget wishes to follow that nobody confirmed within a week; run it every day."

    def handle(self, *args: Any, **options: Any) -> None:
        number = subscriptions.forget_unconfirmed()
        if options["verbosity"] > 1 or number:
            self.stdout.write(f"Forgot {number} wishes that nobody confirmed.")
