"""What readers and editors can do with a published comment besides answering it.

A reader gives it respect, once, and may take that back; an editor features it. The number of
respects on a comment always equals a recount: it changes in the transaction that changes the rows.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Conflict, NotAllowed, WrongMoment
from accounts.roles import require_editor
from blog.models import Post
from comments import fragments, participants
from comments.models import Browser, CommentState, EventKind, Participant, PostComment, Respect
from comments.moderation import Why, record

Reader = Person | Browser


@transaction.atomic
def respect(comment: PostComment, *, by: Reader | None) -> PostComment:
    """Say quietly that a comment is worth reading; a second time changes nothing.

    For people who are signed in, and for guests who proved their address in this browser. Nobody
    respects a comment of their own.
    """
    participant = _participant(by)
    comment = _published(comment)
    if _is_own(comment, participant):
        raise NotAllowed(_("This is your own comment."))
    _given, is_new = Respect.objects.get_or_create(comment=comment, participant=participant)
    return _counted(comment, 1) if is_new else comment


@transaction.atomic
def take_back(comment: PostComment, *, by: Reader | None) -> PostComment:
    """Take one's respect back; without having given it nothing changes."""
    participant = _participant(by)
    comment = _locked(comment)
    deleted, _rows = Respect.objects.filter(comment=comment, participant=participant).delete()
    return _counted(comment, -1) if deleted else comment


@transaction.atomic
def take_all_back(participant: Participant) -> list[int]:
    """Somebody leaves, and their respects with them; returns the comments to draw again."""
    Participant.objects.select_for_update().get(pk=participant.pk)  # who gives no more meanwhile
    pks = list(participant.respects.order_by("comment").values_list("comment", flat=True))
    participant.respects.all().delete()
    PostComment.objects.filter(pk__in=pks).update(respects=F("respects") - 1)
    return pks


def has_respected(comment: PostComment, *, by: Reader | None) -> bool:
    """Whether this reader gave it; asking makes nobody known."""
    if isinstance(by, Person):
        return Respect.objects.filter(comment=comment, participant__person=by).exists()
    if by is None or by.proved_at is None:
        return False
    return Respect.objects.filter(comment=comment, participant=by.participant_id).exists()


def may_respect(comment: PostComment, *, by: Reader | None) -> bool:
    """Whether the page should offer it to this reader."""
    if isinstance(by, Person):
        own = comment.participant and comment.participant.person_id == by.pk
        return not own and comment.user_id != by.pk
    return by is not None and by.proved_at is not None and not _is_own(comment, by.participant)


@transaction.atomic
def feature(comment: PostComment, *, editor: Person) -> PostComment:
    """Let a published comment stand out; refuses when it does already."""
    require_editor(editor)
    comment = _published(comment)
    if comment.featured_at is not None:
        raise Conflict(_("This comment is featured already."))
    comment.featured_at = timezone.now()
    return _drawn(comment, editor, _("Featured."))


@transaction.atomic
def unfeature(comment: PostComment, *, editor: Person) -> PostComment:
    """Let it stand among the others again; refuses when it does already."""
    require_editor(editor)
    comment = _locked(comment)
    if comment.featured_at is None:
        raise Conflict(_("This comment is not featured."))
    comment.featured_at = None
    return _drawn(comment, editor, _("No longer featured."))


def _participant(by: Reader | None) -> Participant:
    if isinstance(by, Person):
        return participants.of(by)
    if by is None or by.proved_at is None:
        raise NotAllowed(_("Please sign in, or confirm your address in this browser first."))
    return by.participant


def _is_own(comment: PostComment, participant: Participant) -> bool:
    by_login = comment.user_id is not None and comment.user_id == participant.person_id
    return by_login or comment.participant_id == participant.pk


def _published(comment: PostComment) -> PostComment:
    comment = _locked(comment)
    if comment.state != CommentState.PUBLISHED:
        raise WrongMoment(_("This comment is not shown any more."))
    return comment


def _locked(comment: PostComment) -> PostComment:
    """The comment as it is now; its fragment is drawn by one at a time."""
    Post.objects.select_for_update(no_key=True).only("pk").get(pk=comment.post_id)
    return fragments.for_showing(PostComment.objects.all()).get(pk=comment.pk)


def _counted(comment: PostComment, step: int) -> PostComment:
    PostComment.objects.filter(pk=comment.pk).update(respects=F("respects") + step)
    comment.refresh_from_db(fields=("respects",))
    fragments.draw(comment)
    comment.save(update_fields=fragments.FIELDS)
    return comment


def _drawn(comment: PostComment, editor: Person, reason: str) -> PostComment:
    fragments.draw(comment)
    comment.save(update_fields=("featured_at", *fragments.FIELDS))
    state, why = comment.state, Why(reason)
    record(comment, kind=EventKind.FEATURED, actor=editor, before=state, why=why)
    return comment
