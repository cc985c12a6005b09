"""What can happen to a link that shows a post before readers see it, and what it shows."""

from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid, WrongMoment
from accounts.roles import require_editor
from blog import passages, rendering, richtext, slips, steps
from blog.models import Post, PreviewLink, Publication, Revision
from blog.models.post import PostQuerySet
from blog.projection import PROJECTION_VERSION, project
from blog.rendering import PostPage


@transaction.atomic
def make(post: Post, *, editor: Person, days: int) -> PreviewLink:
    """Let whoever gets the link see the post as it will look, for so many days."""
    require_editor(editor)
    post = steps.locked(post)
    if post.is_gone:
        raise WrongMoment(_("Readers no longer see this post."))
    if not 1 <= days <= settings.PREVIEW_LINK_MAX_DAYS:
        raise Invalid(
            _("A preview link works for one day at least, and for %(days)d at most.")
            % {"days": settings.PREVIEW_LINK_MAX_DAYS}
        )
    steps.record(post, by=editor, kind="preview_made", message=str(days))
    expires_at = timezone.now() + timedelta(days=days)
    return PreviewLink.objects.create(post=post, created_by=editor, expires_at=expires_at)


@transaction.atomic
def revoke(link: PreviewLink, *, editor: Person) -> None:
    """End a link at once."""
    require_editor(editor)
    post = steps.locked(link.post)
    if not PreviewLink.objects.live().filter(pk=link.pk).update(revoked_at=timezone.now()):
        raise WrongMoment(_("This link does not work any more."))
    steps.record(post, by=editor, kind="preview_ended")


def opened(token: str) -> PreviewLink | None:
    """The link of an address, whether it still works or not; None if we never made it."""
    link_id = slips.which_preview(token)
    return PreviewLink.objects.filter(pk=link_id).first() if link_id else None


def page_of(posts: PostQuerySet, pk: int) -> tuple[PostPage, bool] | None:
    """The page of a post with its working text, and whether that is its newest revision.

    Every note and mark stands where it will stand; nothing is stored.
    """
    post = rendering.with_page(posts).defer(None).filter(pk=pk).first()
    if post is None:
        return None
    is_head = post.head is not None and not post.has_unpublished_changes
    page = rendering.assemble(post) if is_head else _with_working_text(post)
    if post.is_gone:  # for readers its title is gone as well
        page = replace(page, title=post.title)
    return page, is_head


def _with_working_text(post: Post) -> PostPage:
    """As if the working text were the head of this copy of a post."""
    old, new = post.head, _as_revision(post)
    places = passages.foresee(old, new) if old else []
    post.head = new
    return rendering.assemble(post, foreseen=places)


def _as_revision(post: Post) -> Revision:
    affiliates = Publication.current().affiliates
    body, has_affiliate_links = richtext.mark_affiliate_links(post.body, affiliates)
    return Revision(
        post=post,
        number=post.head.number + 1 if post.head else 1,
        title=post.title,
        summary=post.summary,
        body_html=body,
        text=project(body).text,
        projection_version=PROJECTION_VERSION,
        has_affiliate_links=has_affiliate_links,
    )
