"""What author and editors say to each other beside a draft: said, answered, resolved.

Both sides may say and resolve; nobody else sees it, and readers never do. Mails are gathered: see
`blog.draft_news`.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from accounts.roles import is_editor
from blog import anchoring, draft_news, passages, steps, workflow
from blog.anchoring import Quote
from blog.models import CommentState, DraftComment, Post
from blog.projection import project

LONGEST = 4_000  # characters of a comment
LONGEST_QUOTE = 600
S = CommentState


def require_part(post: Post, by: Person) -> None:
    """Refuse whoever is neither an author of this post nor an editor."""
    if not is_editor(by) and not workflow.is_own(post, by):
        raise NotAllowed(_("Only its authors and the editors talk about a draft."))
    if post.is_gone:
        raise WrongMoment(_("Readers could read this post once, and no more: it rests."))


@transaction.atomic
def comment(post: Post, *, by: Person, text: str, quote: Quote | None = None) -> DraftComment:
    """Say something beside words of the working text, or about the whole of it."""
    post = steps.locked(post)
    require_part(post, by)
    made = DraftComment(post=post, author=by, text=_words(text))
    if quote is not None and quote.exact.strip():
        anchor(made, quote)
    return say(made, by=by, kind="commented")


def anchor(made: DraftComment, quote: Quote) -> None:
    """Find the words in the working text of the post."""
    if len(quote.exact) > LONGEST_QUOTE:
        raise Invalid(_("Please give fewer words: at most 600 characters."))
    text = project(made.post.body).text
    span = passages.find_in(text, quote)
    made.exact, made.start, made.end = text[span.start : span.end], span.start, span.end
    made.prefix, made.suffix = anchoring.context(text, span.start, span.end)


def say(made: DraftComment, *, by: Person, kind: str) -> DraftComment:
    """Store it, log it, and have it told."""
    made.save()
    steps.record(made.post, by=by, kind=kind, message=made.exact[:100])
    draft_news.tell_in_time(made.post)
    return made


@transaction.atomic
def reply(thread: DraftComment, *, by: Person, text: str) -> DraftComment:
    """Answer; an answer to an answer stands beside it."""
    post = steps.locked(thread.post)
    require_part(post, by)
    first = thread.parent or thread
    made = DraftComment(post=post, author=by, parent=first, text=_words(text))
    return say(made, by=by, kind="commented")


@transaction.atomic
def resolve(thread: DraftComment, *, by: Person) -> DraftComment:
    """Close a thread; a suggestion is closed so only by editors, who take it back."""
    thread = current(thread, by=by)
    if thread.is_suggestion and not is_editor(by):
        raise Invalid(_("Please accept or decline the suggestion."))
    return decide(thread, S.RESOLVED, by=by, kind="comment_resolved")


@transaction.atomic
def reopen(thread: DraftComment, *, by: Person) -> DraftComment:
    """Open a thread again; words that were replaced are taken back in another way."""
    thread = current(thread, by=by)
    if thread.state not in (S.RESOLVED, S.DECLINED):
        raise WrongMoment(_("This is not closed."))
    thread.state, thread.reason = S.OPEN, ""
    thread.decided_at = thread.decided_by = None
    thread.save(update_fields=("state", "reason", "decided_at", "decided_by"))
    steps.record(thread.post, by=by, kind="comment_reopened", message=thread.exact[:100])
    return thread


def current(thread: DraftComment, *, by: Person) -> DraftComment:
    """The thread as it is now, with its post locked; refuses whoever has no part in it."""
    post = steps.locked(thread.post)
    require_part(post, by)
    thread = DraftComment.objects.select_for_update().get(pk=thread.pk)
    thread.post = post
    if thread.parent_id is not None:
        raise Invalid(_("Only what was said first can be closed."))
    return thread


def decide(
    thread: DraftComment, state: CommentState, *, by: Person, kind: str, reason: str = ""
) -> DraftComment:
    """Close an open thread."""
    if not thread.is_open:
        raise WrongMoment(_("Somebody else has closed this already."))
    thread.state, thread.reason = state, reason.strip()
    thread.decided_at, thread.decided_by = timezone.now(), by
    thread.save(update_fields=("state", "reason", "decided_at", "decided_by"))
    steps.record(thread.post, by=by, kind=kind, message=reason or thread.exact[:100])
    return thread


def _words(text: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid(_("A comment needs words."))
    if len(text) > LONGEST:
        raise Invalid(_("A comment may have at most 4,000 characters."))
    return text
