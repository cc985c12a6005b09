"""News for the hub: which feeds have something new, told after the transaction, and told again.

Without `WEBSUB_HUB` nothing is written and nobody is told. A ping that fails is tried for a day;
`manage.py ping_hub` finds those whose task was lost.
"""

import logging

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from accounts.addresses import absolute_url
from blog import hub
from blog.models import HubPing, Post

logger = logging.getLogger(__name__)


@transaction.atomic
def announce(post: Post) -> None:
    """Let the hub hear of every feed that this post stands in."""
    if not settings.WEBSUB_HUB:
        return
    for path in _feeds(post):
        anew = {"attempts": 0, "next_attempt_at": timezone.now(), "failure": ""}
        ping, _made = HubPing.objects.update_or_create(path=path, defaults=anew)
        ping_hub.enqueue(ping_id=ping.pk)


def _feeds(post: Post) -> list[str]:
    topics = post.topics.values_list("slug", flat=True)
    authors = [post.author.slug, *post.bylines.values_list("profile__slug", flat=True)]
    return [
        reverse("blog:feed"),
        *(reverse("blog:topic_feed", kwargs={"slug": slug}) for slug in topics),
        *(reverse("blog:author_feed", kwargs={"slug": slug}) for slug in authors),
    ]


@task
def ping_hub(ping_id: int) -> None:
    """Tell the hub of one feed, if that is still due."""
    ping = HubPing.objects.due().filter(pk=ping_id).first()
    if ping is not None:
        _tell(ping)


def ping_due() -> int:
    """Tell the hub of every feed that is due; returns how many."""
    return sum(_tell(ping) for ping in HubPing.objects.due())


def _tell(ping: HubPing) -> bool:
    if not settings.WEBSUB_HUB or not _take(ping):
        return False
    ours = HubPing.objects.filter(pk=ping.pk, attempts=ping.attempts)
    try:
        hub.tell(settings.WEBSUB_HUB, feed=absolute_url(ping.path))
    except hub.NoAnswer as failure:
        logger.warning("The hub was not told of %s: %s", ping.path, failure)
        _keep(ping, str(failure))
        return False
    ours.delete()  # unless something newer came meanwhile, which it hears of separately
    return True


def _take(ping: HubPing) -> bool:
    """Move the next attempt on, unless another process was faster."""
    untouched = HubPing.objects.filter(pk=ping.pk, attempts=ping.attempts)
    ping.next_attempt_at = timezone.now() + HubPing.WAITS[ping.attempts]
    ping.attempts += 1
    return bool(untouched.update(attempts=F("attempts") + 1, next_attempt_at=ping.next_attempt_at))


@transaction.atomic
def _keep(ping: HubPing, failure: str) -> None:
    ours = HubPing.objects.filter(pk=ping.pk, attempts=ping.attempts)
    if ours.update(failure=failure) and ping.attempts < len(HubPing.WAITS):
        ping_hub.using(run_after=ping.next_attempt_at).enqueue(ping_id=ping.pk)
