"""The clock on the wall of the site: hours that somebody typed, and the moments they mean.

When clocks go forward an hour is left out: it means nothing. When they go back an hour comes twice:
it means the first time, and whoever typed it is told so.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

SECOND = 1  # what PEP 495 calls the later of two equal hours


@dataclass(frozen=True)
class Hour:
    """A moment, and whether the clock shows its hour once more later."""

    at: datetime
    comes_twice: bool


class NoSuchHour(ValueError):  # noqa: N818  it is an answer
    """The clocks of this zone leave the hour out on that day."""


def moment_of(typed: datetime, zone: tzinfo) -> Hour:
    """The moment that an hour without a zone means in this one; raises `NoSuchHour`."""
    first = typed.replace(tzinfo=zone, fold=0)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != typed:
        raise NoSuchHour(typed)
    later = typed.replace(tzinfo=zone, fold=SECOND)
    return Hour(first.astimezone(UTC), first.utcoffset() != later.utcoffset())
