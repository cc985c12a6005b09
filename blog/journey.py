"""The way of a post from first word to readers: where it stands, and what is asked of whom."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from blog.days import day_in_words
from blog.models import Post, PostState

S = PostState
WAY = (S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.ACCEPTED, S.PUBLISHED)
STANDS_AT = {
    S.CHANGES_REQUESTED: S.IN_REVIEW,
    S.SCHEDULED: S.ACCEPTED,
    S.RETRACTED: S.PUBLISHED,
    S.WITHDRAWN: S.PUBLISHED,
    S.REMOVED: S.PUBLISHED,
}
LABELS: dict[PostState, str | Promise] = {
    S.SUBMITTED: _("Handed in"),
    S.CHANGES_REQUESTED: _("Changes requested ↺"),
}
TO_AUTHOR = {
    S.DRAFT: _("It is your turn: write it, then hand it in. Until then editors leave it to you."),
    S.SUBMITTED: _("An editor will read it. Nothing is asked of you; you get a mail."),
    S.IN_REVIEW: _("An editor is reading it. Nothing is asked of you; you get a mail."),
    S.CHANGES_REQUESTED: _(
        "It is your turn: the editors ask for changes. Read what they say, then hand it in again."
    ),
    S.ACCEPTED: _("It is accepted, and the editors prepare it for readers. You get a mail."),
    S.SCHEDULED: _("It is ready and waits for its day. Nothing is asked of you."),
    S.PUBLISHED: _("Readers can read it. If something in it should change, tell the editors."),
    S.RETRACTED: _("It is retracted: readers see why, and can still read it."),
    S.WITHDRAWN: _("Readers cannot read it now. The editors decide what happens next."),
    S.REMOVED: _("It is removed: readers see why."),
}
TO_EDITOR = {
    S.DRAFT: _("It is the author's turn: it is not handed in yet."),
    S.SUBMITTED: _("It is an editor's turn: it waits to be taken up."),
    S.IN_REVIEW: _("It is an editor's turn: accept it, or ask for changes."),
    S.CHANGES_REQUESTED: _("It is the author's turn: changes are asked for."),
    S.ACCEPTED: _("It is an editor's turn: prepare it for readers and publish it."),
    S.SCHEDULED: _("It waits for its day."),
    S.PUBLISHED: _("Readers can read it. What you save here they see once the edit is published."),
}


@dataclass(frozen=True)
class Stage:
    """One part of the way; `state` is done, now or ahead."""

    label: str
    state: str


@dataclass(frozen=True)
class Journey:
    stages: tuple[Stage, ...]
    asked: str
    by_when: str = ""

    @property
    def now(self) -> str:
        return next((stage.label for stage in self.stages if stage.state == "now"), "")


def journey_of(post: Post, *, for_author: bool) -> Journey:
    """Where the post stands; costs no query."""
    state = PostState(post.state)
    at = WAY.index(STANDS_AT.get(state, state))
    stages = [
        Stage(_label(post, state if number == at else stage), _state(number, at))
        for number, stage in enumerate(WAY)
    ]
    asked = TO_AUTHOR[state] if for_author else TO_EDITOR.get(state, TO_AUTHOR[state])
    return Journey(tuple(stages), str(asked), _by_when(post))


def _by_when(post: Post) -> str:
    """The day by which whoever has the post should be done, if there is one."""
    if post.due_on is None:
        return ""
    said = _("It was due on %(day)s.") if post.is_overdue else _("It is due on %(day)s.")
    return str(said) % {"day": day_in_words(post.due_on)}


def _label(post: Post, state: PostState) -> str:
    if state == S.SCHEDULED and post.published_at:
        return str(_("Appears on %(day)s")) % {"day": day_in_words(post.published_at)}
    return str(LABELS.get(state, state.label))


def _state(number: int, at: int) -> str:
    if number == at:
        return "now"
    return "done" if number < at else "ahead"
