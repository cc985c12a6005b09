"""`manage.py tell_draft_comments`: mails about what was said beside drafts; the sweep runs it."""

from typing import Any

from django.core.management.base import BaseCommand

from blog.draft_news import tell_due


class Command(BaseCommand):
    help = "Tell author or editors what was said beside a draft and has rested."

    def handle(self, *args: Any, **options: Any) -> None:
        posts = tell_due()
        if options["verbosity"] > 1 or posts:
            self.stdout.write(f"{posts} posts had something to tell")
