"""Lengths of time for people."""

from datetime import timedelta

from django import template
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

register = template.Library()
SHORTEST = timedelta(minutes=1)


@register.filter
def in_words(time: timedelta) -> str:
    """ "2 days, 3 hours": the two largest units."""
    if time < SHORTEST:
        return _("less than a minute")
    now = timezone.now()
    return timesince(now - time, now)
