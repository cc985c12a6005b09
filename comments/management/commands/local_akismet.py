"""`manage.py local_akismet`: a spam service on this machine, for the demo."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from comments.local_akismet import LocalAkismet


class Command(BaseCommand):
    help = (
        "Serve Akismet's protocol on 127.0.0.1 until interrupted. Start the site with"
        " AKISMET_URL set to its address and any AKISMET_KEY."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8099, help="0 takes a free one")

    def handle(self, *args: object, port: int, **options: object) -> None:
        with LocalAkismet(port=port) as server:
            self.stdout.write(f"A local spam service listens at {server.address}")
            self.stdout.flush()
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                return
