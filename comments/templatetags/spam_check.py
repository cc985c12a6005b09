"""The spam check in templates: how it does, for the desk; what it is given, for everybody."""

from typing import Any

from django import template

from comments import spam_service
from comments.privacy import InForce, in_force

register = template.Library()


@register.inclusion_tag("comments/_checker_health.html")
def checker_health() -> dict[str, Any]:
    """A quiet line for the desk: that the service fails or has something to say."""
    return {"health": spam_service.health(), "in_force": in_force()}


@register.simple_tag
def privacy_in_force() -> InForce:
    """What this house does with what readers send."""
    return in_force()
