"""Days in words, for sentences: in English as we like it, elsewhere as the language wants it."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language


def day_in_words(moment: datetime | date) -> str:
    """The day, of a moment in the site's zone: "5 March 2026"."""
    there = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return date_format(there, _way("j F Y", "DATE_FORMAT"))


def hour_in_words(moment: datetime) -> str:
    """Day and hour in the site's zone: "5 March 2026, 14:30"."""
    return date_format(timezone.localtime(moment), _way("j F Y, H:i", "DATETIME_FORMAT"))


def _way(in_english: str, elsewhere: str) -> str:
    return in_english if (get_language() or "en").startswith("en") else elsewhere
