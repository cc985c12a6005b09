"""The daily mail to moderators: what waits, and the oldest held comments with a link to decide.

Written by the sweep at seven o'clock in the site's zone, or later on that day when nothing waited
at seven; once a day, however often the sweep runs.
"""

from collections.abc import Sequence
from datetime import date, time

from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from accounts import slips
from accounts.addresses import absolute_url
from accounts.mail import send
from accounts.models import Person
from accounts.roles import is_editor, moderators
from blog.models import Publication
from comments import by_mail
from comments.models import CommentEvent, CommentState, PostComment
from editorial import queue
from editorial.queue import Waiting

SENT_FROM = time(7)
MOST_LISTED = 10
MOST_CHARACTERS = 300


def send_due() -> int:
    """Write today's digest to everybody who wants it and has not got it; returns how many.

    None is written before its hour, and none to somebody for whom nothing waits.
    """
    now = timezone.localtime()
    missing = list(moderators().filter(wants_digest=True).exclude(digest_on=now.date()))
    if now.time() < SENT_FROM or not missing:
        return 0
    comments = [queue.comments_held(), queue.comments_reported()]
    disputes = [queue.disputes_received(), queue.disputes_late(), queue.disputes_lost()]
    oldest = _oldest_held()
    written = 0
    for person in missing:
        waits = comments
        if is_editor(person):
            waits = [*comments, queue.posts_overdue(person), queue.pitches_open(), *disputes]
        if any(one.number for one in waits):
            written += _write(person, now.date(), waits, oldest)
    return written


@transaction.atomic
def _write(
    person: Person, day: date, waits: Sequence[Waiting], oldest: Sequence[PostComment]
) -> bool:
    """Write one letter, unless another sweep has, or the wish ended meanwhile."""
    still = Person.objects.filter(pk=person.pk, wants_digest=True).exclude(digest_on=day)
    if not still.update(digest_on=day):
        return False
    token = slips.stop_digest(person.pk)
    stop = absolute_url(reverse("accounts:stop_digest", kwargs={"token": token}))
    context = {
        "publication": Publication.current().name,
        "number": sum(one.number for one in waits),
        "waits": [_counted(one) for one in waits if one.number],
        "comments": [_told(comment, person) for comment in oldest],
        "stop": stop,
    }
    send("editorial/moderators_digest", to=person.email, context=context, unsubscribe=stop)
    return True


def _oldest_held() -> list[PostComment]:
    events = Prefetch("events", CommentEvent.objects.only("comment_id", "reason", "at"))
    held = PostComment.objects.held().select_related("user", "post__head").prefetch_related(events)
    return list(held.order_by("submit_date", "pk")[:MOST_LISTED])


def _counted(one: Waiting) -> dict[str, object]:
    url = absolute_url(one.url)
    return {"label": one.label, "number": one.number, "oldest": one.oldest, "url": url}


def _told(comment: PostComment, person: Person) -> dict[str, object]:
    """What the mail says about a comment: the words of strangers on one line each, so that they
    cannot look like ours."""
    return {
        "writer": _on_one_line(comment.writer),
        "title": _on_one_line(comment.post.headline),
        "since": comment.submit_date,
        "text": _on_one_line(comment.comment),
        "why": _on_one_line(by_mail.why_held(comment)),
        "publish": by_mail.link(comment, moderator=person, to=CommentState.PUBLISHED),
        "spam": by_mail.link(comment, moderator=person, to=CommentState.SPAM),
    }


def _on_one_line(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MOST_CHARACTERS else f"{words[: MOST_CHARACTERS - 1]}…"
