"""How many comments posts have, for lists; one query for a whole list."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.db.models import Count, QuerySet
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from blog.kept import A_PK, Prepared, kept
from blog.models import Post
from comments.models import PostComment
from comments.news import newest, newest_rows

register = template.Library()
MOST_LENGTHS = 50  # of lists whose queries are remembered


@register.simple_tag
def comment_counts(posts: Iterable[Post | int]) -> dict[int, int]:
    """Published comments by post; posts without any are not in it."""
    pks = [post if isinstance(post, int) else post.pk for post in posts]
    return dict(_counts(len(pks)).rows(*pks)) if pks else {}


@lru_cache(MOST_LENGTHS)
def _counts(posts: int) -> Prepared:
    return Prepared(_published, *(A_PK - place for place in range(posts)))


def _published(*pks: int) -> QuerySet[PostComment, Any]:
    comments = PostComment.objects.published().filter(post__in=pks).order_by()
    return comments.values_list("post").annotate(number=Count("pk"))


@register.simple_tag
def comment_count(counts: dict[int, int], pk: int) -> SafeString | str:
    """The number in words, as one more fact of a byline; nothing when there are none."""
    number = counts.get(pk, 0)
    if not number:
        return ""
    words = ngettext("%(number)d comment", "%(number)d comments", number) % {"number": number}
    return format_html("<span>{}</span>", words)


@register.simple_tag
def newest_comments() -> SafeString | str:
    """The newest comments of the site, for a list; one query while nothing changes."""
    rows = newest_rows()
    return kept("newest", rows, _newest) if rows else ""


def _newest() -> SafeString:
    return render_to_string("comments/_newest.html", {"comments": newest()})
