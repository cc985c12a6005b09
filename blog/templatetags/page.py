"""What every page needs: the publication, dates that machines read too, the desk's sections."""

from datetime import datetime
from typing import NamedTuple

from django import template
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.roles import is_editor, is_moderator, is_publisher
from blog.days import day_in_words, hour_in_words
from blog.models import Publication

register = template.Library()
register.filter(day_in_words)
register.filter(hour_in_words)


class Section(NamedTuple):
    """One door of the desk."""

    label: str
    url: str


def _only_moderates(person: Person | AnonymousUser) -> bool:
    return is_moderator(person) and not is_editor(person)


DESK = (
    (_("Waiting"), "editorial:desk", is_editor),
    (_("Comments"), "comments:desk", is_moderator),
    (_("People"), "comments:people", is_moderator),
    (_("Posts"), "blog:desk_posts", is_editor),
    (_("Disputes"), "editorial:disputes", is_editor),
    (_("Reports"), "editorial:reports", _only_moderates),
    (_("Site"), "blog:desk_site", is_publisher),
    (_("Staff"), "accounts:staff", is_publisher),
)


@register.simple_tag
def publication() -> Publication:
    return Publication.current()


@register.simple_tag
def desk_sections(person: Person | AnonymousUser) -> list[Section]:
    """The parts of the desk that this person may enter."""
    return [
        Section(str(label), reverse(name)) for label, name, may_enter in DESK if may_enter(person)
    ]


@register.filter
def is_under(path: str, url: str) -> bool:
    """Whether a page stands in the section that begins at `url`; the desk itself has no inside."""
    return path == url or (path.startswith(url) and url.count("/") > 2)


@register.filter
def day(moment: datetime | None) -> SafeString | str:
    """A `<time>` with the day in the site's zone; nothing when there is no date."""
    if moment is None:
        return ""
    return _time(moment, day_in_words(moment))


@register.filter
def hour(moment: datetime | None) -> SafeString | str:
    """A `<time>` with day and hour, for desks."""
    if moment is None:
        return ""
    return _time(moment, hour_in_words(moment))


@register.filter
def clock(moment: datetime) -> SafeString:
    """A `<time>` with the hour of today, or with day and hour."""
    there = timezone.localtime(moment)
    if there.date() == timezone.localdate():
        return _time(moment, time_format(there, "H:i"))
    return _time(moment, hour_in_words(moment))


def _time(moment: datetime, words: str) -> SafeString:
    stamp = timezone.localtime(moment).isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', stamp, words)
