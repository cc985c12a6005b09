"""Links that are mailed: each opens one thing, for its time, and holds ids and nothing else.

Opening one shows a page and changes nothing, since mail scanners open every link.
"""

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from accounts.addresses import absolute_url

DAY = 24 * 60 * 60  # seconds


@dataclass(frozen=True)
class Link:
    """One kind of link; a token made for one kind never opens another."""

    page: str
    salt: str
    lasts: int  # seconds

    def token(self, *ids: int) -> str:
        return signing.dumps(list(ids), salt=self.salt)

    def path(self, *ids: int) -> str:
        return reverse(self.page, kwargs={"token": self.token(*ids)})

    def url(self, *ids: int) -> str:
        """The whole address, for a mail."""
        return absolute_url(self.path(*ids))

    def ids(self, token: str) -> tuple[int, ...] | None:
        """What a token was made for, unless it is too old or not ours."""
        try:
            return tuple(signing.loads(token, salt=self.salt, max_age=self.lasts))
        except signing.BadSignature:
            return None


CONFIRM_COMMENT = Link("comments:confirm", "comments.confirm", 3 * DAY)  # of a comment
CONFIRM_FOLLOW = Link("comments:confirm_follow", "comments.follow", 3 * DAY)  # of a follow
SUBSCRIPTIONS = Link("comments:subscriptions", "comments.subscriptions", 7 * DAY)  # a participant's
STOP = Link("comments:unsubscribe", "comments.stop", 365 * DAY)  # participant, post (0 for all)
