"""`manage.py serve`: the web server and the task worker together, until Ctrl-C."""

import os
import socket
import sys
import time
from http.client import HTTPConnection, HTTPException  # noqa: TID251  we ask ourselves
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from config.checks import why_not_to_serve
from config.demo.logins import PASSWORD, demo_logins
from config.supervisor import GLANCE, Supervisor

LOOPBACK = "127.0.0.1"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  compared, not bound
START_SECONDS = 60.0  # for a slow machine under load
MANAGE = (sys.executable, str(settings.BASE_DIR / "manage.py"))
QUIETLY = ("--skip-checks", "--no-color")
WORKER = (*MANAGE, "db_worker", *QUIETLY, "--queue-name=*", "--interval=0.5", "--no-startup-delay")


class Command(BaseCommand):
    help = "Run the web server and the task worker together: when one ends, all end."
    requires_system_checks = ()  # a start takes seconds as it is; `check` has its own command

    def add_arguments(self, parser: CommandParser) -> None:
        env = os.environ.get
        parser.add_argument("--host", default=env("HOST", LOOPBACK))
        parser.add_argument("--port", type=int, default=int(env("PORT", "8000")))
        parser.add_argument("--threads", type=int, default=int(env("WEB_THREADS", "4")))
        parser.add_argument("--processes", type=int, default=int(env("WEB_PROCESSES", "1")))
        parser.add_argument(
            "--prepare",
            action="store_true",
            help="First migrate, and load the demo if the database is empty.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.host, self.port = str(options["host"]), int(options["port"])
        if options["prepare"]:
            try:
                self._prepare()
            except KeyboardInterrupt as stop:
                raise CommandError("Stopped before everything was prepared.") from stop
        self._refuse_what_cannot_work(options["processes"])
        logins = [] if settings.PRODUCTION else demo_logins()
        connections.close_all()
        supervisor = Supervisor()
        try:
            self._start(supervisor, options)
            self._greet(logins)
            ended = supervisor.wait()
        finally:
            supervisor.stop()
        if ended:
            raise CommandError(f"The {ended} has ended, and so has everything else.")

    def _prepare(self) -> None:
        if self._is_behind():
            self.stdout.write("Preparing the database ...")
            self.stdout.flush()
            call_command("migrate", verbosity=0, interactive=False)
        call_command("load_demo", if_empty=True, stdout=StringIO())

    def _is_behind(self) -> bool:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    def _refuse_what_cannot_work(self, processes: int) -> None:
        if sentence := why_not_to_serve():
            raise CommandError(sentence)
        if processes > 1 and not settings.REDIS_URL:
            raise CommandError("Several web processes must share a cache: set REDIS_URL.")
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        try:
            socket.create_server((self.host, self.port), family=family).close()
        except OSError as refusal:
            sentence = f"{self.host}:{self.port} cannot be used ({refusal.strerror})."
            raise CommandError(f"{sentence} Try another PORT.") from refusal

    def _start(self, supervisor: Supervisor, options: dict[str, Any]) -> None:
        """The web server first; the others begin when it answers, and do not slow its start."""
        environment = dict(os.environ)
        spam_port = 0 if settings.PRODUCTION or settings.AKISMET_KEY else _free_port()
        if not settings.PRODUCTION:
            environment.setdefault("SITE_URL", f"http://localhost:{self.port}")
        if spam_port:
            environment |= {"AKISMET_KEY": "local", "AKISMET_URL": f"http://{LOOPBACK}:{spam_port}"}
        supervisor.start("web server", self._web_server(options), environment)
        self._wait_until_it_answers(supervisor)
        supervisor.start("task worker", (*WORKER, "--no-reload"), environment)
        if spam_port:
            stand_in = (*MANAGE, "local_akismet", *QUIETLY, f"--port={spam_port}")
            supervisor.start("local spam service", stand_in, environment)

    def _web_server(self, options: dict[str, Any]) -> tuple[str, ...]:
        return (
            *(sys.executable, "-m", "granian", "config.wsgi:application", "--interface=wsgi"),
            *(f"--host={self.host}", f"--port={self.port}", "--no-ws", "--log-level=warning"),
            f"--workers={options['processes']}",
            f"--blocking-threads={options['threads']}",
            f"--working-dir={settings.BASE_DIR}",
        )

    def _wait_until_it_answers(self, supervisor: Supervisor) -> None:
        until = time.monotonic() + START_SECONDS
        while not supervisor.asked_to_stop and not self._answers():
            if ended := supervisor.first_to_end():
                raise CommandError(f"The {ended} could not start.")
            if time.monotonic() > until:
                raise CommandError(f"No answer from the web server in {START_SECONDS:.0f} seconds.")
            time.sleep(GLANCE)

    def _answers(self) -> bool:
        host = LOOPBACK if self.host in EVERYWHERE else self.host
        connection = HTTPConnection(host, self.port, timeout=1)
        try:
            connection.request(
                "GET", "/healthz/", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".*")}
            )
            connection.getresponse()
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
        return True

    def _greet(self, logins: list[str]) -> None:
        if settings.PRODUCTION:
            self.stdout.write(f"{settings.SITE_URL} is served on port {self.port}.")
        else:
            self.stdout.write(f"\nCorrigible is at http://localhost:{self.port}/\n")
        if logins:
            self.stdout.write(
                f"  Sign in at http://localhost:{self.port}/accounts/login/"
                f" with the password “{PASSWORD}” as:"
            )
        for login in logins:
            self.stdout.write(f"    {login}")
        if not settings.PRODUCTION and not settings.AKISMET_KEY:
            self.stdout.write(
                "  Spam is checked by a local stand-in; AKISMET_KEY asks Akismet itself."
            )
            self.stdout.write("  Mail is printed here. Ctrl-C stops everything.")
        self.stdout.flush()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
