"""Deciding: what an editor found and what was done, in one transaction with all that follows.

New text, notice, mark, editor's note, answer in the discussion, record and mails happen together
or not at all, and only on the revision and the versions that the editor saw.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, Refusal
from accounts.roles import require_editor
from blog import notes, notices, passages, publishing, removal, retraction
from blog.anchoring import Quote, Span, context
from blog.models import (
    Mark,
    NoteKind,
    Notice,
    NoticeKind,
    Passage,
    Post,
    Revision,
    Severity,
)
from blog.models.notice import NoticeQuerySet
from blog.models.passage import PassageField
from blog.rewording import Answer
from comments import discussion
from comments.models import PostComment
from editorial import concerns, consultations, disputes, plain, points, steps, telling
from editorial.models import Decision, DisputeEventKind, FollowUp, Remedy
from editorial.replaced import replacement
from editorial.rulings import (
    GRAVE,
    KINDS,
    LABELS,
    MARKS,
    AtCase,
    Case,
    require_as_seen,
    require_sound,
)

LONGEST_REASON = 300  # characters, of a revision
_QUOTABLE = frozenset({PassageField.BODY, PassageField.TITLE, PassageField.SUMMARY})


@dataclass(frozen=True)
class Edit:
    """The post in new words; an empty title leaves the one there is.

    `waiting` says that they were made of the unpublished edit of the post, as of that version.
    """

    body: str
    title: str = ""
    waiting: int | None = None


@dataclass(frozen=True)
class _Ground:
    """What the decisions stand on: the text before, the text after, who decides, and when.

    With new words it is the moment of their revision, which tells it from a later edit.
    """

    post: Post
    editor: Person
    base: Revision
    result: Revision
    at: datetime


@transaction.atomic
def decide(
    cases: Sequence[Case],
    *,
    editor: Person,
    base: Revision,
    edit: Edit | None = None,
    answer: str = "",
) -> list[Decision]:
    """Decide one or several disputes about one post at once; one decision, one log entry each.

    `base` is the revision the editor looked at. With `edit` the text becomes the next revision,
    labelled by the gravest remedy; `answer` is published under the comments they came from. Whoever
    raised them and the author get one mail each once it can no longer be taken back (`undoing`).
    What nobody has taken up yet is taken up by it, with two events. When one case is refused,
    `AtCase` says which.
    Refuses with `Conflict` when the text or a dispute has changed since; then nothing is done.
    """
    require_editor(editor)
    post = _one_post(cases)
    steps.require_awake(post)
    if post.head_id != base.pk:
        raise Conflict(_("Another revision was published after you opened this dispute."))
    for index, case in enumerate(cases):
        require_as_seen(case)
        with _at(index):
            require_sound(case, editor=editor, post=post, is_edited=edit is not None)
    _require_alone(cases)
    result = _reword(cases, post, editor, base, edit)
    at = result.created_at if edit else timezone.now()
    ground = _Ground(post, editor, base, result, at)
    made = []
    for index, case in enumerate(cases):
        with _at(index):
            made.append(_decide(case, ground))
    _answer(cases, made[0], editor=editor, text=answer)
    telling.plan(made)
    return made


def answer_key(decision: Decision, comment: PostComment) -> UUID:
    """What marks the official answer under a comment that a decision brought with it."""
    return uuid5(NAMESPACE_URL, f"corrigible:decision:{decision.pk}:{comment.pk}")


@contextmanager
def _at(index: int) -> Iterator[None]:
    """Say at which case something was refused."""
    try:
        yield
    except Refusal as refusal:
        raise AtCase(index, refusal) from refusal


def _one_post(cases: Sequence[Case]) -> Post:
    posts = {case.claim.post_id for case in cases}
    if len(posts) != 1 or len({case.claim.pk for case in cases}) != len(cases):
        raise Invalid(_("Please decide about different statements of one post."))
    return steps.locked(cases[0].claim.post)


def _require_alone(cases: Sequence[Case]) -> None:
    """What is done to a post as a whole leaves nothing to be done to other words of it."""
    if len(cases) > 1 and any(case.remedy in GRAVE for case in cases):
        raise Invalid(_("A retraction or a removal is decided alone, not with other statements."))


def _reword(
    cases: Sequence[Case], post: Post, editor: Person, base: Revision, edit: Edit | None
) -> Revision:
    """Publish the new words, if there are any, and keep the passages on what replaced them."""
    if edit is None:
        return base
    remedies = [remedy for remedy in LABELS if any(case.remedy == remedy for case in cases)]
    if not remedies:
        raise Invalid(_("You changed the words of the post, but decided to change nothing."))
    gravest = next(case for case in cases if case.remedy == remedies[0])
    revision = publishing.reword(
        post,
        by=editor,
        body=edit.body,
        title=edit.title,
        label=LABELS[remedies[0]],
        reason=plain.shortened(gravest.notice, LONGEST_REASON),
        base=base,
        waiting=edit.waiting,
        answer=Answer(decided=_passages_of(cases)),
    )
    for case in cases:
        for position in points.lost_places(case.claim):
            _follow(position.passage, editor=editor, base=base, result=revision)
    return revision


def _passages_of(cases: Sequence[Case]) -> frozenset[int]:
    claims = [case.claim for case in cases]
    return frozenset(Passage.objects.filter(claims__in=claims).values_list("pk", flat=True))


def _follow(passage: Passage, *, editor: Person, base: Revision, result: Revision) -> None:
    """The decision replaced these words: the passage stands on the new ones, if they are found."""
    old = passage.positions.filter(revision=base).first()
    if old is None or old.start is None or old.end is None:
        return
    span = replacement(base.text, result.text, Span(old.start, old.end))
    if span is None:
        return
    prefix, suffix = context(result.text, span.start, span.end)
    quote = Quote(result.text[span.start : span.end], prefix, suffix, span.start)
    with suppress(Invalid):  # then it stays an orphan, and the notice says what it was
        passages.place(passage, editor=editor, quote=quote)


def _decide(case: Case, ground: _Ground) -> Decision:
    passage = points.main_passage(case.claim, ground.base)
    notice = _publish(case, ground, passage) if case.tells_readers else None
    if notice is not None and case.remedy in GRAVE:
        ground = replace(ground, at=_moment_of(notice, ground))
    if notice is not None and case.dispute.withheld_at:
        notices.withhold(Notice.objects.filter(pk=notice.pk), since=case.dispute.withheld_at)
    if notice is not None:
        _supersede_earlier(case, by=notice)
    concerns.settle(case.claim, by=notice, editor=ground.editor, reason=case.reason)
    if plain.line(case.note):
        _set_note(case, ground, passage)
    _mark(case, notice)
    decision = _store(case, ground, notice)
    version = case.version
    if case.dispute.is_unseen:
        disputes.take_up(
            case.dispute, editor=ground.editor, summary=case.summary, version=version, at=ground.at
        )
        version += 1
    steps.move(
        case.dispute,
        DisputeEventKind.DECIDED,
        version=version,
        by=ground.editor,
        decision=decision,
        closed_at=timezone.now(),
    )
    return decision


def _mark(case: Case, notice: Notice | None) -> None:
    """What readers see at the words now; a notice of an earlier decision that stands is kept."""
    told = notice or _earlier(case).first()
    mark = MARKS.get(NoticeKind(told.kind), Mark.NONE) if told else Mark.NONE
    points.mark(case.claim, mark, reference=told.public_id if told and mark else "")


def _supersede_earlier(case: Case, *, by: Notice) -> None:
    """A dispute that was opened again is answered anew: the old notice says by which.

    A retraction is about more than this statement: it stands until the publisher takes it back.
    """
    earlier = _earlier(case).exclude(pk=by.pk)
    if by.kind != NoticeKind.REMOVAL:
        earlier = earlier.exclude(kind=NoticeKind.RETRACTION)
    for notice in earlier:
        notices.supersede(notice, by=by)


def _earlier(case: Case) -> NoticeQuerySet:
    """Notices of earlier decisions about the same claim that are in force."""
    return Notice.objects.standing().filter(decision__disputes__claim=case.claim)


def _publish(case: Case, ground: _Ground, passage: Passage) -> Notice:
    """The notice, and with it what is done to the post as a whole."""
    text = plain.paragraphs(case.notice)
    post, editor = ground.post, ground.editor
    if case.remedy == Remedy.REMOVAL:
        return removal.remove(post, by=editor, text=text, version=post.version, tells_author=False)
    if case.remedy == Remedy.RETRACTION:
        return retraction.retract(
            post,
            by=editor,
            text=text,
            version=post.version,
            statement=case.claim.statement,
            passage=passage,
            sources=_sources(case),
            tells_author=False,
        )
    return _tell(case, ground, passage)


def _moment_of(notice: Notice, ground: _Ground) -> datetime:
    """That of the version which a retraction makes; a removal makes none."""
    is_new = notice.revision_after_id != ground.base.pk
    return notice.revision_after.created_at if is_new else ground.at


def _sources(case: Case) -> list[dict[str, str]]:
    return [{"title": str(source), "url": source.url} for source in case.dispute.evidence.all()]


def _tell(case: Case, ground: _Ground, passage: Passage) -> Notice:
    before, after = _before_and_after(passage, ground)
    if case.remedy == Remedy.CORRECTION and before == after and passage.field in _QUOTABLE:
        raise Invalid(_("These words are the same as before: a correction changes them."))
    facts = notices.NoticeFacts(
        kind=KINDS[case.remedy],
        severity=Severity.SIGNIFICANT if case.remedy == Remedy.CONCERN else case.severity,
        text=plain.paragraphs(case.notice),
        statement=case.claim.statement,
        passage=passage,
        before=before if before != after else "",
        after=after if before != after else "",
        revision_before=ground.base,
        revision_after=ground.result if before != after else ground.base,
        sources=_sources(case),
    )
    return notices.publish_notice(ground.post, editor=ground.editor, facts=facts)


def _before_and_after(passage: Passage, ground: _Ground) -> tuple[str, str]:
    """The words of the passage, or its whole paragraph where only what is around them changed."""
    before = passages.wording(passage, ground.base)
    after = passages.wording(passage, ground.result)
    if before != after or passage.field != PassageField.BODY:
        return before, after
    return _paragraph(passage, ground.base), _paragraph(passage, ground.result)


def _paragraph(passage: Passage, revision: Revision) -> str:
    place = passage.positions.filter(revision=revision).first()
    if place is None or place.start is None or place.end is None:
        return ""
    first = revision.text.rfind("\n", 0, place.start) + 1
    last = revision.text.find("\n", place.end)
    return revision.text[first : last if last >= 0 else len(revision.text)]


def _set_note(case: Case, ground: _Ground, passage: Passage) -> None:
    if not passages.wording(passage, ground.result):
        raise Invalid(_("The words are no longer in the text, so no note can stand beside them."))
    text = plain.paragraphs(case.note)
    notes.write_note(
        ground.post, kind=NoteKind.INLINE, editor=ground.editor, text=text, passage=passage
    )


def _store(case: Case, ground: _Ground, notice: Notice | None) -> Decision:
    follow_up = None
    if case.promises_follow_up:
        follow_up = FollowUp.objects.create(
            claim=case.claim, promised_by=ground.editor, due_on=case.due_on
        )
    decision = Decision.objects.create(
        number=1 + Decision.objects.in_force().filter(disputes__claim=case.claim).count(),
        finding=case.finding,
        remedy=case.remedy,
        reason_public=plain.paragraphs(case.reason),
        decided_by=ground.editor,
        decided_at=ground.at,
        base_revision=ground.base,
        result_revision=_changed_in(notice),
        notice=notice,
        earlier_notice=case.earlier_notice,
        follow_up=follow_up,
        consulted=consultations.number_asked(case.dispute) if case.tells_consulted else 0,
    )
    decision.disputes.set([case.dispute])
    return decision


def _changed_in(notice: Notice | None) -> Revision | None:
    """The revision that changed the words of this claim; a note beside them changes none."""
    if notice is None or notice.revision_after == notice.revision_before:
        return None
    return notice.revision_after


def _answer(cases: Sequence[Case], first: Decision, *, editor: Person, text: str) -> None:
    """Say it in the discussion too: under every comment that the disputes came from, once."""
    if not plain.line(text):
        return
    comments = {case.dispute.source_comment_id: case.dispute.source_comment for case in cases}
    asked = [comment for comment in comments.values() if comment is not None]
    if not asked:
        raise Invalid(_("There is no comment to answer under."))
    for comment in asked:
        key = answer_key(first, comment)
        discussion.answer(comment, editor=editor, text=plain.paragraphs(text), key=key)
