"""What the publication aims at, for its corrections policy."""

from django import template
from django.conf import settings

from editorial import wishes

register = template.Library()


@register.simple_tag
def may_ask_for() -> int:
    """For how many days after a decision it may be asked to open it again."""
    return wishes.MAY_ASK_FOR.days


@register.inclusion_tag("editorial/_aims.html")
def aims() -> dict[str, int]:
    """How soon a report is read, decided and told of, as this site is set."""
    return {
        "first_act": settings.FIRST_ACT_WORKING_DAYS,
        "decide": settings.DECIDE_DAYS,
        "progress": settings.PROGRESS_DAYS,
        "end": settings.END_DAYS,
    }
