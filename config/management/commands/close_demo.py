"""`manage.py close_demo`: nobody can sign in with the demo's logins any more."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import Person
from config.demo.logins import demo_logins_open


class Command(BaseCommand):
    help = "Close the demo logins whose password everybody knows; what they wrote stays."
    requires_system_checks = ()  # one of them is why this command is run

    def handle(self, *args: Any, **options: Any) -> None:
        open_logins = demo_logins_open()
        for person in Person.objects.filter(email__in=open_logins):
            person.set_unusable_password()
            person.is_active = False
            person.save(update_fields=["password", "is_active"])
        self.stdout.write(f"Closed {len(open_logins)} demo logins.")
