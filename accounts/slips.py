"""The signed word in a mail that ends mails of its kind; it holds an id and a time."""

from datetime import timedelta

from django.core import signing

LASTS = timedelta(days=90)
DIGEST = "accounts.digest"


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
