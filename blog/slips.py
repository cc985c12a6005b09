"""Signed words in addresses and forms: each holds the id of a row, or a key and a time."""

import time
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core import signing

GUEST = "blog.guest"
PREVIEW = "blog.preview"
PITCH = "blog.pitch"
PITCH_FORM = "blog.pitch.form"
SHORTEST_SECONDS = 3  # nobody reads and fills in a form faster
LONGEST_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Slip:
    """What a form knew when it was handed out; `key` makes sending it twice one act."""

    key: UUID
    at: float

    @property
    def was_quick(self) -> bool:
        return time.time() - self.at < SHORTEST_SECONDS

    @property
    def is_old(self) -> bool:
        return time.time() - self.at > LONGEST_SECONDS


def hand_out() -> str:
    """A slip for the form of a pitch."""
    return signing.dumps([uuid4().hex, time.time()], salt=PITCH_FORM)


def read(text: str) -> Slip | None:
    """The slip, unless it is not ours."""
    try:
        key, at = signing.loads(text, salt=PITCH_FORM)
    except signing.BadSignature:
        return None
    return Slip(UUID(key), at)


def pitch_token(pitch_id: int) -> str:
    """The last part of the address at which a pitch is confirmed."""
    return _signed(pitch_id, salt=PITCH)


def which_pitch(token: str) -> int | None:
    """The id of the pitch; None if we did not write it."""
    return _id_in(token, salt=PITCH)


def guest_token(link_id: int) -> str:
    """The last part of the address that opens a post to its guest author."""
    return _signed(link_id, salt=GUEST)


def which_guest_link(token: str) -> int | None:
    """The id of the link; None if we did not write it. Whether it still works, its row says."""
    return _id_in(token, salt=GUEST)


def preview_token(link_id: int) -> str:
    """The last part of the address that shows a post before readers see it."""
    return _signed(link_id, salt=PREVIEW)


def which_preview(token: str) -> int | None:
    """The id of the link; None if we did not write it. Whether it still works, its row says."""
    return _id_in(token, salt=PREVIEW)


def _signed(row_id: int, *, salt: str) -> str:
    return signing.Signer(salt=salt, sep=".").sign(str(row_id))


def _id_in(token: str, *, salt: str) -> int | None:
    try:
        return int(signing.Signer(salt=salt, sep=".").unsign(token))
    except signing.BadSignature:
        return None
