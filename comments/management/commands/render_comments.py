"""`manage.py render_comments`: draw every comment again."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from comments.fragments import refresh_all


class Command(BaseCommand):
    help = "Draw every comment again: after an upgrade, or a change of language or time zone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anew", action="store_true", help="render the Markdown again too")

    def handle(self, *args: object, anew: bool, **options: object) -> None:
        self.stdout.write(f"{refresh_all(anew=anew)} comments changed")
