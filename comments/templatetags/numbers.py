"""Saying the numbers of moderating in a table."""

from django import template

from comments.figures import in_words, percent

register = template.Library()
register.filter("in_words", in_words)
register.filter("percent", percent)
