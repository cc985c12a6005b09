"""What stands in the place of a post that readers can no longer read."""

from dataclasses import dataclass
from datetime import datetime

from blog.models import FormerAddress, Notice, NoticeKind, Post, PostEvent, PostState
from blog.steps import UNPUBLISHED


@dataclass(frozen=True)
class Tombstone:
    """All that is still said at the address of a post: why it was removed, or the note to readers.

    Nothing of the post itself is among it, not even its title.
    """

    notice: Notice | None
    note: str
    since: datetime


def of(slug: str) -> Tombstone | None:
    """None where there was never a post, or where nobody wrote a note."""
    post = Post.objects.gone().filter(slug=slug).defer("title", "summary", "body").first()
    return _tombstone(post) if post else None


def _tombstone(post: Post) -> Tombstone | None:
    if post.state == PostState.REMOVED:
        told = Notice.objects.standing().filter(post=post, kind=NoticeKind.REMOVAL)
        notice = told.for_readers().select_related("byline").first()
        return Tombstone(notice, "", post.state_changed_at) if notice else None
    events = PostEvent.objects.filter(post=post, kind=UNPUBLISHED).order_by("-at", "-pk")
    event = events.first()
    return Tombstone(None, event.message, event.at) if event and event.message else None


def moved_to(slug: str) -> Post | None:
    """The post that had this address once, if there is anything to read at its address now."""
    former = FormerAddress.objects.filter(slug=slug).select_related("post").first()
    if former is None:
        return None
    return former.post if former.post.is_public or _tombstone(former.post) else None
