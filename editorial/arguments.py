"""What speaks for and against a statement, in one list; and how similar cases ended."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from django.utils.translation import gettext as _

from blog.projection import project
from comments.models import PostComment, Voice
from editorial import plain
from editorial.models import Dispute
from editorial.models.dispute import CLOSED_STATES

MOST_REPLIES = 50
MOST_CASES = 8
LONGEST = 600  # characters of a reply; the rest stands in the discussion
_ADDRESS = re.compile(r'<a [^>]*?href="(https?://[^"]+)"')


@dataclass(frozen=True)
class Argument:
    """A source, or what somebody says, with the addresses it names; `url` is where it stands."""

    about: str
    words: str
    links: list[str]
    url: str = ""
    at: datetime | None = None
    is_official: bool = False


@dataclass(frozen=True)
class EarlierCase:
    """A case that was closed, and what it has to do with this one."""

    dispute: Dispute
    relation: str


def arguments(dispute: Dispute) -> list[Argument]:
    """Sources of the dispute, its comment, and all that is said below that, in reading order."""
    return [*_sources(dispute), *_said(dispute)]


def _sources(dispute: Dispute) -> Iterator[Argument]:
    for source in dispute.evidence.all():
        yield Argument(source.get_stance_display(), source.title, [source.url])


def _said(dispute: Dispute) -> Iterator[Argument]:
    comment = dispute.public_comment
    if comment is None:
        return
    below = PostComment.objects.filter(post=comment.post_id).published().under(comment.path)
    replies = below.select_related("user").order_by("path")[:MOST_REPLIES]
    for one in (comment, *replies):
        words = "" if one == comment else plain.shortened(project(one.html).text, LONGEST)
        yield Argument(
            about=one.writer,
            words=words,
            links=list(dict.fromkeys(map(unescape, _ADDRESS.findall(one.html)))),
            url=one.get_absolute_url(),
            at=one.submit_date,
            is_official=one.voice == Voice.OFFICIAL,
        )


def earlier_cases(dispute: Dispute) -> list[EarlierCase]:
    """Closed cases about the same claim, the same post or the same author, the nearest first."""
    author = dispute.claim.post.author_id
    closed = Dispute.objects.filter(state__in=CLOSED_STATES, claim__post__author=author)
    known = closed.exclude(pk=dispute.pk).select_related("claim__post", "decision__notice")
    known = known.defer("claim__post__body", "statement", "wanted", "sent")
    newest = known.order_by("-closed_at")
    of_claim = newest.filter(claim=dispute.claim_id)
    of_post = newest.filter(claim__post=dispute.claim.post_id).exclude(claim=dispute.claim_id)
    of_author = newest.exclude(claim__post=dispute.claim.post_id)
    cases = [
        *(EarlierCase(one, _("About the same statement")) for one in of_claim[:MOST_CASES]),
        *(EarlierCase(one, _("About the same post")) for one in of_post[:MOST_CASES]),
        *(EarlierCase(one, _("About the same author")) for one in of_author[:MOST_CASES]),
    ]
    return cases[:MOST_CASES]
