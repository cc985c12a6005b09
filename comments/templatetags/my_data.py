"""Facts about somebody, in words."""

from datetime import datetime
from typing import Any

from django import template

from blog.templatetags.page import hour

register = template.Library()


@register.filter
def is_list(value: Any) -> bool:
    return isinstance(value, list)


@register.filter
def in_words(value: Any) -> Any:
    """A moment as people read it; everything else as it is."""
    return hour(value) if isinstance(value, datetime) else value
