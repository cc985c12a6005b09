"""Other words for a passage of a draft: proposed by an editor, accepted or declined by its author.

A suggestion is about words within one paragraph that carry no formatting of their own, so that what
is replaced is exactly what was read. Accepting one is writing: it goes by the rule `write`.
"""

from html import escape

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, WrongMoment
from accounts.roles import is_editor, require_editor
from blog import draft_comments, painting, steps, workflow
from blog.anchoring import Quote
from blog.models import CommentState, DraftComment, Post
from blog.projection import project

LONGEST = 1_000  # characters of proposed words
S = CommentState


@transaction.atomic
def suggest(post: Post, *, by: Person, quote: Quote, proposed: str, text: str = "") -> DraftComment:
    """Propose other words in the place of some; refuses words with formatting inside."""
    require_editor(by)
    post = steps.locked(post)
    draft_comments.require_part(post, by)
    proposed = " ".join(proposed.split())
    if not proposed or len(proposed) > LONGEST:
        raise Invalid(_("Please propose between one and 1,000 characters."))
    made = DraftComment(post=post, author=by, text=text.strip(), proposed=proposed)
    draft_comments.anchor(made, quote)
    if made.exact == proposed:
        raise Invalid(_("These are the words that stand there."))
    _replaced(post.body, made, proposed)
    return draft_comments.say(made, by=by, kind="suggested")


@transaction.atomic
def accept(suggestion: DraftComment, *, by: Person, version: int) -> Post:
    """Put the proposed words in; `Conflict` when the old ones are not there any more."""
    suggestion = draft_comments.current(suggestion, by=by)
    _require_suggestion(suggestion, S.OPEN)
    post = _put(suggestion, suggestion.exact, suggestion.proposed, by=by, version=version)
    draft_comments.decide(suggestion, S.ACCEPTED, by=by, kind="suggestion_accepted")
    return post


@transaction.atomic
def take_back(suggestion: DraftComment, *, by: Person, version: int) -> Post:
    """Bring the old words back and leave the suggestion open."""
    suggestion = draft_comments.current(suggestion, by=by)
    _require_suggestion(suggestion, S.ACCEPTED)
    post = _put(suggestion, suggestion.proposed, suggestion.exact, by=by, version=version)
    suggestion.state, suggestion.decided_at, suggestion.decided_by = S.OPEN, None, None
    suggestion.save(update_fields=("state", "decided_at", "decided_by"))
    steps.record(post, by=by, kind="suggestion_taken_back", message=suggestion.exact[:100])
    return post


@transaction.atomic
def decline(suggestion: DraftComment, *, by: Person, reason: str) -> DraftComment:
    """Leave the words as they are, and say why; an editor who changed her mind may resolve it."""
    suggestion = draft_comments.current(suggestion, by=by)
    _require_suggestion(suggestion, S.OPEN)
    if not reason.strip() and not is_editor(by):
        raise Invalid(_("Please say in a few words why."))
    kind = "suggestion_declined"
    return draft_comments.decide(suggestion, S.DECLINED, by=by, kind=kind, reason=reason)


def _require_suggestion(suggestion: DraftComment, state: CommentState) -> None:
    if not suggestion.is_suggestion:
        raise Invalid(_("This is a comment and proposes no words."))
    if suggestion.state != state:
        raise WrongMoment(_("Somebody else has closed this already."))


def _put(suggestion: DraftComment, old: str, new: str, *, by: Person, version: int) -> Post:
    """Replace the words by the rule that writes, and keep the suggestion beside them."""
    post = suggestion.post
    start, end = suggestion.start, suggestion.end
    if start is None or end is None or project(post.body).text[start:end] != old:
        raise Conflict(_("The words it is about have changed meanwhile."))
    draft = workflow.Draft(post.title, post.summary, _replaced(post.body, suggestion, new))
    post = workflow.write(post, by=by, draft=draft, version=version)
    suggestion.start, suggestion.end = start, start + len(new)
    if project(post.body).text[start : suggestion.end] != new:
        raise Conflict(_("These words do not fit into the text: please edit it yourself."))
    suggestion.save(update_fields=("start", "end"))
    suggestion.post = post
    return post


def _replaced(body: str, suggestion: DraftComment, new: str) -> str:
    """The body with other words at the place of the suggestion, if nothing else stands there."""
    found = painting.stretches(body, suggestion.start or 0, suggestion.end or 0)
    if len(found) != 1:
        raise Invalid(_("These words carry formatting or a line break: please choose fewer."))
    start, end = found[0]
    return f"{body[:start]}{escape(new, quote=False)}{body[end:]}"
