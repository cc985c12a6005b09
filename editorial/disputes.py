"""What can happen to an objection before it is decided: raised, opened, taken up, declined.

Nothing shows on a post until an editor has taken an objection up. Every step is one transaction
with one event, refuses in whole sentences, and is bound to the version that the person saw.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid, NotAllowed, Refusal, WrongMoment
from accounts.roles import require_editor, require_moderator
from blog import passages
from blog.anchoring import Quote
from blog.models import Mark, Passage, PassagePosition, Post
from comments.discussion import NO_TRAIL, Trail
from comments.models import CommentState, PostComment
from editorial import (
    consultations,
    intake,
    limits,
    mail,
    merging,
    plain,
    points,
    replies,
    screening,
    steps,
)
from editorial.models import (
    DeclineReason,
    Dispute,
    DisputeEventKind,
    DisputeState,
    Origin,
)
from editorial.models.dispute import OPEN_STATES
from editorial.points import Objection, Point, Raiser, Target

S, K = DisputeState, DisputeEventKind
KEPT_OUT = (DeclineReason.SPAM, DeclineReason.ABUSE)
KEEPS_ADDRESS = timedelta(days=90)  # after the end, for whoever asks back


class AtPoint(Invalid):
    """One of several points was refused; `index` tells which, `refusal` why."""

    def __init__(self, index: int, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.index = index
        self.refusal = refusal


@transaction.atomic
def raise_dispute(  # noqa: PLR0913  all facts of one act
    post: Post,
    *,
    raiser: Raiser,
    target: Target,
    objection: Objection,
    trail: Trail = NO_TRAIL,
    form_key: UUID | None = None,
    joins: Dispute | None = None,
) -> Dispute:
    """Keep a reader's objection for an editor to read; nothing of it is public.

    The same form sent twice is one objection. Refuses what does not say what is wrong, what has
    no place in the text (`Ambiguous` when it has several), and what is over the
    limits. Whoever left an address gets a receipt with a private link. A task asks
    the spam checker about it, unless it `joins` a public dispute of the same words.
    """
    post = steps.locked(post)
    if form_key and (sent := Dispute.objects.filter(form_key=form_key).first()):
        return sent
    if not post.is_public:
        raise WrongMoment(_("This post is not public."))
    if not plain.line(objection.statement):
        raise Invalid(_("Please say what is wrong and how you know."))
    claim = points.claim_at(post, target)
    limits.require_few(post, raiser)
    dispute = intake.store_raised(
        claim,
        origin=intake.origin_of(post, raiser.person, target),
        raiser=raiser,
        objection=objection,
        key=form_key,
    )
    steps.record(dispute, kind=K.RAISED, by=raiser.person)
    if joins is None:
        screening.begin(dispute, trail)
    else:
        merging.join(dispute, into=joins, target=target)
    mail.received(dispute)
    limits.notice_burst(post)
    return dispute


@transaction.atomic
def open_dispute(
    post: Post,
    *,
    editor: Person,
    point: Point,
    form_key: UUID | None = None,
) -> Dispute:
    """Take a statement under review on our own initiative; the mark shows, the author is told.

    Whoever wrote a letter about it gets a private link and hears the outcome.
    """
    require_editor(editor)
    post = steps.locked(post)
    if form_key and (sent := Dispute.objects.filter(form_key=form_key).first()):
        return sent
    dispute = intake.store_opened(post, editor=editor, point=point, key=form_key)
    replies.ask([dispute], by=editor)
    if point.writer:
        mail.letter_received(dispute)
    mail.opened([dispute])
    return dispute


@transaction.atomic
def open_from_comment(
    comment: PostComment, *, editor: Person, said: Sequence[Point], form_key: UUID | None = None
) -> list[Dispute]:
    """Make one dispute of each point of a comment, all under review at once.

    Each keeps the words of the comment it was made from. The same form sent twice makes them
    once. The commenter and the author get one mail each, naming all. When one point is refused,
    `AtPoint` says which, and none is made.
    """
    require_editor(editor)
    post = steps.locked(comment.post)
    comment = PostComment.objects.select_related("user").get(pk=comment.pk)
    keys = [uuid5(form_key, str(at)) if form_key else None for at in range(len(said))]
    if form_key and (sent := list(Dispute.objects.filter(form_key__in=keys))):
        return sent
    _require_published(comment)
    if not said:
        raise Invalid(_("Please describe at least one point of the comment."))
    made: list[Dispute] = []
    for at, point in enumerate(said):
        try:
            made.append(_open_from(comment, post, editor=editor, point=point, key=keys[at]))
        except Refusal as refusal:
            raise AtPoint(at, refusal) from refusal
    replies.ask(made, by=editor)
    mail.opened(made)
    return made


@transaction.atomic
def raise_from_comment(
    comment: PostComment, *, raiser: Raiser, said: Sequence[Point], form_key: UUID
) -> list[Dispute]:
    """Keep points of a public comment, as its writer sets them apart, for an editor to read.

    Nothing of it is public. The same form sent twice makes them once; one receipt names all. A form
    counts once for the day, and each point among those that are open. When one point is refused,
    `AtPoint` says which, and none is made. No spam checker is asked: the words are the comment's.
    """
    post = steps.locked(comment.post)
    comment = PostComment.objects.select_related("user").get(pk=comment.pk)
    keys = [uuid5(form_key, str(at)) for at in range(len(said))]
    if sent := list(Dispute.objects.filter(form_key__in=keys).oldest_first()):
        return sent
    if raiser.person != comment.user:
        raise NotAllowed(_("Only whoever wrote a comment reports errors with it."))
    _require_published(comment)
    if not post.is_public:
        raise WrongMoment(_("This post is not public."))
    if not said:
        raise Invalid(_("Please describe at least one point of the comment."))
    made: list[Dispute] = []
    for at, point in enumerate(said):
        try:
            _require_said(comment, point.quote)
            dispute = intake.store_from_comment(comment, post, point=point, key=keys[at])
            _require_first(dispute)
        except Refusal as refusal:
            raise AtPoint(at, refusal) from refusal
        made.append(dispute)
    limits.require_few(post, raiser, made=len(made))
    mail.received_together(made)
    limits.notice_burst(post)
    return made


def _open_from(
    comment: PostComment, post: Post, *, editor: Person, point: Point, key: UUID | None
) -> Dispute:
    _require_said(comment, point.quote)
    point = replace(point, origin=Origin.COMMENT, comment=comment)
    dispute = intake.store_opened(post, editor=editor, point=point, key=key)
    _require_first(dispute)
    return dispute


def _require_first(dispute: Dispute) -> None:
    """Two editors may read the same comment at the same time."""
    others = Dispute.objects.exclude(pk=dispute.pk).filter(
        source_comment=dispute.source_comment,
        comment_quote=dispute.comment_quote,
        claim__passages__exact__in=dispute.claim.passages.values("exact"),
    )
    if others.exists():
        raise WrongMoment(_("A dispute about this was made of these words already."))


@transaction.atomic
def accept(
    dispute: Dispute, *, editor: Person, summary: str, version: int, claim: str = ""
) -> Dispute:
    """Take an objection up: the passage is marked, and readers see the neutral summary.

    Needs the summary, a place that stands in the text, and the version that the editor saw. The
    raiser and the author are told.
    """
    require_editor(editor)
    steps.require_awake(steps.locked(dispute.claim.post))
    _require_places(dispute)
    take_up(dispute, editor=editor, summary=summary, version=version, at=timezone.now())
    points.restate(dispute.claim, claim)
    points.mark(dispute.claim, Mark.DISPUTED, reference=dispute.public_id)
    replies.ask([dispute], by=editor)
    mail.opened([dispute])
    return dispute


def take_up(dispute: Dispute, *, editor: Person, summary: str, version: int, at: datetime) -> None:
    """Only the step itself, for whoever marks the words and tells people together with it."""
    _require_comment_judged(dispute)
    steps.move(
        dispute,
        K.ACCEPTED,
        version=version,
        by=editor,
        public_summary=points.summary_of(summary),
        taken_up_at=at,
        assigned_to=editor,
    )


@transaction.atomic
def decline(
    dispute: Dispute, *, editor: Person, because: DeclineReason, sentence: str, version: int
) -> Dispute:
    """Do not take an objection up: nothing becomes public, the raiser is told why.

    A reason from the list and a sentence are needed. That a statement is right is no reason: it
    is a finding, and public. A moderator may keep spam and abuse out. Whoever raised what was
    merged into it is told too; what was merged into spam or abuse stands on its own again.
    """
    if because in KEPT_OUT:
        require_moderator(editor)
    else:
        require_editor(editor)
    if not plain.line(sentence):
        raise Invalid(_("Please give the reader a sentence on why this is not taken up."))
    steps.move(
        dispute,
        K.DECLINED,
        version=version,
        by=editor,
        message=plain.paragraphs(sentence),
        declined_because=because,
        closed_at=timezone.now(),
    )
    if because in KEPT_OUT:
        merging.release(dispute)
    mail.declined(dispute, plain.paragraphs(sentence))
    return dispute


@transaction.atomic
def withdraw(dispute: Dispute, *, version: int) -> Dispute:
    """Let a raiser take back an objection that nobody has taken up; called by private link only."""
    if dispute.state == S.UNDER_REVIEW:
        raise WrongMoment(
            _("An editor is checking this statement already, and will tell readers the result.")
        )
    steps.move(
        dispute,
        K.WITHDRAWN,
        version=version,
        by=dispute.raised_by,
        closed_at=timezone.now(),
    )
    merging.release(dispute)
    return dispute


def forget_raisers() -> int:
    """Blank the addresses of people who were told the outcome 90 days ago; returns how many.

    The name stays only where its owner wants to be thanked. Colleagues who were asked are forgotten
    as well.
    """
    long_ago = timezone.now() - KEEPS_ADDRESS
    ended = Q(closed_at__lt=long_ago) | Q(merged_into__closed_at__lt=long_ago)
    closed = Dispute.objects.filter(pk__in=Dispute.objects.filter(ended).values("pk"))
    closed.filter(wants_credit=False).exclude(raiser_name="").update(raiser_name="")
    raisers = closed.exclude(contact_email="").update(contact_email="")
    return raisers + consultations.forget(closed_before=long_ago)


@transaction.atomic
def place(
    dispute: Dispute, *, editor: Person, passage: Passage, quote: Quote, version: int
) -> PassagePosition:
    """Say where the words of an open objection stand now, after an edit has lost them."""
    require_editor(editor)
    steps.locked(dispute.claim.post)
    if not dispute.claim.passages.filter(pk=passage.pk).exists():
        raise Invalid(_("This passage belongs to another dispute."))
    if dispute.state not in OPEN_STATES:
        raise WrongMoment(_("This dispute is closed."))
    position = passages.place(passage, editor=editor, quote=quote)
    steps.move(dispute, K.PLACED, version=version, by=editor)
    return position


def _require_published(comment: PostComment) -> None:
    if comment.state != CommentState.PUBLISHED:
        raise WrongMoment(_("This comment is not public, so nothing can be made of it."))


def _require_said(comment: PostComment, quote: str) -> None:
    if not quote.strip():
        raise Invalid(_("Please quote the words of the comment."))
    if not plain.stands_in(quote, comment.html):
        raise Invalid(_("These words do not stand in the comment."))


def _require_comment_judged(dispute: Dispute) -> None:
    comment = dispute.source_comment
    if comment is not None and comment.state == CommentState.HELD:
        raise WrongMoment(_("The comment this came from waits for a moderator."))


def _require_places(dispute: Dispute) -> None:
    if points.lost_places(dispute.claim):
        raise WrongMoment(
            _("The words are no longer in the text: please say first where they stand now.")
        )
