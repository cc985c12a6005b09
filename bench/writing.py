"""What it costs to save a very long post, and to look at what an edit of it changed: CPU seconds.

    python -m bench.writing [--words 20000] [--images 40]

The whole requests are measured, as the site answers them, on a throw-away SQLite database. Ends
with an error where a limit is not met.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from random import Random
from typing import Any

LIMITS = {
    "save as it is": 1.0,
    "save with words changed in 200 places": 1.0,
    "keep what is typed": 1.0,
    "diff view, 200 places": 2.0,
    "diff view, paragraphs in another order": 2.0,
    "diff view, all words new": 2.0,
    "diff view, long paragraphs turned inside out": 2.0,
    "both texts beside each other": 2.0,
}
ROW = "{name:<44}{seconds:>8.2f}{limit:>8.1f}"
ENOUGH = 3  # tries; the quickest counts


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--words", type=int, default=20_000)
    options.add_argument("--images", type=int, default=40)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _prepare(folder)
        from bench.long_post import LongPost  # noqa: PLC0415  Django comes first

        long_post = LongPost(words=chosen.words, images=chosen.images, random=Random(7))  # noqa: S311
        print(f"{chosen.words} words, {chosen.images} images, {len(long_post.body)} characters")
        print(f"{'':<44}{'CPU s':>8}{'limit':>8}")
        return sum(_report(name, act) for name, act in long_post.acts().items())


def _prepare(folder: str) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "REDIS_URL": "",
        "DEBUG": "false",
        "LOG_LEVEL": "ERROR",
        "EMAIL_URL": "memorymail://",
        "MEDIA_ROOT": f"{folder}/media",
    }
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)


def _report(name: str, act: Callable[[], Any]) -> bool:
    """Print what it costs; says whether that is too much."""
    seconds = min(_cost(act) for _ in range(ENOUGH))
    print(ROW.format(name=name, seconds=seconds, limit=LIMITS[name]), flush=True)
    return seconds > LIMITS[name]


def _cost(act: Callable[[], Any]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
