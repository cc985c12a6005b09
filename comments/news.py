"""What is new: in one discussion since somebody opened its page, and on the whole site."""

from typing import Any

from django.db.models import Count, Min, QuerySet

from blog.kept import A_PK, Prepared, Rows
from blog.models import Post
from comments.models import PostComment, PostCommentQuerySet

ON_HOME = 5
A_SLUG = "stand-in"
SHOWN = ("pk", "submit_date", "user_name", "user__name", "post", "post__title_label")


def newer(slug: str, after: int) -> tuple[int, int]:
    """How many comments were published with a higher id than this one, and the first of them."""
    number, first = next(iter(NEWER.rows(slug, after)), (0, None))
    return number, first or 0


def newest_rows() -> Rows:
    """What the list of the newest comments is made of, as the driver gives it."""
    return NEWEST.rows()


def newest() -> list[PostComment]:
    """The comments that came last under published posts, with what a list shows of them."""
    came_last = readable().select_related("user", "post__head").order_by("-pk")[:ON_HOME]
    return sorted(came_last, key=lambda comment: comment.submit_date, reverse=True)


def readable() -> PostCommentQuerySet:
    """Published comments under posts that are published themselves."""
    comments: PostCommentQuerySet = PostComment.objects.published()
    return comments.filter(post__in=Post.objects.published())


def _newest() -> QuerySet[PostComment, Any]:
    comments = readable().select_related(None).order_by("-pk")
    return comments.values_list(*SHOWN, "post__head", "post__state", "post__slug")[:ON_HOME]


def _newer(slug: str, after: int) -> QuerySet[PostComment, Any]:
    here = readable().order_by().filter(post__slug=slug, pk__gt=after)
    counted = here.values("post").annotate(number=Count("pk"), first=Min("pk"))
    return counted.values_list("number", "first")


NEWEST = Prepared(_newest)
NEWER = Prepared(_newer, A_SLUG, A_PK)
