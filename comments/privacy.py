"""What this house does with what readers send: the facts behind the privacy page."""

import hashlib
from dataclasses import astuple, dataclass
from urllib.parse import urlsplit

from django.conf import settings

from comments.models import House

PAGE = "2026-11-25"  # moves when the words of the page do
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class InForce:
    """Who is shown a comment ("akismet", "local" or "rules"), which of it, and what is kept."""

    checker: str
    host: str
    sends_email: bool
    sends_address: bool
    keeps_addresses_days: int
    keeps_spam_days: int
    shows_moderators: bool

    @property
    def version(self) -> str:
        """Another one whenever the words or anything in force changes; kept with each comment."""
        digest = hashlib.sha256(repr(astuple(self)).encode()).hexdigest()
        return f"{PAGE}.{digest[:8]}"


def in_force() -> InForce:
    """As the settings and the publisher have it now."""
    house = House.current()
    host = urlsplit(settings.AKISMET_URL).hostname or ""
    asked = "local" if host in THIS_MACHINE else "akismet"
    return InForce(
        checker=asked if settings.AKISMET_KEY else "rules",
        host=host if settings.AKISMET_KEY else "",
        sends_email=house.sends_email,
        sends_address=house.sends_address,
        keeps_addresses_days=house.keeps_addresses_days,
        keeps_spam_days=house.keeps_spam_days,
        shows_moderators=house.moderators_see_addresses,
    )
