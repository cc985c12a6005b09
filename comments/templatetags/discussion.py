"""The discussion as a page of a post shows it: the same bytes for everybody."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from blog.kept import kept
from blog.models import Discussion, Post
from blog.openness import discussion_of
from comments.threads import Threads, nested

register = template.Library()

A_COMMENT = "=pk="  # stands for the id when the link to the form is rendered, once for a page


@register.simple_tag
def threads(post: Post, page: int | str = 1) -> Threads:
    """One page of the discussion as facts, for a page that says more about it."""
    return Threads(post, page)


@register.simple_tag
def discussion(post: Post, page: int | str | Threads = 1) -> SafeString:
    """Heading, threads, page links and the way to the form; knows nothing of the request."""
    threads = page if isinstance(page, Threads) else Threads(post, page)
    is_open = discussion_of(post) != Discussion.CLOSED
    facts = (post.slug, is_open, threads.published, threads.number, threads.is_whole, threads.rows)
    return kept("discussion", facts, lambda: _discussion(post, threads, is_open=is_open))


def _discussion(post: Post, threads: Threads, *, is_open: bool) -> SafeString:
    needs = {
        "post": post,
        "threads": threads,
        "is_open": is_open,
        "comments": mark_safe(nested(threads.comments, reply=_reply(post) if is_open else [])),
        "before": threads.number - 1,
        "after": threads.number + 1 if threads.number < threads.pages else 0,
    }
    return render_to_string("comments/_discussion.html", needs)


def _reply(post: Post) -> list[str]:
    """The link to the form that answers a comment, in parts: its id goes between them."""
    link = render_to_string("comments/_way_in.html", {"post": post, "pk": A_COMMENT})
    return link.strip().split(A_COMMENT)
