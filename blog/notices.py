"""What can happen to a notice: published, superseded, taken back, lifted, withheld."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.profiles import byline_of
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from accounts.roles import is_editor
from blog.models import Notice, NoticeKind, NoticeState, Passage, Post, Revision, Severity
from blog.models.notice import NoticeQuerySet
from blog.models.post import TitleLabel

LONGEST_REASON = 500  # characters, of why a concern was lifted
SAYS_WHAT_CHANGED = frozenset({NoticeKind.CORRECTION, NoticeKind.RETRACTION})


@dataclass(frozen=True)
class NoticeFacts:
    """What a notice says; `sources` are `{"title": str, "url": str}`."""

    kind: NoticeKind
    text: str
    revision_before: Revision
    revision_after: Revision
    severity: Severity = Severity.MINOR
    statement: str = ""
    passage: Passage | None = None
    before: str = ""
    after: str = ""
    sources: list[dict[str, str]] = field(default_factory=list)


@transaction.atomic
def publish_notice(post: Post, *, editor: Person, facts: NoticeFacts) -> Notice:
    """Tell readers; the post counts as updated from now on, since they were told.

    Refuses when the person is no editor, when the post is not public (a removal may be told of
    one that readers no longer see), when there are no words, and when a correction changes nothing.
    """
    if not is_editor(editor):
        raise NotAllowed(_("Only an editor may publish a notice."))
    if not post.is_public and not (post.is_gone and facts.kind == NoticeKind.REMOVAL):
        raise WrongMoment(_("A notice needs a published post."))
    if not facts.text.strip():
        raise Invalid(_("A notice needs words."))
    if facts.kind in SAYS_WHAT_CHANGED and facts.revision_before == facts.revision_after:
        raise Invalid(_("A correction changes the text: please change the words as well."))
    now = timezone.now()
    notice = Notice.objects.create(
        post=post,
        editor=editor,
        byline=byline_of(editor),
        published_at=now,
        **vars(facts),
    )
    Post.objects.filter(pk=post.pk).update(updated_at=now, version=F("version") + 1)
    label_title(post)
    return notice


@transaction.atomic
def supersede(notice: Notice, *, by: Notice) -> None:
    """Let a later notice take the place of an earlier one, which stays readable and says so."""
    if by.post_id != notice.post_id or by.pk == notice.pk:
        raise Invalid(_("A notice is superseded by another one on the same post."))
    changed = Notice.objects.filter(pk=notice.pk, state=NoticeState.PUBLISHED).update(
        state=NoticeState.SUPERSEDED, superseded_by=by
    )
    if not changed:
        raise WrongMoment(_("This notice is no longer in force."))
    label_title(notice.post)


@transaction.atomic
def take_back(notice: Notice, *, editor: Person) -> None:
    """Undo a notice that nobody was told of; its address stays and says so.

    What it had superseded is in force again.
    """
    if not is_editor(editor):
        raise NotAllowed(_("Only an editor may take a notice back."))
    in_force = Notice.objects.standing().filter(pk=notice.pk)
    if not in_force.update(state=NoticeState.TAKEN_BACK):
        raise WrongMoment(_("This notice is no longer in force."))
    notice.supersedes.update(state=NoticeState.PUBLISHED, superseded_by=None)
    label_title(notice.post)


@transaction.atomic
def lift(notice: Notice, *, editor: Person, reason: str) -> None:
    """Take an expression of concern back: it leaves the post, and stays in the log with the reason.

    Other notices are not lifted but superseded, since they tell what happened.
    """
    if not is_editor(editor):
        raise NotAllowed(_("Only an editor may lift a notice."))
    if notice.kind != NoticeKind.CONCERN:
        raise Invalid(_("Only an expression of concern can be lifted."))
    if not reason.strip():
        raise Invalid(_("Please give readers the reason."))
    now = timezone.now()
    changed = Notice.objects.filter(pk=notice.pk, state=NoticeState.PUBLISHED).update(
        state=NoticeState.LIFTED, lifted_at=now, lifted_because=reason.strip()[:LONGEST_REASON]
    )
    if not changed:
        raise WrongMoment(_("This notice is no longer in force."))
    Post.objects.filter(pk=notice.post_id).update(updated_at=now, version=F("version") + 1)


def stand_again(lifted: NoticeQuerySet) -> None:
    """Let concerns stand again whose lifting was undone before anybody was told of it."""
    lifted.filter(state=NoticeState.LIFTED).update(
        state=NoticeState.PUBLISHED, lifted_at=None, lifted_because=""
    )


def withhold(told: NoticeQuerySet, *, since: datetime | None) -> None:
    """Show none of the words of these notices, anywhere; without a moment show them again."""
    told.update(withheld_at=since)


def label_title(post: Post) -> None:
    """Say before the title, wherever it is shown, that a premise was wrong; or no longer say it."""
    wrong = Notice.objects.standing().filter(
        post=post, kind=NoticeKind.CORRECTION, severity=Severity.PREMISE
    )
    label = TitleLabel.CORRECTED if wrong.exists() else TitleLabel.NONE
    Post.objects.filter(pk=post.pk).update(title_label=label)
