"""Of some durations: the one in the middle, and the one that nine in ten do not exceed."""

from collections.abc import Iterable
from datetime import timedelta
from math import ceil


def middle(durations: Iterable[timedelta]) -> timedelta | None:
    """The median, exactly; None without any."""
    ordered = sorted(durations)
    if not ordered:
        return None
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def p90(durations: Iterable[timedelta]) -> timedelta | None:
    """The shortest duration that at least nine in ten do not exceed; None without any."""
    ordered = sorted(durations)
    return ordered[ceil(0.9 * len(ordered)) - 1] if ordered else None
