"""A post as it will look, for those who write it; nobody else can open the page."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from blog import rendering, richtext
from blog.access import WriterRequest, writers_only
from blog.models import NoteKind, Post, Revision
from blog.rendering import PostPage
from blog.views.writing import writable


@writers_only
@require_safe
def post(request: WriterRequest, pk: int) -> HttpResponse:
    """The working text on the page of the post."""
    posts = rendering.with_page(writable(request.writer)).defer(None)
    page = rendering.assemble(get_object_or_404(posts, pk=pk))
    is_head = page.post.head is not None and not page.post.has_unpublished_changes
    page = page if is_head else with_working_text(page)
    if page.post.is_gone:  # for readers its title is gone as well
        page = replace(page, title=page.post.title)
    facts = {"page": page, "post": page.post, "is_head": is_head}
    return render(request, "blog/write/preview.html", facts)


def with_working_text(page: PostPage) -> PostPage:
    """The page as if the working text were what readers see; nothing is stored.

    Notes beside words are carried along when a text is published; here they follow it.
    """
    post = page.post
    notes, topics = list(post.notes.all()), list(post.topics.all())
    post.head = _as_revision(post, page)
    return replace(
        page,
        title=post.headline,
        body=mark_safe(post.head.body_html),
        strays=[note for note in notes if note.kind == NoteKind.INLINE],
        disclosure=page.site.disclosure_html if rendering.shows_disclosure(post, topics) else "",
    )


def _as_revision(post: Post, page: PostPage) -> Revision:
    body, has_affiliate_links = richtext.mark_affiliate_links(post.body, page.site.affiliates)
    return Revision(
        post=post,
        number=post.head.number + 1 if post.head else 1,
        title=post.title,
        summary=post.summary,
        body_html=body,
        has_affiliate_links=has_affiliate_links,
    )
