"""The signed word in the address of a guest: it holds the id of a link, and nothing else."""

from django.core import signing

GUEST = "blog.guest"


def guest_token(link_id: int) -> str:
    """The last part of the address that opens a post to its guest author."""
    return signing.Signer(salt=GUEST, sep=".").sign(str(link_id))


def which_guest_link(token: str) -> int | None:
    """The id of the link; None if we did not write it. Whether it still works, its row says."""
    try:
        return int(signing.Signer(salt=GUEST, sep=".").unsign(token))
    except signing.BadSignature:
        return None
