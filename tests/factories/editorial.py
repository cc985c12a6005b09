"""The smallest valid disputes and decisions, made by the real rules; traits are states."""

from datetime import timedelta
from typing import Any

import factory
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.models import Person
from blog.anchoring import Quote
from blog.models import Post
from editorial import decisions, disputes, raisers, telling
from editorial.decisions import Edit
from editorial.models import (
    Decision,
    DeclineReason,
    Dispute,
    DisputeState,
    Finding,
    Grounds,
    Remedy,
)
from editorial.points import Objection, Point, Raiser, Source, Target
from editorial.rulings import Case
from tests.factories.blog import PostFactory, an_editor

BODY = (
    "<p>A repair in the community workshop costs nothing but time.</p>\n"
    "<ul>\n<li>You <strong>do not need</strong> an appointment.</li>\n"
    "<li>There is no extra cost for parts.</li>\n"
    "<li>The mechanics have decades of practice.</li>\n</ul>\n"
    "<p>A bike shop is quicker, and it is closed on Mondays.</p>"
)
APPOINTMENT = "You do not need an appointment"
PARTS = "There is no extra cost for parts"
PRACTICE = "The mechanics have decades of practice"
REASON = "We asked the workshop, which confirmed it in writing."


class WorkshopPostFactory(PostFactory):
    """A published post with three statements that a reader may dispute."""

    title = factory.Sequence(lambda number: f"Workshop or bike shop, part {number}")
    slug = factory.Sequence(lambda number: f"workshop-or-bike-shop-{number}")
    summary = "Where to take a broken bicycle."
    body = BODY
    reach = "published"


def target(words: str, **facts: Any) -> Target:
    return Target(quotes=(Quote(words),), **facts)


def point(words: str = PARTS, **facts: Any) -> Point:
    """An editor's point about words of the text."""
    given = {"grounds": Grounds.CONTEXT, "summary": "The workshop charges for new parts."}
    return Point(target=target(words), **{**given, **facts})


def objection(**facts: Any) -> Objection:
    given = {"grounds": Grounds.ERROR, "statement": "They charged me twelve euros for a chain."}
    return Objection(**{**given, **facts})


class DisputeFactory(factory.django.DjangoModelFactory):
    """A reader's objection that waits for an editor; `under_review`, `declined`, `withdrawn`,
    `unchanged` (decided without any change) and `decided` (a clarification) bring it further."""

    class Meta:
        model = Dispute

    class Params:
        under_review = factory.Trait(reach=DisputeState.UNDER_REVIEW)
        declined = factory.Trait(reach=DisputeState.NOT_ACCEPTED)
        withdrawn = factory.Trait(reach=DisputeState.WITHDRAWN)
        unchanged = factory.Trait(reach="unchanged")
        decided = factory.Trait(reach=DisputeState.RESOLVED)

    post = factory.SubFactory(WorkshopPostFactory)
    words = PARTS
    raiser = factory.LazyFunction(Raiser)
    statement = "They charged me twelve euros for a chain."
    summary = "The workshop charges for new parts."
    sources: tuple[Source, ...] = ()
    editor = factory.LazyFunction(an_editor)
    reach = DisputeState.RECEIVED
    confirms = True  # the address, if one was left

    @classmethod
    def _create(
        cls,
        model_class: type[Dispute],
        *,
        post: Post,
        words: str,
        raiser: Raiser,
        statement: str,
        summary: str,
        sources: tuple[Source, ...],
        editor: Person,
        reach: str,
        confirms: bool,
    ) -> Dispute:
        dispute = disputes.raise_dispute(
            post,
            raiser=raiser,
            target=target(words),
            objection=objection(statement=statement, sources=sources),
        )
        if confirms:
            raisers.confirm(dispute)
        _bring(dispute, reach, editor, summary)
        return Dispute.objects.get(pk=dispute.pk)


def _bring(dispute: Dispute, reach: str, editor: Person, summary: str) -> None:
    if reach == DisputeState.NOT_ACCEPTED:
        disputes.decline(
            dispute,
            editor=editor,
            because=DeclineReason.UNCLEAR,
            sentence="We could not tell what is wrong.",
            version=dispute.version,
        )
    if reach == DisputeState.WITHDRAWN:
        disputes.withdraw(dispute, version=dispute.version)
    if reach in (DisputeState.UNDER_REVIEW, DisputeState.RESOLVED, "unchanged"):
        disputes.accept(dispute, editor=editor, summary=summary, version=dispute.version)
    if reach == "unchanged":
        decide(dispute, editor=editor)
    if reach == DisputeState.RESOLVED:
        decide(dispute, editor=editor, **clarified())


def clarified() -> dict[str, Any]:
    """A clarification that changes the words of the statement about parts."""
    return {
        "finding": Finding.INCOMPLETE,
        "remedy": Remedy.CLARIFICATION,
        "notice": "This post did not say that new parts are charged.",
        "edit": Edit(BODY.replace("no extra cost for parts", "no extra cost for used parts")),
    }


def case(dispute: Dispute, **facts: Any) -> Case:
    """A case as an editor saw it now; by default the statement stands."""
    dispute.refresh_from_db()
    given = {"finding": Finding.STANDS, "remedy": Remedy.NO_CHANGE, "reason": REASON}
    return Case(dispute=dispute, version=dispute.version, **{**given, **facts})


def decide(
    dispute: Dispute, *, editor: Person, edit: Edit | None = None, answer: str = "", **facts: Any
) -> Decision:
    """Decide one dispute on the text that readers see now."""
    [decision] = decide_all([case(dispute, **facts)], editor=editor, edit=edit, answer=answer)
    return decision


def decide_all(
    cases: list[Case], *, editor: Person, edit: Edit | None = None, answer: str = ""
) -> list[Decision]:
    """Decide several disputes about one post together, on the text that readers see now."""
    base = Post.objects.get(pk=cases[0].claim.post_id).head
    assert base is not None
    return decisions.decide(cases, editor=editor, base=base, edit=edit, answer=answer)


def tell_of_decisions() -> None:
    """Let the time pass in which decisions can be taken back; then the mails are written."""
    end = timezone.now() + timedelta(minutes=settings.UNDO_MINUTES)
    with time_machine.travel(end, tick=False):
        telling.tell_due()
