"""`manage.py forget_link_answers`: what links said long ago; the sweep runs it."""

from typing import Any

from django.core.management.base import BaseCommand

from blog.link_check import forget_old


class Command(BaseCommand):
    help = "Forget what links of drafts said long ago."

    def handle(self, *args: Any, **options: Any) -> None:
        number = forget_old()
        if options["verbosity"] > 1 or number:
            self.stdout.write(f"{number} answers forgotten")
