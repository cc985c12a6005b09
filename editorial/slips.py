"""Signed papers that need no session: the slip in a form, and the private link of a reader."""

from dataclasses import dataclass
from datetime import timedelta
from time import time
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing

FORM = "editorial.form"
LINK = "editorial.link"
MAILED = "editorial.mailed"
AUTHOR = "editorial.author"
COLLEAGUE = "editorial.colleague"
SHORTEST_SECONDS = 3  # nobody reads and fills in the form faster
LONGEST_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Slip:
    """What a form knew when it was handed out; `key` makes sending it twice one act."""

    key: UUID
    post_id: int
    revision: int
    issued_at: float

    @property
    def was_quick(self) -> bool:
        return time() - self.issued_at < SHORTEST_SECONDS

    @property
    def is_old(self) -> bool:
        return time() - self.issued_at > LONGEST_SECONDS


class Opened(NamedTuple):
    """What a mailed link was made for; `is_old` once its time is over."""

    ids: Any
    is_old: bool


def issue(*, post_id: int, revision: int, has_waited: bool = False) -> str:
    """A slip for a form about this revision (its number) of a post.

    Whoever `has_waited` was asked once already, and is never too quick with this one.
    """
    at = time() - (SHORTEST_SECONDS if has_waited else 0)
    facts = {"key": str(uuid4()), "post": post_id, "revision": revision, "at": at}
    return signing.dumps(facts, salt=FORM)


def read(text: str, *, post_id: int) -> Slip | None:
    """The slip, unless it is not ours or belongs to another post."""
    try:
        facts = signing.loads(text, salt=FORM)
    except signing.BadSignature:
        return None
    slip = Slip(UUID(facts["key"]), facts["post"], facts["revision"], facts["at"])
    return slip if slip.post_id == post_id else None


def private_link(public_id: str) -> str:
    """The last part of the address where a reader follows their own objection.

    It holds no time: it ends some days after the objection did, see `raisers.is_link_over`.
    """
    return signing.Signer(salt=LINK, sep=".").sign(public_id)


def whose_link(text: str) -> str | None:
    """The public id in a private link; None if we did not write it."""
    try:
        return signing.Signer(salt=LINK, sep=".").unsign(text)
    except signing.BadSignature:
        return None


def mailed_link(public_id: str) -> str:
    """The same for the receipt alone: whoever has it reads what is mailed to the address."""
    return signing.Signer(salt=MAILED, sep=".").sign(public_id)


def whose_mail(text: str) -> str | None:
    """The public id in the link of a receipt; None if we did not write it."""
    try:
        return signing.Signer(salt=MAILED, sep=".").unsign(text)
    except signing.BadSignature:
        return None


def author_link(*, post_id: int, profile_id: int) -> str:
    """The last part of the address where an author answers what is questioned in a post.

    It is the byline's: when the post gets another author, it opens nothing any more.
    """
    return signing.dumps([post_id, profile_id], salt=AUTHOR)


def whose_post(token: str) -> Opened | None:
    """The ids of post and byline in an author's link; None if we did not write it."""
    return _opened(token, salt=AUTHOR, days=settings.AUTHOR_LINK_DAYS)


def colleague_link(consultation_id: int) -> str:
    """The last part of the address where a colleague gives advice."""
    return signing.dumps(consultation_id, salt=COLLEAGUE)


def which_consultation(token: str) -> Opened | None:
    """The id of what a colleague was asked; None if the link is not ours."""
    return _opened(token, salt=COLLEAGUE, days=settings.COLLEAGUE_LINK_DAYS)


def _opened(token: str, *, salt: str, days: int) -> Opened | None:
    try:
        return Opened(signing.loads(token, salt=salt, max_age=timedelta(days=days)), is_old=False)
    except signing.SignatureExpired:
        return Opened(signing.loads(token, salt=salt), is_old=True)
    except signing.BadSignature:
        return None
