"""The record of a post, for templates of other packages; none of these needs the request."""

import json

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from blog.filters import Asked
from blog.kept import kept
from blog.models import Notice, Post
from comments.models import PostComment
from editorial import kept_promises, ledger, record, story

register = template.Library()


@register.simple_tag
def record_line(post: Post) -> SafeString:
    """One line for under the byline while statements of a public post are under review."""
    return _kept("line", post)


@register.simple_tag
def record_list(post: Post) -> SafeString:
    """What is questioned in a public post and since when; what was checked and left, folded."""
    return _kept("list", post)


@register.simple_tag
def follow_ups_json(post: Post) -> SafeString:
    """More members for the data of a post page: what it rests on, and what followed it."""
    members = kept_promises.json_members(post).items()
    return mark_safe("".join(f', "{name}": {json.dumps(posts)}' for name, posts in members))


@register.inclusion_tag("editorial/_listed.html")
def open_disputes(page: str | int, address: str, asked: Asked) -> dict[str, object]:
    """Statements under review on the site; `address` is where page 1 of them is."""
    pages, items = record.open_page(page, asked)
    return {"pages": pages, "items": items, "address": address, "asked": asked}


@register.inclusion_tag("editorial/_listed.html")
def unchanged_disputes(page: str | int, address: str, asked: Asked) -> dict[str, object]:
    """Decisions that changed nothing; `address` is where page 1 of them is."""
    pages, items = record.unchanged_page(page, asked)
    facts = {"pages": pages, "items": items, "address": address, "asked": asked}
    return {**facts, "is_unchanged": True}


def _kept(part: str, post: Post) -> SafeString:
    """Rendered once for the same rows; most posts have none."""
    rows = record.facts(post)
    if not rows:
        return mark_safe("")
    return kept(f"record_{part}", (post.slug, rows), lambda: _rendered(part, post))


def _rendered(part: str, post: Post) -> SafeString:
    what = record.of(post)
    questioned = ledger.of([*what.open, *what.checked, *what.answered])
    needs: dict[str, object] = {
        "record": what,
        "statements": what.statements,
        "ledger": questioned,
        "post": post,
    }
    if part == "list":
        needs["open"] = story.with_sources(what.open)
    return render_to_string(f"editorial/_record_{part}.html", needs)


@register.inclusion_tag("editorial/_made_of.html")
def made_of(comment: PostComment) -> dict[str, object]:
    """What became of the statements that a comment questioned; part of its drawn article."""
    return {"items": record.from_comment(comment)}


@register.inclusion_tag("editorial/_behind.html")
def behind(notice: Notice) -> dict[str, object]:
    """What was questioned before a notice was written, what was found, and by whom."""
    return {"items": record.behind(notice)}


@register.inclusion_tag("editorial/_thanks.html")
def thanks(notice: Notice) -> dict[str, object]:
    """Who pointed out what a notice is about, if they want to be named."""
    return {"names": record.thanked(notice)}
