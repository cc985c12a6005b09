"""Signed words that a visitor carries: the form's ticket, and the link to one's own comment.

They hold ids and a time, nothing else; one made for a thing never opens another.
"""

import time
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core import signing

from blog.models import Post
from comments.models import PostComment

FORM_LASTS = 24 * 60 * 60  # seconds
LINK_LASTS = 24 * 60 * 60  # long enough to come back in the evening, too short to be passed around
_FORM, _REPORT, _LINK = "comments.form", "comments.report", "comments.mine"


@dataclass(frozen=True)
class Ticket:
    """A form that was handed out: its key is stored with the one comment it makes."""

    key: UUID
    age: float


def hand_out(about: Post | PostComment) -> str:
    """A ticket for one comment under this post, or for one report on this comment."""
    return signing.dumps([about.pk, uuid4().hex, time.time()], salt=_salt(about))


def read(text: str, *, about: Post | PostComment) -> Ticket | None:
    """The ticket, unless it is too old, for something else, or not ours."""
    try:
        pk, key, at = signing.loads(text, salt=_salt(about), max_age=FORM_LASTS)
    except signing.BadSignature:
        return None
    return Ticket(UUID(key), time.time() - at) if pk == about.pk else None


def seal(comment: PostComment) -> str:
    """The word that shows a comment to its writer."""
    return signing.dumps([comment.pk, comment.post_id], salt=_LINK)


def _salt(about: Post | PostComment) -> str:
    return _FORM if isinstance(about, Post) else _REPORT


def unseal(token: str) -> tuple[int, int] | None:
    """The ids of the comment and its post, unless the link is too old or not ours."""
    try:
        pk, post_id = signing.loads(token, salt=_LINK, max_age=LINK_LASTS)
    except signing.BadSignature:
        return None
    return pk, post_id
