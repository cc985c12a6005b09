"""What can happen to a post on its way: begun, written, submitted, reviewed, accepted, described.

The author's text lives in `Post.title`, `summary` and `body`; readers see only `Post.head`, an
immutable revision. Every step is one transaction with one `PostEvent`, and announces itself by
a task enqueued in that transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Person, Profile
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from accounts.roles import is_author, is_editor, require_editor
from blog import (
    approvals,
    checklist,
    draft_news,
    draft_places,
    hand_ins,
    image_uses,
    mail,
    pasting,
    revisions,
    richtext,
    steps,
)
from blog.models import (
    Discussion,
    FormerAddress,
    HandInKind,
    Post,
    PostState,
    RelatedPost,
    Shown,
    Topic,
)

S = PostState
SIMPLE_DETAILS = ("slug", "disclosure", "disclaimer", "discussion", "invitation")
AUTHOR_WRITES_IN = frozenset({S.DRAFT, S.CHANGES_REQUESTED})


@dataclass(frozen=True)
class Draft:
    """A working text as it was typed; the body may be any HTML and is sanitised on write."""

    title: str
    summary: str
    body: str


@dataclass(frozen=True)
class Details:
    """What an editor decides about a post apart from its words."""

    slug: str
    topics: Sequence[Topic] = ()
    disclosure: Shown = Shown.AUTO
    disclaimer: Shown = Shown.AUTO
    discussion: Discussion = Discussion.AUTO
    invitation: str = ""
    related: Sequence[Post] = field(default=())


def free_slug(title: str) -> str:
    """An address made of the title that no other post has."""
    stem = slugify(title)[:110] or "post"
    now = Post.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    once = FormerAddress.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    taken = {*now, *once}
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)


def is_own(post: Post, person: Person) -> bool:
    """Whether it is theirs to write: as the first author, or as another who signs it."""
    if not is_author(person):
        return False
    is_first = post.author.person_id == person.pk
    return is_first or Post.objects.written_by(person).filter(pk=post.pk).exists()


@transaction.atomic
def begin(*, author: Profile, by: Person, title: str) -> Post:
    """Start a draft under a byline: one's own, or any for an editor."""
    if not is_editor(by) and not (is_author(by) and author.person_id == by.pk):
        raise NotAllowed(_("You may begin posts under your own name only."))
    if not title.strip():
        raise Invalid(_("A post needs a title."))
    title = title.strip()[:200]
    post = Post.objects.create(author=author, title=title, slug=free_slug(title))
    steps.record(post, by=by, kind="begun")
    return post


def require_write(post: Post, *, by: Person) -> None:
    """Refuse whoever may not change the working text now. Needs the post's author loaded."""
    if is_editor(by):
        return
    if not is_own(post, by):
        raise NotAllowed(_("You may change your own posts only."))
    if post.state not in AUTHOR_WRITES_IN:
        raise WrongMoment(_("The post is with the editors now."))


@transaction.atomic
def write(post: Post, *, by: Person, draft: Draft, version: int) -> Post:
    """Save the working text; what readers see stays as it is.

    The author may write while the post is a draft or changes are requested; an editor at any
    time. `version` is the one the person saw: when the post has moved on, `Conflict` is raised
    and nothing is stored.
    """
    post = steps.locked(post)
    require_write(post, by=by)
    if post.version != version:
        raise Conflict(_("Somebody else saved this post after you opened it."))
    if not draft.title.strip():
        raise Invalid(_("A post needs a title."))
    old_body = post.body
    post.title, post.summary = draft.title.strip(), draft.summary.strip()
    post.body = _as_readers_see_it(post, richtext.clean(draft.body))
    post.version, post.saved_at, post.saved_by = version + 1, timezone.now(), by
    post.save(update_fields=("title", "summary", "body", "version", "saved_at", "saved_by"))
    image_uses.note_working_text(post)
    draft_places.carry(post, old_body=old_body)
    if post.state in steps.ACCEPTED or (post.state in steps.REVIEWED and post.head is not None):
        revisions.freeze(post, by=by)
    approvals.text_changed(post, by=by)
    return post


def _as_readers_see_it(post: Post, body: str) -> str:
    """The published text itself where nothing differs but the marks on links that earn money."""
    published = post.head.body_html if post.head else ""
    is_same = richtext.clean(published) == body or (published and pasting.clean(published) == body)
    return published if is_same else body


@transaction.atomic
def submit(post: Post, *, by: Person, message: str = "") -> Post:
    """Hand the text to the editors, who are told."""
    post = steps.locked(post)
    if not is_own(post, by) and not is_editor(by):
        raise NotAllowed(_("You may submit your own posts only."))
    if not post.body.strip():
        raise Invalid(_("There is no text to submit yet."))
    steps.move(post, to=S.SUBMITTED, by=by, kind="submitted", message=message)
    hand_ins.keep(post, kind=HandInKind.HANDED_IN, by=by)
    checklist.look_ahead(post)
    if post.head is not None:
        revisions.freeze(post, by=by)  # notes that stand on the draft so far come along
    mail.post_submitted(post, draft_news.gather(post, to_author=False))
    return post


@transaction.atomic
def take_back(post: Post, *, by: Person, message: str = "") -> Post:
    """Go on writing a text that was handed in, before an editor has taken it up; they are told."""
    post = steps.locked(post)
    if not is_own(post, by):
        raise NotAllowed(_("You may take back your own posts only."))
    if post.state != S.SUBMITTED:
        raise WrongMoment(_("An editor is reading this post already: write to them instead."))
    steps.move(post, to=S.DRAFT, by=by, kind="taken_back", message=message)
    mail.post_taken_back(post, message)
    return post


