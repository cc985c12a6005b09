"""Atom feeds of posts (RFC 4287): whole texts with the editor's notes and notices in them.

An entry's id never changes; `updated` moves exactly when readers are told of a change.
"""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from accounts.addresses import absolute_url
from accounts.models import Profile
from blog import rendering, shelves
from blog.markup import Kind, Token, tokens
from blog.models import Post, Publication, Topic
from blog.models.post import PostQuerySet

ENTRIES = 20


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


class PostFeed(Atom1Feed):
    """Django's Atom with the whole text beside the summary, and everybody who signs it."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if settings.WEBSUB_HUB:
            handler.addQuickElement("link", "", {"rel": "hub", "href": settings.WEBSUB_HUB})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for element, profile in item["others"]:
            handler.startElement(element, AttributesImpl({}))
            handler.addQuickElement("name", printable(profile.name))
            handler.addQuickElement("uri", absolute_url(profile.get_absolute_url()))
            handler.endElement(element)
        handler.addQuickElement("content", item["content"], {"type": "html"})


@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    name = Publication.current().name
    return _answer(_feed(name, "blog:home", "blog:feed"), shelves.cards())


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic, slug=slug)
    feed = _feed(_titled(topic.name), "blog:topic", "blog:topic_feed", slug=slug)
    return _answer(feed, shelves.under(topic))


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    profile: Profile = get_object_or_404(shelves.public_profiles(), slug=slug)
    feed = _feed(_titled(profile.name), "blog:author", "blog:author_feed", slug=slug)
    return _answer(feed, shelves.by(profile))


def _titled(subject: str) -> str:
    return _("%(subject)s in %(name)s") % {"subject": subject, "name": Publication.current().name}


def _feed(title: str, page: str, feed: str, **where: str) -> PostFeed:
    return PostFeed(
        title=title,
        link=absolute_url(reverse(page, kwargs=where)),
        description="",
        subtitle=Publication.current().tagline,
        language=settings.LANGUAGE_CODE,
        feed_url=absolute_url(reverse(feed, kwargs=where)),
    )


def _answer(feed: PostFeed, posts: PostQuerySet) -> HttpResponse:
    for post in _lately_told(posts):
        _add(feed, post)
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


def _lately_told(posts: PostQuerySet) -> PostQuerySet:
    """Published or changed last: an old post that readers were told of a change in comes back."""
    told_at = Coalesce("updated_at", "published_at").desc()
    newest = posts.order_by(told_at, "-pk").values("pk")[:ENTRIES]
    return rendering.with_page(Post.objects.filter(pk__in=newest)).order_by(told_at, "-pk")


def _add(feed: PostFeed, post: Post) -> None:
    page = rendering.assemble(post, drawing=rendering.FEED)
    url = absolute_url(post.get_absolute_url())
    text = render_to_string("blog/_feed_entry.html", {"page": page})
    feed.add_item(
        title=printable(page.title),
        link=url,
        description=escape(printable(post.head.summary if post.head else "")),
        unique_id=f"tag:{host()},{post.created_at:%Y-%m-%d}:post-{post.pk}",
        author_name=printable(post.author.name),
        author_link=absolute_url(post.author.get_absolute_url()),
        others=[
            *(("author", one) for one in post.signers[1:]),
            *(("contributor", one.profile) for one in post.credits),
        ],
        categories=[topic.name for topic in page.topics],
        pubdate=post.published_at,
        updateddate=post.updated_at or post.published_at,
        content=printable(absolute_links(text, url)),
    )


def printable(text: str) -> str:
    """Without the characters that XML has no room for."""
    return _UNPRINTABLE.sub("", text)


def host() -> str:
    """The name that stable ids are made with."""
    return urlsplit(absolute_url("/")).hostname or "localhost"


def absolute_links(html: str, base: str) -> str:
    """Complete the addresses of links and images, since a feed is read elsewhere."""
    return "".join(_absolute(html[token.start : token.end], token, base) for token in tokens(html))


def _absolute(source: str, token: Token, base: str) -> str:
    if token.kind not in (Kind.OPEN, Kind.VOID):
        return source
    for name in ("href", "src"):
        value = token.values().get(name)
        if value is not None:
            source = source.replace(f'{name}="{value}"', f'{name}="{urljoin(base, value)}"', 1)
    return source
