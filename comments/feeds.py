"""Atom feeds of comments (RFC 4287): published ones alone, and nobody's e-mail address.

An entry's id never changes; `updated` moves when its writer edits the comment.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from accounts.addresses import absolute_url
from blog.feeds import absolute_links, host, printable
from blog.models import Post, Publication
from comments.models import PostComment, PostCommentQuerySet
from comments.news import readable

ENTRIES = 50
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


class CommentFeed(Atom1Feed):
    """Django's Atom with the whole comment."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, object]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", str(item["content"]), {"type": "html"})

    def latest_post_date(self) -> datetime:
        """When something was last said; Django would say "now" of an empty feed."""
        return super().latest_post_date() if self.items else BEFORE_ALL


@require_safe
def comments(request: HttpRequest) -> HttpResponse:
    """The newest comments of the site."""
    title = _("Comments in %(name)s") % {"name": Publication.current().name}
    feed = _feed(title, reverse("blog:home"), reverse("comments:feed"))
    return _answer(feed, readable())


@require_safe
def post(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest comments on one post."""
    posts = Post.objects.published().select_related("head")
    post = get_object_or_404(posts, slug=slug)
    title = printable(_("Comments on %(title)s") % {"title": post.headline})
    address = reverse("comments:post_feed", kwargs={"slug": slug})
    feed = _feed(title, f"{post.get_absolute_url()}#comments", address)
    return _answer(feed, readable().filter(post=post))


def _feed(title: str, page: str, feed: str) -> CommentFeed:
    return CommentFeed(
        title=title,
        link=absolute_url(page),
        description="",
        language=settings.LANGUAGE_CODE,
        feed_url=absolute_url(feed),
    )


def _answer(feed: CommentFeed, comments: PostCommentQuerySet) -> HttpResponse:
    newest = comments.select_related("user", "post__head").order_by("-pk")
    for comment in newest.defer("fragment", "post__body", "post__head__body_html")[:ENTRIES]:
        _add(feed, comment)
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


def _add(feed: CommentFeed, comment: PostComment) -> None:
    url = absolute_url(comment.get_absolute_url())
    words = {"name": comment.writer, "title": comment.post.headline}
    feed.add_item(
        title=printable(_("%(name)s on %(title)s") % words),
        link=url,
        description="",
        unique_id=f"tag:{host()},{comment.submit_date:%Y-%m-%d}:comment-{comment.pk}",
        author_name=printable(comment.writer),
        pubdate=comment.submit_date,
        updateddate=comment.edited_at or comment.submit_date,
        content=printable(absolute_links(comment.html, url)),
    )
