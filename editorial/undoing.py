"""Taking a decision back before anybody was told: everything it did is undone, nothing is lost.

What was decided together is taken back together. The notice keeps its address and says what
happened to it; the words are set back by a revision of their own.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import WrongMoment
from accounts.roles import require_editor
from blog import notes, notices, passages, publishing, removal, retraction
from blog.models import EditLabel, EditorNote, Mark, Passage, Post
from blog.rewording import Answer
from comments import moderation
from comments.models import CommentState, PostComment
from editorial import concerns, follow_ups, mail, points, steps
from editorial.decisions import answer_key
from editorial.models import Decision, DisputeEventKind, FollowUpState, Remedy
from editorial.models.decision import DecisionQuerySet
from editorial.rulings import GRAVE
from editorial.telling import can_be_undone_until


def until(decision: Decision | None) -> datetime | None:
    """How long it can be taken back, as far as the row alone can tell; None when it cannot."""
    if decision is None or decision.told_at or decision.undone_at:
        return None
    end = can_be_undone_until(decision)
    return end if timezone.now() < end else None


@transaction.atomic
def undo(decision: Decision, *, editor: Person) -> list[Decision]:
    """Take back a decision and those made with it, as if they had not been made.

    The disputes are under review again. Refuses when people were told or the time is over, when
    it was taken back already, and when the post or a dispute has moved on since.
    """
    require_editor(editor)
    post = steps.locked(decision.base_revision.post)
    together = list(_with_all(decision))
    _require_in_time(together)
    _require_nothing_since(together, post)
    Decision.objects.filter(pk__in=[one.pk for one in together]).update(undone_at=timezone.now())
    _remove_answers(together, editor)
    for one in together:  # before the words are back: they undo no correction that stands
        if one.notice is not None:
            notices.take_back(one.notice, editor=editor)
    if decision.remedy in GRAVE:
        _set_post_back(decision, post, editor)
    else:
        _set_words_back(decision, post, editor, about=_passages_of(together))
    for one in together:
        _take_back(one, editor)
    _tell_of_review(together)
    return together


def _tell_of_review(together: Sequence[Decision]) -> None:
    """What was decided at once is under review for the first time now: nobody has heard of it."""
    disputes = [dispute for one in together for dispute in one.disputes.all()]
    first = [one for one in disputes if one.taken_up_at == together[0].decided_at]
    if first:
        mail.opened(first)


def _with_all(decision: Decision) -> DecisionQuerySet:
    locked = Decision.objects.select_for_update(of=("self",)).made_with(decision)
    return locked.select_related("notice__post", "follow_up").prefetch_related("disputes__claim")


def _reason() -> str:
    return _("A decision was taken back before anybody was told.")


def _require_in_time(together: Sequence[Decision]) -> None:
    if any(one.undone_at for one in together):
        raise WrongMoment(_("This decision was taken back already."))
    if not all(until(one) for one in together):
        raise WrongMoment(
            _("It is too late to take this back: people are told of it. Open the dispute again.")
        )


def _require_nothing_since(together: Sequence[Decision], post: Post) -> None:
    first = together[0]
    is_reworded = post.head is not None and post.head.created_at == first.decided_at
    if post.head_id != first.base_revision_id and not is_reworded:
        raise WrongMoment(_("The post was edited after this decision: it cannot be taken back."))
    for one in together:
        if any(dispute.decision_id != one.pk for dispute in one.disputes.all()):
            raise WrongMoment(_("Somebody has worked on the dispute since it was decided."))
        if one.follow_up and one.follow_up.state == FollowUpState.PUBLISHED:
            raise WrongMoment(_("The follow-up was published already, and people were told."))


def _passages_of(together: Sequence[Decision]) -> frozenset[int]:
    of_them = Passage.objects.filter(claims__disputes__decisions__in=together)
    return frozenset(of_them.values_list("pk", flat=True))


def _set_words_back(
    decision: Decision, post: Post, editor: Person, *, about: frozenset[int]
) -> None:
    if post.head is None or post.head_id == decision.base_revision_id:
        return
    base, head = decision.base_revision, post.head
    back = publishing.reword(
        post,
        by=editor,
        title=base.title,
        body=base.body_html,
        label=EditLabel(head.label),
        reason=_reason(),
        base=head,
        answer=Answer(decided=about),
    )
    passages.stand_as_before(base, back)


def _set_post_back(decision: Decision, post: Post, editor: Person) -> None:
    """Such a decision was made alone."""
    if decision.remedy == Remedy.REMOVAL:
        removal.take_back(post, by=editor)
    else:
        retraction.take_back(post, by=editor, reason=_reason())


def _take_back(decision: Decision, editor: Person) -> None:
    for dispute in decision.disputes.all():
        _withdraw_notes(decision, dispute.claim_id, editor)
        points.mark(dispute.claim, Mark.DISPUTED, reference=dispute.public_id)
        concerns.unsettle(decision, dispute.claim)
    if decision.follow_up and decision.follow_up.state == FollowUpState.PROMISED:
        follow_ups.drop(decision.follow_up, editor=editor, reason=_reason())
    for dispute in decision.disputes.all():
        steps.move(
            dispute,
            DisputeEventKind.UNDONE,
            version=dispute.version,
            by=editor,
            told=_reason(),
            decision=None,
            closed_at=None,
        )


def _withdraw_notes(decision: Decision, claim_id: int, editor: Person) -> None:
    """Notes that came with the decision; there was none at their passage before."""
    written = EditorNote.objects.standing().filter(
        passage__claims=claim_id, created_at__gte=decision.decided_at
    )
    for note in written.select_related("passage"):
        notes.take_back_note(note, editor=editor)


def _remove_answers(together: Sequence[Decision], editor: Person) -> None:
    asked = {dispute.source_comment for one in together for dispute in one.disputes.all()}
    keys = [answer_key(together[0], comment) for comment in asked if comment is not None]
    answers = PostComment.objects.filter(form_key__in=keys, state=CommentState.PUBLISHED)
    for answer in answers:
        moderation.remove(answer, moderator=editor, reason=_reason())
