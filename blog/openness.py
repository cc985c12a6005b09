"""How open the discussion of a post is at this moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from blog.models import Discussion, Post, Publication, Topic

STRICTEST_FIRST = (Discussion.CLOSED, Discussion.HOLD, Discussion.OPEN)


def discussion_of(post: Post, topics: Iterable[Topic] | None = None) -> Discussion:
    """Open, open with every comment held, or closed; never "by rule".

    That of a retracted post is closed, unless the site says otherwise. What an editor chose for the
    post wins for good. Else a discussion closes so many days after
    publication as the site says, and the strictest of its topics counts. Costs one query unless
    the `topics` of the post are given.
    """
    if not post.is_public:
        return Discussion.CLOSED
    if post.is_retracted and Publication.current().closes_when_retracted:
        return Discussion.CLOSED
    if post.discussion != Discussion.AUTO:
        return Discussion(post.discussion)
    if _is_over(post.published_at, Publication.current().closes_after_days):
        return Discussion.CLOSED
    said = {topic.discussion for topic in (post.topics.all() if topics is None else topics)}
    return next((mode for mode in STRICTEST_FIRST if mode in said), Discussion.OPEN)


def _is_over(published_at: datetime | None, days: int | None) -> bool:
    if published_at is None or days is None:
        return False
    return published_at + timedelta(days=days) <= timezone.now()


@dataclass(frozen=True)
class Exceptions:
    """Where somebody chose otherwise than "by rule": every topic, and the newest such posts."""

    closes_after_days: int | None
    topics: list[Topic]
    posts: list[Post]


def exceptions(*, most_posts: int) -> Exceptions:
    """Two queries, for the page that shows all rules together."""
    topics = Topic.objects.exclude(discussion=Discussion.AUTO)
    posts = Post.objects.exclude(discussion=Discussion.AUTO).defer("body").order_by("-pk")
    days = Publication.current().closes_after_days
    return Exceptions(days, list(topics), list(posts[:most_posts]))
