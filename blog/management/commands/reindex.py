"""`manage.py reindex`: the index of the search, written anew."""

from typing import Any

from django.core.management.base import BaseCommand

from blog.search_index import rebuild


class Command(BaseCommand):
    help = "Write the index of the search anew from what readers see, for instance after a restore."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} posts can be found.")
