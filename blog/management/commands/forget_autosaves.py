"""`manage.py forget_autosaves`: unsaved words that nobody asked for."""

from typing import Any

from django.core.management.base import BaseCommand

from blog.autosaves import forget_old


class Command(BaseCommand):
    help = "Forget words that were typed and not saved for ninety days."

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = forget_old()
        if options["verbosity"] > 1 or forgotten:
            self.stdout.write(f"Forgot {forgotten} texts that were never saved.")
