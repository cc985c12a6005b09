"""How often somebody may do something."""

from hashlib import sha256

from django.core.cache import cache


def allow(key: str, *, limit: int, seconds: int) -> bool:
    """Whether this may happen now: at most `limit` times in any span of `seconds`.

    Each permitted act takes a place that is free again `seconds` later; a refusal takes none, so
    asking again does not prolong the wait. Taking a place is one atomic step of the cache: of many
    at once, exactly `limit` are let through. What the key says is not readable in the cache.
    """
    digest = sha256(key.encode()).hexdigest()
    return any(cache.add(f"rate:{digest}:{place}", 1, seconds) for place in range(limit))
