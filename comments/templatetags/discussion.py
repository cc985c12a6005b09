"""The discussion as a page of a post shows it: the same bytes for everybody."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from blog.days import day_in_words
from blog.kept import kept
from blog.models import Discussion, NoticeKind, Post
from blog.openness import discussion_of
from blog.rendering import Change
from comments.found import Found
from comments.models import CommentState
from comments.threads import WHOLE, Asked, Order, Shown, Threads, nested

register = template.Library()

A_COMMENT = "=pk="  # stands for the id when the link to the form is rendered, once for a page
Remark = Callable[[Shown], str]
What = int | str | Mapping[str, str]
WRITTEN = re.compile(r'<time datetime="([^"]+)"')  # the first in a drawn comment is its own
BEFORE = {
    NoticeKind.CORRECTION: _(
        "Written before the correction of %(day)s; see the version it answered"
    ),
    NoticeKind.CLARIFICATION: _(
        "Written before the clarification of %(day)s; see the version it answered"
    ),
    NoticeKind.RETRACTION: _(
        "Written before the retraction of %(day)s; see the version it answered"
    ),
}


@register.simple_tag
def threads(post: Post, what: What = 1) -> Threads:
    """One page of the discussion as facts, for a page that says more about it."""
    asked = _asked(what)
    return Threads(post, asked.page, asked.order)


@register.simple_tag
def discussion(
    post: Post, what: What = 1, talk: Threads | None = None, changes: Sequence[Change] = ()
) -> SafeString:
    """Heading, threads, page links and the way to the form; knows nothing of the request.

    `what` is a page, or the query of an address; `talk` is what `threads` found about it. Comments
    written before one of the `changes` say so.
    """
    asked, is_open = _asked(what), discussion_of(post) != Discussion.CLOSED
    talk = talk or threads(post, what)
    if asked.find.strip():
        return _found(post, talk, asked.find)
    rows = talk.featured_rows() if asked.is_featured else talk.rows
    counts = (talk.published, talk.featured, talk.newest, talk.number, talk.is_whole, talk.order)
    facts = (post.slug, is_open, asked.is_featured, counts, rows, changes)
    remark = _remarks(post, changes)
    if asked.is_featured:
        featured = [Shown(0, *row[1:]) for row in rows]
        return kept(
            "discussion", facts, lambda: _featured(post, talk, featured, remark, is_open=is_open)
        )
    return kept("discussion", facts, lambda: _discussion(post, talk, remark, is_open=is_open))


def _asked(what: What) -> Asked:
    return Asked.of(what) if isinstance(what, Mapping) else Asked(page=what)


def _found(post: Post, threads: Threads, words: str) -> SafeString:
    """Never kept: there are as many answers as there are words."""
    needs = {"post": post, "threads": threads, "found": Found(post, words)}
    return render_to_string("comments/_found.html", needs)


def _featured(
    post: Post, threads: Threads, comments: list[Shown], remark: Remark, *, is_open: bool
) -> SafeString:
    needs = {"post": post, "threads": threads, "is_open": is_open, "here": "featured"}
    flat = mark_safe(nested(comments, reply=_reply(post) if is_open else [], remark=remark))
    return render_to_string("comments/_discussion.html", {**needs, "comments": flat})


def _discussion(post: Post, threads: Threads, remark: Remark, *, is_open: bool) -> SafeString:
    number, order, reply = threads.number, threads.order, _reply(post) if is_open else []
    needs = {
        "post": post,
        "threads": threads,
        "is_open": is_open,
        "here": "all",
        "comments": mark_safe(nested(threads.comments, reply=reply, remark=remark)),
        "before": _address(post, number - 1, order) if number > 1 else "",
        "after": _address(post, number + 1, order) if number < threads.pages else "",
        "whole": _address(post, WHOLE, order),
        "paged": _address(post, 1, order),
    }
    return render_to_string("comments/_discussion.html", needs)


def _remarks(post: Post, changes: Sequence[Change]) -> Remark:
    """What a comment has to say of the changes that came after it: the first one, and the version
    before that. No comment is drawn anew for it; the page adds the same few lines to many."""
    lines = [(change.told_at, _line(post, change)) for change in changes]

    def remark(comment: Shown) -> str:
        found = WRITTEN.search(comment.fragment) if lines else None
        if found is None or comment.state != CommentState.PUBLISHED:
            return ""
        written = datetime.fromisoformat(found[1])
        return next((line for told_at, line in lines if written < told_at), "")

    return remark


def _line(post: Post, change: Change) -> str:
    url = reverse("blog:revision", kwargs={"slug": post.slug, "number": change.earlier})
    words = BEFORE[NoticeKind(change.kind)] % {"day": day_in_words(change.told_at)}
    return format_html('<p class="comment__before"><a href="{}">{}</a></p>', url, words)


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
