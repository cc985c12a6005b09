"""`manage.py reproject`: read all stored texts anew, after the rules of reading them changed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from blog import reprojection


class Command(BaseCommand):
    help = "Read all stored texts anew and keep every mark and note on its words."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--sanitise",
            action="store_true",
            help="also sanitise the texts by today's rules, and mark links that earn money anew",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        count = reprojection.reproject_all(sanitises=options["sanitise"])
        self.stdout.write(
            f"{count.revisions} texts of {count.posts} posts were read anew;"
            f" {count.kept} places were kept, {count.lost} were lost."
        )
