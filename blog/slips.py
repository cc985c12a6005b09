"""Signed words in addresses of links: each holds the id of a row, and nothing else."""

from django.core import signing

GUEST = "blog.guest"
PREVIEW = "blog.preview"


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
