"""Whether the links of a text answer: visited by a task when it is handed in, and on request.

An address is visited once a day at the most, whatever texts link there. One that shuts machines out
is unsure, and nobody's fault; only what is gone, or was never looked at, is open on the checklist.
"""

from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from time import monotonic

from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from accounts.models import Person
from accounts.roles import require_editor
from blog import visits
from blog.markup import Kind, tokens
from blog.models import LinkAnswer, LinkVerdict, Post
from blog.models.link import LONGEST_URL

FRESH = timedelta(days=1)
KEPT = timedelta(days=90)
MOST_LINKS = 200  # of one text; more are not looked at
MOST_SECONDS = 30.0  # in which one task visits; the next goes on


@dataclass(frozen=True)
class Link:
    """An address in a text; `answer` is None until it was visited."""

    url: str
    answer: LinkAnswer | None

    @property
    def is_open(self) -> bool:
        return self.answer is None or self.answer.verdict == LinkVerdict.GONE


def links_of(post: Post) -> list[str]:
    """The addresses outside that the working text links to, each once, in order."""
    found: dict[str, None] = {}
    for token in tokens(post.body):
        if token.name == "a" and token.kind is Kind.OPEN:
            url = unescape(token.values().get("href", ""))
            if url.startswith(("https://", "http://")) and len(url) <= LONGEST_URL:
                found.setdefault(url.partition("#")[0])
    return list(found)[:MOST_LINKS]


def standing(post: Post) -> list[Link]:
    """Each link with what it said; one query."""
    urls = links_of(post)
    known = {one.url: one for one in LinkAnswer.objects.filter(url__in=urls)} if urls else {}
    return [Link(url, known.get(url)) for url in urls]


def ask(post: Post, *, by: Person) -> None:
    """Have all links of a text visited again, by a task."""
    require_editor(by)
    urls = links_of(post)
    LinkAnswer.objects.filter(url__in=urls).exclude(verdict=LinkVerdict.ANSWERS).delete()
    look(post)


def look(post: Post) -> None:
    """Have those links visited that were not lately; called where a text changes hands."""
    if links_of(post):
        visit_links.enqueue(post_id=post.pk)


@task
def visit_links(post_id: int) -> None:
    """Visit what was not visited lately; what takes long goes on in another task."""
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        return
    started = monotonic()
    for url in _stale(post):
        if monotonic() - started > MOST_SECONDS:
            visit_links.enqueue(post_id=post_id)
            return
        seen = visits.visit(url)
        facts = {"verdict": seen.verdict, "said": seen.said[:60], "checked_at": timezone.now()}
        LinkAnswer.objects.update_or_create(url=url, defaults=facts)


def _stale(post: Post) -> list[str]:
    urls = links_of(post)
    since = timezone.now() - FRESH
    fresh = LinkAnswer.objects.filter(Q(url__in=urls) & Q(checked_at__gt=since))
    known = set(fresh.values_list("url", flat=True))
    return [url for url in urls if url not in known]


def forget_old() -> int:
    """Drop answers that nobody asked for in a long time."""
    number, _kinds = LinkAnswer.objects.filter(checked_at__lt=timezone.now() - KEPT).delete()
    return number
