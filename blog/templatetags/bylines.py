"""The names on a post, in sentences with links."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Profile
from blog.models import BylineRole, Post, PostByline

register = template.Library()
SENTENCES = {
    BylineRole.TRANSLATOR: _("Translated by {names}"),
    BylineRole.ILLUSTRATOR: _("Illustrated by {names}"),
    BylineRole.PHOTOGRAPHER: _("Photographs by {names}"),
    BylineRole.REVIEWER: _("Reviewed by {names}"),
}


@register.simple_tag
def by_line(post: Post, *, letters: bool = False) -> SafeString:
    """All authors; with the letters after their names where asked. Needs `bylines` prefetched."""
    return format_html(gettext("By {names}"), names=_names(post.signers, letters=letters))


@register.simple_tag
def credit_lines(post: Post) -> list[SafeString]:
    """A sentence for each role that is not an author's."""
    signed = sorted(post.credits, key=attrgetter("role"))
    return [
        format_html(str(SENTENCES[BylineRole(role)]), names=_names(names, letters=True))
        for role, names in _by_role(signed)
    ]


def _by_role(signed: list[PostByline]) -> Iterator[tuple[str, list[Profile]]]:
    for role, rows in groupby(signed, key=attrgetter("role")):
        yield role, [row.profile for row in rows]


def _names(profiles: list[Profile], *, letters: bool) -> SafeString:
    links: list[str] = [
        format_html(
            '<a rel="author" href="{}"><bdi>{}</bdi></a>',
            one.get_absolute_url(),
            one.byline if letters else one.name,
        )
        for one in profiles
    ]
    return mark_safe(get_text_list(links, gettext("and")))
