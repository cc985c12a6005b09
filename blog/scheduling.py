"""What happens to a post at a moment that was chosen before: it goes public, or its time is over.

A task waits for the moment, and `manage.py publish_due` finds what nobody was awake for. Whoever
comes first has the row and the state; the other finds nothing to do, and nobody is told twice.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import Person
from accounts.refusals import Invalid, WrongMoment
from accounts.roles import require_editor, require_publisher
from blog import checklist, mail, publishing, steps
from blog.models import Post, PostState
from blog.models.post import PostQuerySet

logger = logging.getLogger(__name__)

PLANNED = ("scheduled", "rescheduled")  # the events that hold who chose the day


@transaction.atomic
def schedule(post: Post, *, editor: Person, at: datetime) -> Post:
    """Let an accepted post go public at a moment to come, or at another one than was planned."""
    require_editor(editor)
    post = steps.locked(post)
    _require_to_come(at)
    _require_in_order(at, post.expires_at)
    if post.state in steps.ACCEPTED:
        checklist.require(post, at_the_end=True)
    if post.state == PostState.SCHEDULED:
        _move_day(post, by=editor, at=at)
    else:
        _give_day(post, by=editor, at=at)
    publish_in_time.using(run_after=at).enqueue(post_id=post.pk)
    mail.post_published(post)
    return post


def _give_day(post: Post, *, by: Person, at: datetime) -> None:
    if post.is_gone:
        raise WrongMoment(_("This post was published before: publish it again instead."))
    post.published_at = at
    steps.move(post, to=PostState.SCHEDULED, by=by, kind="scheduled", message=at.isoformat())


def _move_day(post: Post, *, by: Person, at: datetime) -> None:
    if post.published_at == at:
        raise Invalid(_("The post is scheduled for this moment already."))
    steps.record(post, by=by, kind="rescheduled", message=at.isoformat())
    post.published_at = at
    post.version += 1
    post.save(update_fields=("published_at", "version"))


@transaction.atomic
def unschedule(post: Post, *, editor: Person) -> Post:
    """Take the day back: the post stays accepted and waits for another."""
    require_editor(editor)
    post = steps.locked(post)
    if post.state != PostState.SCHEDULED:
        raise WrongMoment(_("This post is not scheduled."))
    steps.move(post, to=PostState.ACCEPTED, by=editor, kind="unscheduled")
    mail.post_without_day(post)
    return post


@transaction.atomic
def expire_at(post: Post, *, editor: Person, at: datetime, note: str) -> Post:
    """Choose the moment at which readers see the post no more, and the sentence in its place.

    Any editor may before readers see it; the end of a public post is for the publisher to choose.
    """
    post = steps.locked(post)
    _require_may_end(post, editor)
    _require_to_come(at)
    _require_in_order(post.published_at, at)
    if not note.strip():
        raise Invalid(_("Please say what readers find in the place of the post."))
    steps.record(post, by=editor, kind="expiry_set", message=at.isoformat())
    post.expires_at, post.expiry_note = at, note.strip()
    _store_expiry(post)
    expire_in_time.using(run_after=at).enqueue(post_id=post.pk)
    return post


@transaction.atomic
def keep(post: Post, *, editor: Person) -> Post:
    """Take the end of a post back: readers see it until somebody decides otherwise."""
    post = steps.locked(post)
    _require_may_end(post, editor)
    if post.expires_at is None:
        raise WrongMoment(_("This post has no end."))
    steps.record(post, by=editor, kind="expiry_cleared")
    post.expires_at, post.expiry_note = None, ""
    _store_expiry(post)
    return post


def _store_expiry(post: Post) -> None:
    post.version += 1
    post.save(update_fields=("expires_at", "expiry_note", "version"))


def _require_may_end(post: Post, editor: Person) -> None:
    require_editor(editor)
    if post.is_gone:
        raise WrongMoment(_("Readers no longer see this post."))
    if post.is_public:
        require_publisher(editor)


def _require_to_come(at: datetime) -> None:
    if at <= timezone.now():
        raise WrongMoment(_("This moment has passed."))


def _require_in_order(published_at: datetime | None, expires_at: datetime | None) -> None:
    if published_at and expires_at and expires_at <= published_at:
        raise Invalid(_("The post would end before readers see it."))


@task
def publish_in_time(post_id: int) -> None:
    _publish(post_id)


@task
def expire_in_time(post_id: int) -> None:
    _expire(post_id)


def publish_due() -> int:
    """Publish every scheduled post whose moment has come; returns how many."""
    return _each(_scheduled(), _publish)


def expire_due() -> int:
    """End every public post whose time is over; returns how many."""
    return _each(_over(), _expire)


def _scheduled() -> PostQuerySet:
    due = Post.objects.filter(state=PostState.SCHEDULED, published_at__lte=timezone.now())
    return due.order_by("published_at", "pk")


def _over() -> PostQuerySet:
    return Post.objects.published().filter(expires_at__lte=timezone.now()).order_by("expires_at")


def _each(due: PostQuerySet, act: Callable[[int], bool]) -> int:
    """One transaction for each: what is wrong with one post keeps no other from its day."""
    done = 0
    for pk in list(due.values_list("pk", flat=True)):
        try:
            done += act(pk)
        except Exception:
            logger.exception("Post %d was not moved at its moment", pk)
    return done


@transaction.atomic
def _publish(pk: int) -> bool:
    post = _locked(_scheduled(), pk)
    if post is None or post.published_at is None:
        return False
    planner = _last_actor(post, *PLANNED)
    try:
        checklist.require(post, at_the_end=True)
    except WrongMoment as lack:
        _hold_back(post, planner, lack.sentence)
        return False
    publishing.show(post, by=planner, at=post.published_at, kind="published_as_planned")
    return True


def _hold_back(post: Post, planner: Person | None, lack: str) -> None:
    """What this site requires was lost since the day was chosen: the editors choose another."""
    steps.move(post, to=PostState.ACCEPTED, by=planner, kind="held_back", message=lack)
    mail.post_held_back(post, lack)
    mail.post_without_day(post)


@transaction.atomic
def _expire(pk: int) -> bool:
    post = _locked(_over(), pk)
    if post is None:
        return False
    note, planner = post.expiry_note, _last_actor(post, "expiry_set")
    steps.move(post, to=PostState.WITHDRAWN, by=planner, kind=steps.UNPUBLISHED, message=note)
    post.expires_at, post.expiry_note = None, ""
    _store_expiry(post)
    mail.whole_post_changed(post, kind="unpublished", text=note)
    return True


def _locked(due: PostQuerySet, pk: int) -> Post | None:
    """The row, if it is still due now that nobody else can change it."""
    rows = due.select_for_update(of=("self",)).select_related("head", "author")
    return rows.filter(pk=pk).first()


def _last_actor(post: Post, *kinds: str) -> Person | None:
    """Who chose the moment; None once their login is deleted."""
    event = post.events.filter(kind__in=kinds).select_related("actor").last()
    return event.actor if event else None
