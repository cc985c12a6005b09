"""Asking in a template what a person may be: `{% if user|is_author %}`."""

from django import template

from accounts import roles

register = template.Library()
register.filter(roles.is_author)
register.filter(roles.is_moderator)
register.filter(roles.is_editor)
register.filter(roles.is_publisher)
