"""Days in words, for sentences."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext


def day_in_words(moment: datetime) -> str:
    """The day in the site's zone: "5 March 2026"."""
    return date_format(timezone.localtime(moment), pgettext("date format", "j F Y"))


def hour_in_words(moment: datetime) -> str:
    """Day and hour in the site's zone: "5 March 2026, 14:30"."""
    return date_format(timezone.localtime(moment), pgettext("date format", "j F Y, H:i"))
