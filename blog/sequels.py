"""Where a post stands in its series, as readers see it: only what they may read is counted."""

from dataclasses import dataclass

from django.db.models import QuerySet

from blog.models import Post, Series, SeriesPart

UNREAD = ("post__body", "post__head__body_html", "post__head__text")


@dataclass(frozen=True)
class Place:
    series: Series
    number: int
    total: int
    before: Post | None
    after: Post | None


def parts_beside(pk: int) -> QuerySet[SeriesPart]:
    """All parts that readers see of the series of this post, in order."""
    parts = SeriesPart.objects.filter(post__in=Post.objects.published())
    beside = parts.filter(series__parts__post=pk).select_related("series", "post__head")
    return beside.defer(*UNREAD).order_by("position", "pk")


def place_of(pk: int) -> Place | None:
    """None for a post that is no part of a series, or that readers do not see."""
    parts = list(parts_beside(pk))
    at = next((number for number, part in enumerate(parts) if part.post_id == pk), None)
    if at is None:
        return None
    before = parts[at - 1].post if at else None
    after = parts[at + 1].post if at + 1 < len(parts) else None
    return Place(parts[at].series, at + 1, len(parts), before, after)
