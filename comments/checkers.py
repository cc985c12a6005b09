"""Who judges comments on this site."""

from django.conf import settings

from comments.akismet import akismet_checker
from comments.local_rules import LocalRules
from comments.spam import SpamChecker


def checker() -> SpamChecker:
    """Akismet when the site has a key, our own rules otherwise."""
    if not settings.AKISMET_KEY:
        return LocalRules()
    return akismet_checker(
        key=settings.AKISMET_KEY,
        site=settings.SITE_URL,
        address=settings.AKISMET_URL,
        timeout=settings.AKISMET_TIMEOUT,
    )
