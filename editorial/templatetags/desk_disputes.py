"""What the desks of other packages need to lead to disputes."""

from django import template
from django.contrib.auth.models import AnonymousUser

from accounts.models import Person
from accounts.roles import is_editor

register = template.Library()


@register.filter
def may_dispute(person: Person | AnonymousUser | str) -> bool:
    """Whether to offer making disputes; nobody in particular may not."""
    return not isinstance(person, str) and is_editor(person)