@transaction.atomic
def take_up(post: Post, *, editor: Person, message: str = "") -> Post:
    """Begin the review of a submitted post; one in nobody's hands is in the editor's from now on.

    The author gets a mail if there is something to say.
    """
    require_editor(editor)
    post = steps.locked(post)
    if post.state == S.ACCEPTED:
        raise WrongMoment(_("This post is accepted: say why you look at it again."))
    post.assigned_to = post.assigned_to or editor
    post.save(update_fields=("assigned_to",))
    steps.move(post, to=S.IN_REVIEW, by=editor, kind="taken_up", message=message)
    mail.post_taken_up(post, message, draft_news.gather(post, to_author=True))
    return post


@transaction.atomic
def request_changes(
    post: Post, *, editor: Person, message: str, author_due_on: date | None = None
) -> Post:
    """Give the text back to its author with words on what to change; the author is told."""
    require_editor(editor)
    if not message.strip():
        raise Invalid(_("Please say what should change."))
    post = steps.locked(post)
    steps.move(post, to=S.CHANGES_REQUESTED, by=editor, kind="changes_requested", message=message)
    post.author_due_on = author_due_on
    post.save(update_fields=("author_due_on",))
    hand_ins.keep(post, kind=HandInKind.GIVEN_BACK, by=editor)
    mail.changes_requested(post, message, draft_news.gather(post, to_author=True))
    return post


@transaction.atomic
def decline(post: Post, *, editor: Person, message: str) -> Post:
    """Say no to a post that nobody has read yet: it is its author's draft again, in nobody's hands.

    The author is told why, keeps the text, and may hand in another version.
    """
    require_editor(editor)
    if not message.strip():
        raise Invalid(_("Please tell the author why."))
    post = steps.locked(post)
    steps.move(post, to=S.DRAFT, by=editor, kind="declined", message=message)
    hand_ins.keep(post, kind=HandInKind.GIVEN_BACK, by=editor)
    post.assigned_to = post.author_due_on = post.editor_due_on = None
    post.save(update_fields=("assigned_to", "author_due_on", "editor_due_on"))
    mail.post_declined(post, message, draft_news.gather(post, to_author=True))
    return post


@transaction.atomic
def reopen(post: Post, *, editor: Person, message: str) -> Post:
    """Look again at a post that was accepted; the author is told why."""
    require_editor(editor)
    if not message.strip():
        raise Invalid(_("Please tell the author why."))
    post = steps.locked(post)
    if post.state != S.ACCEPTED:
        raise WrongMoment(_("Only an accepted post can be looked at again."))
    steps.move(post, to=S.IN_REVIEW, by=editor, kind="reopened", message=message)
    mail.post_reopened(post, message, draft_news.gather(post, to_author=True))
    return post


@transaction.atomic
def accept(post: Post, *, editor: Person, message: str = "") -> Post:
    """Take the text as final: it becomes a draft revision that notes can stand on."""
    require_editor(editor)
    post = steps.locked(post)
    if not post.body.strip():
        raise Invalid(_("There is no text to accept yet."))
    if post.state == S.SCHEDULED:
        raise WrongMoment(_("The text is accepted already, and has a day."))
    checklist.require(post, at_the_end=False)
    steps.move(post, to=S.ACCEPTED, by=editor, kind="accepted", message=message)
    revisions.freeze(post, by=editor)
    mail.post_accepted(post, message, draft_news.gather(post, to_author=True))
    return post


@transaction.atomic
def describe(post: Post, *, editor: Person, details: Details) -> Post:
    """Set address, topics, rules and related posts; refuses an address that is taken.

    An address that readers may know leads to the new one for good.
    """
    require_editor(editor)
    post = steps.locked(post)
    _move_house(post, slug=details.slug)
    for name in SIMPLE_DETAILS:
        setattr(post, name, getattr(details, name))
    post.version = F("version") + 1
    post.save(update_fields=(*SIMPLE_DETAILS, "version"))
    post.topics.set(details.topics)
    _pick_related(post, details.related)
    steps.record(post, by=editor, kind="described")
    post.refresh_from_db()
    return post


def _move_house(post: Post, *, slug: str) -> None:
    elsewhere = FormerAddress.objects.filter(slug=slug).exclude(post=post)
    if Post.objects.filter(slug=slug).exclude(pk=post.pk).exists() or elsewhere.exists():
        raise Invalid(_("Another post has this address."))
    if slug != post.slug and (post.is_public or post.is_gone):
        post.former_addresses.filter(slug=slug).delete()
        post.former_addresses.create(slug=post.slug)


def _pick_related(post: Post, others: Sequence[Post]) -> None:
    post.picks.all().delete()
    RelatedPost.objects.bulk_create(
        RelatedPost(post=post, other=other, position=position)
        for position, other in enumerate(dict.fromkeys(others))
        if other.pk != post.pk
    )


@transaction.atomic
def lead_to_each_other(post: Post, other: Post) -> None:
    """Pick each of two posts to be read after the other, before what was picked already."""
    for one, next_one in ((post, other), (other, post)):
        RelatedPost.objects.filter(post=one).update(position=F("position") + 1)
        RelatedPost.objects.update_or_create(post=one, other=next_one, defaults={"position": 0})
        Post.objects.filter(pk=one.pk).update(version=F("version") + 1)
