"""`manage.py forget_pitches`: proposals that nobody confirmed, and those decided long ago."""

from typing import Any

from django.core.management.base import BaseCommand

from blog import pitches


class Command(BaseCommand):
    help = "Forget proposals that nobody confirmed within a week, or that were decided a year ago."

    def handle(self, *args: Any, **options: Any) -> None:
        number = pitches.sweep()
        if options["verbosity"] > 1 or number:
            self.stdout.write(f"Forgot {number} proposals.")
