"""What people say about a statement of a post, and how it becomes a claim at its passages."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid
from blog import passages
from blog.anchoring import Quote
from blog.models import Mark, Passage, PassagePosition, Post, Revision
from blog.models.passage import PassageField
from comments.models import PostComment
from editorial import plain
from editorial.models import Claim, Grounds, Origin, Stance

LONGEST_SUMMARY = 500
LONGEST_CLAIM = 300


@dataclass(frozen=True)
class Target:
    """What of a post is objected to: words, each quote one place, or another field as a whole.

    `image` is the address of an image as it stands in the text. `is_selected` says that the words
    were selected on the page, and `is_sure` that the place was chosen from the text itself, so that
    even two words will do.
    """

    quotes: tuple[Quote, ...] = ()
    field: PassageField = PassageField.BODY
    image: str = ""
    is_selected: bool = False
    is_sure: bool = False


@dataclass(frozen=True)
class Source:
    """A web address that anyone can check; it is never fetched."""

    url: str
    title: str = ""
    stance: Stance = Stance.DISPUTES


@dataclass(frozen=True)
class Objection:
    """What somebody says is wrong; private for ever."""

    grounds: Grounds
    statement: str = ""
    wanted: str = ""
    sources: Sequence[Source] = ()


@dataclass(frozen=True)
class Raiser:
    """Whose objection it is: a person with a login, or a name and an address, or nobody named.

    `network` is what one may count by; it is not kept.
    """

    person: Person | None = None
    name: str = ""
    email: str = ""
    wants_credit: bool = False
    network: str = ""


@dataclass(frozen=True)
class Point:
    """An editor's reading of one objection: where, why, and in neutral words for readers.

    `quote` are the words of the comment it was made from, `claim` is the statement in one line,
    `writer` is whose letter it came in; their name and address are private.
    """

    target: Target
    grounds: Grounds
    summary: str
    quote: str = ""
    claim: str = ""
    sources: Sequence[Source] = ()
    origin: Origin = Origin.EDITOR
    comment: PostComment | None = None
    writer: Raiser | None = None


def claim_at(post: Post, target: Target, *, statement: str = "", by_editor: bool = False) -> Claim:
    """Keep the places in the text that readers see now, and the claim that stands there.

    Without a statement the words themselves are it. Refuses as `passages.capture` does.
    """
    captured = _capture(post, target, by_editor=by_editor or target.is_sure)
    words = plain.shortened(statement or captured[0].exact or _("An image"), LONGEST_CLAIM)
    claim = Claim.objects.create(post=post, statement=words)
    claim.passages.set(captured)
    return claim


def _capture(post: Post, target: Target, *, by_editor: bool) -> list[Passage]:
    if target.field == PassageField.IMAGE:
        return [passages.capture_image(post, src=target.image)]
    if target.field != PassageField.BODY:
        return [passages.capture_whole(post, field=target.field)]
    if not target.quotes:
        raise Invalid(_("Please say which words it is about."))
    return [passages.capture(post, quote=quote, by_editor=by_editor) for quote in target.quotes]


def main_passage(claim: Claim, revision: Revision) -> Passage:
    """Where the claim stands; of several places the first that readers still see."""
    listed = list(claim.passages.order_by("captured_start", "pk"))
    return next((one for one in listed if passages.wording(one, revision)), listed[0])


def restate(claim: Claim, statement: str) -> None:
    """Put the claim in other words; nothing given changes nothing."""
    words = plain.shortened(statement, LONGEST_CLAIM)
    if words and words != claim.statement:
        claim.statement = words
        claim.save(update_fields=("statement",))


def summary_of(text: str) -> str:
    """The neutral words that readers will see; refuses none, and too many."""
    words = plain.line(text)
    if not words:
        raise Invalid(_("Please say in neutral words, for readers, what is questioned."))
    if len(words) > LONGEST_SUMMARY:
        raise Invalid(_("The summary for readers may have at most 500 characters."))
    return words


def mark(claim: Claim, mark: Mark, *, reference: str = "") -> None:
    """Show readers a mark at every passage of a claim; `Mark.NONE` takes it away."""
    for passage in claim.passages.all():
        passages.set_mark(passage, mark=mark, reference=reference)


def lost_places(claim: Claim) -> list[PassagePosition]:
    """Passages of a claim whose words are gone from what readers see now."""
    positions = PassagePosition.objects.in_head().orphans()
    return list(positions.filter(passage__claims=claim).select_related("passage"))
