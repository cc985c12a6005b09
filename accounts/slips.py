"""Signed words in mails: one ends mails of its kind, one accepts a role; they hold an id."""

from datetime import timedelta

from django.core import signing

LASTS = timedelta(days=90)
DIGEST = "accounts.digest"
JOIN = "accounts.join"


def stop_digest(person_id: int) -> str:
    """For the address at which this person ends the daily mail of the desk."""
    return signing.dumps(person_id, salt=DIGEST)


def whose_digest(token: str) -> int | None:
    """The person's id; None if the word is too old or not ours."""
    try:
        person_id: int = signing.loads(token, salt=DIGEST, max_age=LASTS)
    except signing.BadSignature:
        return None
    return person_id


def join_token(invitation_id: int) -> str:
    """For the address at which an invitation to the staff is accepted."""
    return signing.Signer(salt=JOIN, sep=".").sign(str(invitation_id))


def which_invitation(token: str) -> int | None:
    """The id of the invitation; None if the word is not ours. Whether it waits, its row says."""
    try:
        return int(signing.Signer(salt=JOIN, sep=".").unsign(token))
    except signing.BadSignature:
        return None
