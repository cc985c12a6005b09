"""Mails about what was said beside a draft: gathered, one for each round.

What one side has said goes with its next step (handing in, giving back); what nobody followed by a
step is told when it has rested for fifteen minutes, by a task or by the sweep. Whoever takes it
first marks it as told, so nobody reads it twice.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django_tasks import task

from blog import mail, steps
from blog.models import BylineRole, DraftComment, Post

RESTS = timedelta(minutes=15)


def tell_in_time(post: Post) -> None:
    """Have what is being said told once it has rested, if no step tells it before."""
    tell_when_rested.using(run_after=timezone.now() + RESTS).enqueue(post_id=post.pk)


def gather(post: Post, *, to_author: bool) -> list[DraftComment]:
    """What one side has not heard of yet; called with the post locked, it counts as told."""
    said = post.draft_comments.untold().select_related("author", "parent")
    own = _authors(post)
    found = [one for one in said if (one.author_id not in own) is to_author]
    DraftComment.objects.filter(pk__in=[one.pk for one in found]).update(told_at=timezone.now())
    return found


def _authors(post: Post) -> set[int | None]:
    """Whoever writes the post: the first author, and those who sign it with them."""
    others = post.bylines.filter(role=BylineRole.CO_AUTHOR)
    return {post.author.person_id, *others.values_list("profile__person", flat=True)} - {None}


@task
def tell_when_rested(post_id: int) -> None:
    _tell(post_id)


def tell_due() -> int:
    """Write the mails whose task was lost; returns for how many posts."""
    newest = DraftComment.objects.untold().order_by().values("post").annotate(at=Max("created_at"))
    rested = newest.filter(at__lte=timezone.now() - RESTS)
    return sum(_tell(row["post"]) for row in list(rested))


@transaction.atomic
def _tell(post_id: int) -> bool:
    """Tell both sides, unless somebody is still talking."""
    post = steps.locked(Post(pk=post_id))
    said = post.draft_comments.untold().aggregate(at=Max("created_at"))
    if said["at"] is None or said["at"] > timezone.now() - RESTS:
        return False
    _write(post, gather(post, to_author=True), to_author=True)
    _write(post, gather(post, to_author=False), to_author=False)
    return True


def _write(post: Post, said: Sequence[DraftComment], *, to_author: bool) -> None:
    if said and to_author:
        mail.draft_comments_to_author(post, said)
    elif said:
        mail.draft_comments_to_editors(post, said)
