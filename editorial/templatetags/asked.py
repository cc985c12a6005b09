"""What an author is asked, for the pages where they write."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django import template
from django.utils import timezone

from accounts.models import Person
from blog.models import Post
from editorial.mail import author_url
from editorial.models import AuthorReply, Dispute, DisputeState
from editorial.wishes import MAY_ASK_FOR

register = template.Library()


@dataclass(frozen=True)
class Asked:
    """A post of which statements are under review, and until when its author has time to answer."""

    post: Post
    url: str
    number: int
    due_at: datetime
    is_answered: bool


@register.simple_tag
def asked_of(person: Person) -> list[Asked]:
    """The posts of a person about which they are asked, the most urgent first; one query."""
    asked = AuthorReply.objects.filter(
        dispute__state=DisputeState.UNDER_REVIEW, dispute__claim__post__author__person=person
    )
    asked = asked.select_related("dispute__claim__post__head").defer("dispute__claim__post__body")
    rows = asked.order_by("dispute__claim__post", "due_at")
    found = [
        _asked(post, list(theirs))
        for post, theirs in groupby(rows, key=lambda row: row.dispute.claim.post)
    ]
    return sorted(found, key=lambda one: (one.is_answered, one.due_at))


@register.simple_tag
def decided_of(person: Person) -> list[tuple[Post, str]]:
    """The posts of a person about which something was decided lately, each with its page."""
    lately = Dispute.objects.public().filter(
        state=DisputeState.RESOLVED,
        closed_at__gte=timezone.now() - MAY_ASK_FOR,
        claim__post__author__person=person,
    )
    posts = Post.objects.filter(pk__in=lately.values("claim__post")).select_related("head")
    return [(post, author_url(post)) for post in posts.defer("body").order_by("pk")]


def _asked(post: Post, rows: list[AuthorReply]) -> Asked:
    silent = [row.due_at for row in rows if row.replied_at is None]
    return Asked(post, author_url(post), len(rows), min(silent or [rows[0].due_at]), not silent)
