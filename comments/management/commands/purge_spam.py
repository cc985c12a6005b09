"""`manage.py purge_spam`: once a day, as the publisher decided how long spam is kept."""

from typing import Any

from django.core.management.base import BaseCommand

from comments import retention


class Command(BaseCommand):
    help = "Delete old spam, and what the spam check was shown of old rejected comments."

    def handle(self, *args: Any, **options: Any) -> None:
        spam, evidence = retention.purge_spam(), retention.forget_evidence()
        if options["verbosity"] and (spam or evidence):
            self.stdout.write(
                f"{spam} spam comments deleted, the evidence of {evidence} rejected ones"
            )
