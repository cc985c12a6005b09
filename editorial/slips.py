"""Signed papers that need no session: the slip in a form, and the private link of a reader."""

from dataclasses import dataclass
from time import time
from uuid import UUID, uuid4

from django.core import signing

FORM = "editorial.form"
LINK = "editorial.link"
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


def issue(*, post_id: int, revision: int) -> str:
    """A slip for a form about this revision (its number) of a post."""
    facts = {"key": str(uuid4()), "post": post_id, "revision": revision, "at": time()}
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
    """The last part of the address where a reader follows their own objection."""
    return signing.Signer(salt=LINK, sep=".").sign(public_id)


def whose_link(text: str) -> str | None:
    """The public id in a private link; None if we did not write it."""
    try:
        return signing.Signer(salt=LINK, sep=".").unsign(text)
    except signing.BadSignature:
        return None
