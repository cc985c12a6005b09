"""What the page shows for a comment, rendered once when something in it changes.

A page of a discussion then only joins strings. Whoever changes what a fragment shows calls
`refresh`; what changes in other rooms comes in by `receivers.py`, and the command `render_comments`
draws everything again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import Person
from accounts.roles import is_editor, is_moderator
from blog.models import Post, Publication
from comments import markdown
from comments.initials import disc
from comments.models import CommentState, EventKind, PostComment, PostCommentQuerySet, Voice
from comments.paths import ancestors

SLICE = 500
FIELDS = ("fragment", "on_page")
SHOWN_WITH = ("user", "post__author", "in_reply_to__user")


@dataclass(frozen=True)
class Mark:
    """A word beside a writer's name that says who speaks."""

    kind: str
    label: str


def for_showing(comments: PostCommentQuerySet) -> PostCommentQuerySet:
    """The comments with all that their fragments name."""
    return comments.select_related(*SHOWN_WITH)


def draw(comment: PostComment) -> None:
    """Fill in `fragment` and `on_page` from the state, without saving them."""
    if comment.state == CommentState.PUBLISHED:
        comment.fragment = _article(comment)
    elif _has_published_replies(comment):
        comment.fragment = _tombstone(comment)
    else:
        comment.fragment = ""
    comment.on_page = bool(comment.fragment)


def refresh(comments: Iterable[PostComment]) -> int:
    """Draw again and store what differs; tell how many did.

    What somebody else changed since the comments were read is left alone: it is newer.
    """
    changed = 0
    for comment in comments:
        before = comment.fragment
        draw(comment)
        if comment.fragment != before:
            as_read = PostComment.objects.filter(
                pk=comment.pk, state=comment.state, fragment=before
            )
            changed += as_read.update(fragment=comment.fragment, on_page=comment.on_page)
    return changed


def refresh_above(comment: PostComment) -> None:
    """Let tombstones appear and vanish above a comment whose state changed."""
    above = PostComment.objects.filter(post=comment.post_id, path__in=ancestors(comment.path))
    refresh(for_showing(above.exclude(state=CommentState.PUBLISHED)).order_by("-path"))


def refresh_all(*, anew: bool = False) -> int:
    """Draw every comment again, in slices; `anew` renders the Markdown again as well."""
    comments = for_showing(PostComment.objects.order_by("pk"))
    if anew:
        for comment in comments.iterator(SLICE):
            html = markdown.render(comment.comment)
            PostComment.objects.filter(pk=comment.pk).update(html=html)
    return refresh(comments.iterator(SLICE))


@task
def redraw(comment_ids: list[int]) -> int:
    """Draw some comments again: a name in them changed, or its owner left."""
    changed = 0
    for start in range(0, len(comment_ids), SLICE):
        some = PostComment.objects.filter(pk__in=comment_ids[start : start + SLICE])
        changed += refresh(for_showing(some))
    return changed


@task
def redraw_signed_in() -> int:
    """Draw the comments of all accounts again: somebody's office changed."""
    comments = for_showing(PostComment.objects.filter(user__isnull=False, on_page=True))
    return refresh(comments.order_by("pk").iterator(SLICE))


def marks(comment: PostComment) -> list[Mark]:
    """Who speaks: the office first, then the closest tie to this post."""
    spoken = [Mark("official", _("Official answer"))] if comment.voice == Voice.OFFICIAL else []
    chosen = [Mark("featured", _("Featured"))] if comment.featured_at else []
    return [*spoken, *_ties(comment), *chosen]


def _ties(comment: PostComment) -> list[Mark]:
    person = comment.user
    if person is None:
        return []
    host = Publication.current().host
    if host and host.person_id == person.pk:
        return [Mark("host", _("Host"))]
    if _wrote(person, comment.post):
        return [Mark("author", _("Author of this post"))]
    if is_editor(person):
        return [Mark("editor", _("Editor"))]
    if is_moderator(person):
        return [Mark("moderator", _("Moderator"))]
    return [Mark("signed-in", _("Signed in"))]


def _wrote(person: Person, post: Post) -> bool:
    """As the first author, or as another who signs it."""
    is_first = post.author.person_id == person.pk
    return is_first or Post.objects.written_by(person).filter(pk=post.pk).exists()


def _article(comment: PostComment) -> str:
    needs = {"comment": comment, "marks": marks(comment), "disc": disc(comment.writer)}
    return render_to_string("comments/_comment.html", needs).strip()


def is_withdrawn(comment: PostComment) -> bool:
    """Whether its writer took it back, which nobody undoes."""
    return comment.events.filter(kind=EventKind.WITHDRAWN).exists()


def _tombstone(comment: PostComment) -> str:
    withdrawn = comment.state == CommentState.REMOVED and is_withdrawn(comment)
    needs = {"comment": comment, "withdrawn": withdrawn}
    return render_to_string("comments/_tombstone.html", needs).strip()


def _has_published_replies(comment: PostComment) -> bool:
    replies = PostComment.objects.filter(post=comment.post_id).under(comment.path)
    return replies.published().exists()
