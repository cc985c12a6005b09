"""`manage.py tend_images`: smaller copies that no task made, and files that are to go."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from blog import stored_images

LEFT_TO_THE_TASK = timedelta(minutes=10)


class Command(BaseCommand):
    help = (
        "Make smaller copies of images that have none yet, and delete the files of replaced ones."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        made, deleted = stored_images.sweep(timezone.now() - LEFT_TO_THE_TASK)
        if options["verbosity"] and (made or deleted):
            self.stdout.write(f"{made} images made smaller, the files of {deleted} deleted")
