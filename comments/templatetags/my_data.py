"""Facts about somebody, in words."""

from datetime import datetime
from typing import Any

from django import template

from blog.templatetags.page import hour
from comments.mydata import Section

register = template.Library()


@register.filter
def empty_ones(sections: list[Section]) -> list[Section]:
    """What nothing is stored about."""
    return [section for section in sections if not section.entries]


@register.filter
def is_list(value: Any) -> bool:
    return isinstance(value, list)


@register.filter
def in_words(value: Any) -> Any:
    """A moment as people read it; everything else as it is."""
    return hour(value) if isinstance(value, datetime) else value
