"""How an objection becomes rows; called by the rules in `disputes`, inside their transaction."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid, WrongMoment
from blog.models import Mark, Post
from comments.models import PostComment
from editorial import plain, points, steps
from editorial.models import (
    Claim,
    Dispute,
    DisputeEventKind,
    DisputeState,
    Evidence,
    Origin,
)
from editorial.points import Objection, Point, Raiser, Source, Target

LONGEST_STATEMENT = 4_000  # characters


def store_raised(
    claim: Claim, *, origin: Origin, raiser: Raiser, objection: Objection, key: UUID | None
) -> Dispute:
    """Keep a reader's objection as it was typed; the name of an account is not copied."""
    person = raiser.person
    dispute = Dispute.objects.create(
        claim=claim,
        origin=origin,
        raised_by=person,
        raiser_name="" if person else plain.line(raiser.name)[:100],
        contact_email="" if person else raiser.email.strip(),
        wants_credit=raiser.wants_credit,
        grounds=objection.grounds,
        statement=plain.paragraphs(objection.statement)[:LONGEST_STATEMENT],
        wanted=plain.paragraphs(objection.wanted)[:LONGEST_STATEMENT],
        form_key=key,
    )
    keep_sources(dispute, objection.sources)
    return dispute


def store_from_comment(comment: PostComment, post: Post, *, point: Point, key: UUID) -> Dispute:
    """Keep what a commenter says is wrong, in the words of the comment; nothing of it shows.

    Name and address stay with the comment alone.
    """
    dispute = Dispute.objects.create(
        claim=points.claim_at(post, point.target),
        origin=Origin.COMMENT,
        source_comment=comment,
        comment_quote=point.quote.strip(),
        raised_by=comment.user,
        grounds=point.grounds,
        statement=point.quote.strip()[:LONGEST_STATEMENT],
        form_key=key,
    )
    keep_sources(dispute, point.sources)
    steps.record(dispute, kind=DisputeEventKind.RAISED, by=comment.user)
    return dispute


def store_opened(
    post: Post,
    *,
    editor: Person,
    point: Point,
    key: UUID | None,
) -> Dispute:
    """Keep an objection that is under review from the start, and mark its passages."""
    if not post.is_public:
        raise WrongMoment(_("This post is not public."))
    summary = points.summary_of(point.summary)
    claim = points.claim_at(post, point.target, statement=point.claim, by_editor=True)
    writer = point.writer
    dispute = Dispute.objects.create(
        claim=claim,
        origin=point.origin,
        source_comment=point.comment,
        comment_quote=point.quote.strip(),
        raised_by=None if writer else point.comment.user if point.comment else editor,
        raiser_name=plain.line(writer.name)[:100] if writer else "",
        contact_email=writer.email.strip() if writer else "",
        wants_credit=writer.wants_credit if writer else False,
        grounds=point.grounds,
        state=DisputeState.UNDER_REVIEW,
        public_summary=summary,
        taken_up_at=timezone.now(),
        assigned_to=editor,
        form_key=key,
    )
    keep_sources(dispute, point.sources)
    points.mark(claim, Mark.DISPUTED, reference=dispute.public_id)
    steps.record(dispute, kind=DisputeEventKind.OPENED, by=editor)
    return dispute


def keep_sources(dispute: Dispute, sources: Sequence[Source]) -> None:
    """Keep web addresses as they were given; refuses any other kind of address."""
    for source in sources:
        if not source.url.startswith(("https://", "http://")):
            raise Invalid(_("A source is a web address that begins with https:// or http://."))
        Evidence.objects.create(
            dispute=dispute,
            url=source.url,
            title=plain.line(source.title)[:200],
            stance=source.stance,
        )


def origin_of(post: Post, person: Person | None, target: Target) -> Origin:
    """Whether the author or somebody else asks, and how they pointed at it."""
    if person is not None and Post.objects.written_by(person).filter(pk=post.pk).exists():
        return Origin.AUTHOR
    return Origin.SELECTION if target.is_selected else Origin.FORM
