"""Measure the site against a bare Django view, under the same server, in one run.

    python -m bench [--seconds 5] [--clients 4]

A throw-away SQLite database, one granian worker with four threads, no page cache. Every page is
asked for by the same keep-alive clients; what is printed is what was measured.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import conversation
from bench.load import Figures, measure
from bench.server import serving

SIZES = {"ten": 10, "thousand": 1000, "long": 0}
ROW = "{name:<44}{rate:>8.0f}{ratio:>8.1%}{p50:>8.1f}{p99:>8.1f}{size:>10.0f}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=5.0)
    options.add_argument("--clients", type=int, default=4)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for line in report(Path(folder), chosen.clients, chosen.seconds):
            print(line, flush=True)


def report(folder: Path, clients: int, seconds: float) -> Iterator[str]:
    """Build, serve, measure; yields the lines of the table."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "REDIS_URL": "",
        "DEBUG": "false",
        "LOG_LEVEL": "ERROR",
        "EMAIL_URL": "memorymail://",
        "PYTHONPATH": os.getcwd(),
    }
    addresses = _build(environment)
    with serving("bench.bare:application", environment) as port:
        bare = measure(port, "/", clients=clients, seconds=seconds)
    yield f"{clients} clients, {seconds:g} s a page; milliseconds; kB of HTML"
    yield f"{'page':<44}{'req/s':>8}{'of bare':>8}{'p50':>8}{'p99':>8}{'kB':>10}"
    yield _row("a bare Django view", bare, bare)
    with serving("config.wsgi:application", environment) as port:
        for name, path in _pages(addresses):
            measure(port, path, clients=1, seconds=0.5)  # warm
            yield _row(name, measure(port, path, clients=clients, seconds=seconds), bare)
    yield from conversation.report({**os.environ, **environment}, clients, seconds)


def _build(environment: dict[str, str]) -> dict[str, str]:
    os.environ.update(environment)
    import django  # noqa: PLC0415  the environment comes first

    django.setup()
    from bench import site  # noqa: PLC0415

    return site.build(SIZES)


def _pages(addresses: dict[str, str]) -> list[tuple[str, str]]:
    thousand = addresses["thousand"]
    return [
        ("home", "/"),
        ("post, 10 comments", addresses["ten"]),
        ("post, 1,000 comments, first 50 threads", thousand),
        ("post, 1,000 comments, whole", f"{thousand}?comments=all"),
    ]


def _row(name: str, figures: Figures, bare: Figures) -> str:
    return ROW.format(
        name=name,
        rate=figures.rate,
        ratio=figures.rate / bare.rate,
        p50=figures.p50,
        p99=figures.p99,
        size=figures.bytes / 1000,
    )


if __name__ == "__main__":
    main()
