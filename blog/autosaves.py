"""Words that were typed and not saved: kept, offered again, put back or thrown away.

They are a person's own, are never a revision, and change nothing that others see. A page opened
for writing is a sitting: what two devices keep does not replace each other.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Person
from blog import pasting, steps, workflow
from blog.models import Autosave, Post
from blog.workflow import Draft

MOST_SITTINGS = 5  # of one person in one post; the oldest ones go
KEPT_FOR = timedelta(days=90)


@transaction.atomic
def keep(post: Post, *, by: Person, draft: Draft, version: int, sitting: str) -> Autosave | None:
    """Keep what was typed beside the post; None when that is what the post holds anyway.

    What is kept already stays as it is. Refuses whoever may not write the post now. `version` is
    the one they had opened.
    """
    workflow.require_write(post, by=by)
    mine = _of(post, by)
    if _says(post) == (draft.title, draft.summary, draft.body):
        mine.filter(sitting=sitting).delete()
        return None
    words = {"title": draft.title, "summary": draft.summary, "body": draft.body}
    if same := mine.filter(sitting=sitting, **words).first():
        return same
    facts = words | {"base_version": version, "at": timezone.now()}
    kept, _made = Autosave.objects.update_or_create(
        post=post, person=by, sitting=sitting, defaults=facts
    )
    newest = list(mine.values_list("pk", flat=True)[:MOST_SITTINGS])
    mine.exclude(pk__in=newest).delete()
    return kept


def waiting(post: Post, person: Person) -> Autosave | None:
    """The newest words of this person that are not in the post; one query when there are none."""
    for kept in _of(post, person):
        if _says(post) != (kept.title, kept.summary, pasting.clean(kept.body)):
            return kept
    return None


def words_of(kept: Autosave) -> Draft:
    """What was typed, clean enough to be shown."""
    return Draft(title=kept.title, summary=kept.summary, body=pasting.clean(kept.body))


@transaction.atomic
def save(  # noqa: PLR0913  the words, and what becomes of those that they replace
    post: Post, *, by: Person, draft: Draft, version: int, sitting: str, is_over: bool = False
) -> Post:
    """Save the working text as `workflow.write` does; what was kept of this sitting has served.

    With `is_over` the person has seen words that were saved meanwhile and replaces them: those are
    kept for whoever wrote them, who may be they themselves in another window.
    """
    now = steps.locked(post)
    if is_over and now.version == version and now.saved_by is not None:
        _keep_for_their_writer(now)
    post = workflow.write(post, by=by, draft=draft, version=version)
    _of(post, by).filter(sitting=sitting).delete()
    return post


def _keep_for_their_writer(post: Post) -> None:
    Autosave.objects.update_or_create(
        post=post,
        person=post.saved_by,
        sitting=f"version-{post.version}",
        defaults={
            "title": post.title,
            "summary": post.summary,
            "body": post.body,
            "base_version": post.version,
        },
    )


def throw_away(post: Post, *, by: Person, pk: int) -> None:
    """Forget words of one's own; those of others are not found."""
    _of(post, by).filter(pk=pk).delete()


def forget_old() -> int:
    """Forget what nobody asked for in ninety days; says how many."""
    return Autosave.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()[0]


def _of(post: Post, person: Person) -> QuerySet[Autosave]:
    return Autosave.objects.filter(post=post, person=person)


def _says(post: Post) -> tuple[str, str, str]:
    return (post.title, post.summary, post.body)
