"""The author's right of reply: asked when a statement is taken up, heard until it is decided.

The author answers by a personal link, without an account, or an editor types in what they were told
another way. The answer is published with the decision, and so is silence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import ratelimit
from accounts.models import Person
from accounts.refusals import Conflict, Invalid, WrongMoment
from accounts.roles import require_editor
from blog.days import hour_in_words
from blog.models import Post
from editorial import mail, plain, steps
from editorial.models import AuthorReply, Dispute, DisputeEventKind, Origin
from editorial.models.kept import KeptQuerySet

K = DisputeEventKind
A_DAY = 24 * 60 * 60  # seconds
LINKS_A_DAY = 3
REMINDED_BEFORE = timedelta(hours=24)


@dataclass(frozen=True)
class Said:
    """What an author answers: words, or that there will be none, and what wording they agree to."""

    text: str = ""
    has_no_comment: bool = False
    agrees_to: str = ""


def ask(disputes: Sequence[Dispute], *, by: Person) -> None:
    """Give the author of a post time to answer; called where the disputes are taken up.

    Nobody is asked about what they raised or took up themselves, and nobody whom no mail reaches:
    an editor asks them another way, and says so by `invite`.
    """
    if not _is_reached(disputes[0].claim.post, by):
        return
    for dispute in disputes:
        if dispute.origin != Origin.AUTHOR:
            _begin(dispute)


@transaction.atomic
def invite(dispute: Dispute, *, editor: Person, version: int) -> AuthorReply:
    """Ask the author now, from whom nothing was heard: by mail, or by a link that is handed on.

    Refuses while there is an answer, or time for one.
    """
    require_editor(editor)
    steps.locked(dispute.claim.post)
    known = _kept(dispute)
    if known and known.replied_at:
        raise WrongMoment(_("The author has answered already."))
    if known and known.is_running:
        until = hour_in_words(known.due_at)
        raise WrongMoment(_("The author has been asked, and has until %s.") % until)
    steps.move(dispute, K.HEARD, version=version, by=editor)
    reply = _begin(dispute)
    mail.author_asked([dispute])
    return reply


@transaction.atomic
def mail_link(post: Post) -> None:
    """Mail the author a new link, a few times a day at most; called by a link that was theirs."""
    if ratelimit.allow(f"author link:{post.pk}", limit=LINKS_A_DAY, seconds=A_DAY):
        mail.author_link(post)


@transaction.atomic
def propose(dispute: Dispute, *, editor: Person, wording: str, version: int) -> AuthorReply:
    """Offer the author a wording, by mail; an agreement to another one ends.

    The same wording sent twice is one offer.
    """
    require_editor(editor)
    wording = plain.paragraphs(wording)
    if not wording:
        raise Invalid(_("Please write the wording that you propose."))
    steps.locked(dispute.claim.post)
    known = _kept(dispute)
    if known and known.proposed == wording:
        return known
    steps.move(dispute, K.HEARD, version=version, by=editor, message=wording)
    reply = known or _begin(dispute)
    _change(reply, proposed=wording, agreed_at=None)
    mail.author_offered(dispute, reply)
    return reply


@transaction.atomic
def reply(dispute: Dispute, *, author: Person | None, said: Said) -> AuthorReply | None:
    """Keep what the author answers, until it is decided; a later answer takes its place.

    Called by the author's link only. Nothing happens when nothing is different. Refuses when it is
    decided, or when the wording that the author agrees to is no longer the one proposed.
    """
    steps.locked(dispute.claim.post)
    dispute.refresh_from_db()
    known = _kept(dispute)
    facts = _facts(known, said)
    if all(getattr(known, name, "") == fact for name, fact in facts.items()):
        return known
    _require_open(dispute)
    _require_same_wording(known, said)
    steps.move(dispute, K.REPLIED, version=dispute.version, by=author)
    return _change(known or _begin(dispute), **facts, is_passed_on=False)


@transaction.atomic
def pass_on(dispute: Dispute, *, editor: Person, said: Said, version: int) -> AuthorReply:
    """Type in what the author answered another way; readers are told that it was passed on."""
    require_editor(editor)
    if not plain.line(said.text) and not said.has_no_comment:
        raise Invalid(_("Please type in what the author answered."))
    steps.locked(dispute.claim.post)
    _require_open(dispute)
    steps.move(dispute, K.REPLIED, version=version, by=editor)
    known = _kept(dispute)
    facts = _facts(known, said)
    facts.pop("agreed_at")
    return _change(known or _begin(dispute), **facts, is_passed_on=True)


def remind() -> int:
    """Write once to every author who has a day left and has not answered; returns how many mails.

    All that is asked about one post stands in one mail.
    """
    due = unanswered().filter(
        reminded_at=None,
        due_at__lte=timezone.now() + REMINDED_BEFORE,
        due_at__gt=F("asked_at") + REMINDED_BEFORE,  # whoever has less time has just been asked
    )
    posts = due.values_list("dispute__claim__post", flat=True).distinct()
    return sum(_remind(pk, [reply.pk for reply in due]) for pk in list(posts.order_by()))


def unanswered() -> KeptQuerySet[AuthorReply]:
    """Authors who were asked, have time left and said nothing yet."""
    under_review = Dispute.objects.under_review()
    asked = AuthorReply.objects.filter(dispute__in=under_review, replied_at=None)
    return asked.filter(due_at__gt=timezone.now())


@transaction.atomic
def _remind(post_id: int, pks: Sequence[int]) -> int:
    now: datetime = timezone.now()
    theirs = AuthorReply.objects.filter(pk__in=pks, dispute__claim__post=post_id, reminded_at=None)
    chosen = list(theirs.values_list("dispute", flat=True))
    if not theirs.update(reminded_at=now):
        return 0  # another run was faster
    disputes = Dispute.objects.filter(pk__in=chosen).select_related(
        "claim__post__head", "claim__post__author__person"
    )
    return mail.author_reminded(list(disputes.oldest_first()))


def _is_reached(post: Post, by: Person) -> bool:
    return post.author.gets_mail and post.author.person_id != by.pk


def _kept(dispute: Dispute) -> AuthorReply | None:
    return AuthorReply.objects.filter(dispute=dispute).first()


def _begin(dispute: Dispute) -> AuthorReply:
    """The time begins now; whatever was answered before stays."""
    now = timezone.now()
    time = {"asked_at": now, "due_at": now + timedelta(hours=settings.AUTHOR_REPLY_HOURS)}
    begun, _made = AuthorReply.objects.update_or_create(
        dispute=dispute, defaults={**time, "reminded_at": None}
    )
    return begun


def _facts(known: AuthorReply | None, said: Said) -> dict[str, object]:
    """The row as it will be; moments stay when what they are about stays."""
    now, text = timezone.now(), plain.paragraphs(said.text)
    replied_at = now if text or said.has_no_comment else None
    agreed_at = now if said.agrees_to else None
    if known and text == known.text and bool(replied_at) == bool(known.replied_at):
        replied_at = known.replied_at
    if known and known.agreed_at and agreed_at:
        agreed_at = known.agreed_at
    return {"text": text, "replied_at": replied_at, "agreed_at": agreed_at}


def _change(row: AuthorReply, **facts: object) -> AuthorReply:
    for name, fact in facts.items():
        setattr(row, name, fact)
    row.save(update_fields=list(facts))
    return row


def _require_open(dispute: Dispute) -> None:
    if not dispute.is_under_review:
        raise WrongMoment(_("This is no longer under review, so the answer stays as it is."))


def _require_same_wording(known: AuthorReply | None, said: Said) -> None:
    if said.agrees_to and (known is None or said.agrees_to != known.proposed):
        raise Conflict(_("The editors have proposed another wording meanwhile. Please read it."))
