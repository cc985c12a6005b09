"""The discussion as a page of a post shows it: the same bytes for everybody."""

from collections.abc import Mapping

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from blog.kept import kept
from blog.models import Discussion, Post
from blog.openness import discussion_of
from comments.found import Found
from comments.threads import WHOLE, Asked, Order, Shown, Threads, nested

register = template.Library()

A_COMMENT = "=pk="  # stands for the id when the link to the form is rendered, once for a page
What = int | str | Mapping[str, str]


@register.simple_tag
def threads(post: Post, what: What = 1) -> Threads:
    """One page of the discussion as facts, for a page that says more about it."""
    asked = _asked(what)
    return Threads(post, asked.page, asked.order)


@register.simple_tag
def discussion(post: Post, what: What = 1, talk: Threads | None = None) -> SafeString:
    """Heading, threads, page links and the way to the form; knows nothing of the request.

    `what` is a page, or the query of an address; `talk` is what `threads` found about it.
    """
    asked, is_open = _asked(what), discussion_of(post) != Discussion.CLOSED
    talk = talk or threads(post, what)
    if asked.find.strip():
        return _found(post, talk, asked.find)
    rows = talk.featured_rows() if asked.is_featured else talk.rows
    counts = (talk.published, talk.featured, talk.newest, talk.number, talk.is_whole, talk.order)
    facts = (post.slug, is_open, asked.is_featured, counts, rows)
    if asked.is_featured:
        featured = [Shown(0, *row[1:]) for row in rows]
        return kept("discussion", facts, lambda: _featured(post, talk, featured, is_open=is_open))
    return kept("discussion", facts, lambda: _discussion(post, talk, is_open=is_open))


def _asked(what: What) -> Asked:
    return Asked.of(what) if isinstance(what, Mapping) else Asked(page=what)


def _found(post: Post, threads: Threads, words: str) -> SafeString:
    """Never kept: there are as many answers as there are words."""
    needs = {"post": post, "threads": threads, "found": Found(post, words)}
    return render_to_string("comments/_found.html", needs)


def _featured(post: Post, threads: Threads, comments: list[Shown], *, is_open: bool) -> SafeString:
    needs = {"post": post, "threads": threads, "is_open": is_open, "here": "featured"}
    flat = mark_safe(nested(comments, reply=_reply(post) if is_open else []))
    return render_to_string("comments/_discussion.html", {**needs, "comments": flat})


def _discussion(post: Post, threads: Threads, *, is_open: bool) -> SafeString:
    number, order = threads.number, threads.order
    needs = {
        "post": post,
        "threads": threads,
        "is_open": is_open,
        "here": "all",
        "comments": mark_safe(nested(threads.comments, reply=_reply(post) if is_open else [])),
        "before": _address(post, number - 1, order) if number > 1 else "",
        "after": _address(post, number + 1, order) if number < threads.pages else "",
        "whole": _address(post, WHOLE, order),
        "paged": _address(post, 1, order),
    }
    return render_to_string("comments/_discussion.html", needs)


def _address(post: Post, number: int | str, order: Order) -> str:
    facts = {"order": order.value} if order != Order.OLDEST else {}
    if number != 1:
        facts["comments"] = str(number)
    query = "&".join(f"{name}={value}" for name, value in facts.items())
    return f"{post.get_absolute_url()}{'?' if query else ''}{query}#comments"


def _reply(post: Post) -> list[str]:
    """The link to the form that answers a comment, in parts: its id goes between them."""
    link = render_to_string("comments/_way_in.html", {"post": post, "pk": A_COMMENT})
    return link.strip().split(A_COMMENT)
