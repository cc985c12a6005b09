"""`manage.py recheck_held_comments`: one of the things that `manage.py sweep` runs."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from comments.batches import finish
from comments.rechecks import go_on_with_lost
from comments.sweeps import MOST_AT_ONCE, finish_bans, recheck_held, send_reports


class Command(BaseCommand):
    help = (
        "Ask the spam checker again about comments it has not answered for, and send the reports"
        " it has not heard; `sweep` runs it. It finds what a lost task left undone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--most", type=int, default=MOST_AT_ONCE, help="at most so many")

    def handle(self, *args: object, most: int, **options: object) -> None:
        go_on_with_lost()
        settled, told = recheck_held(most=most), send_reports(most=most)
        finish()
        self.stdout.write(f"{settled} comments settled, {told} reports sent")
        if bans := finish_bans():
            self.stdout.write(f"{bans} decisions about many comments went on")
