"""Whoever wrote a comment reports errors with it: by its private link, or signed in."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import AuthedRequest, signed_in_only
from accounts.addresses import client_network
from accounts.refusals import Refusal
from blog.models import Post, Revision
from comments import tickets
from comments.models import PostComment
from editorial import disputes, mail
from editorial.forms.from_comment import OwnPoints
from editorial.limits import TooMany
from editorial.models import Dispute
from editorial.points import Raiser


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Set the points of one's comment apart without an account."""
    pk, post_id = tickets.unseal(token) or (0, 0)
    comment = get_object_or_404(_shown(), pk=pk, post=post_id)
    return _page(request, comment)


@never_cache
@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def signed_in(request: AuthedRequest, pk: int) -> HttpResponse:
    """Set the points of a comment of one's own apart."""
    own = PostComment.objects.written_by(request.user).values("pk")
    return _page(request, get_object_or_404(_shown().filter(pk__in=own), pk=pk))


def _shown() -> QuerySet[PostComment]:
    posts = Post.objects.published()
    return PostComment.objects.published().filter(post__in=posts).select_related("post", "user")


def _page(request: HttpRequest, comment: PostComment) -> HttpResponse:
    """The rows, and what was reported with this comment before; sent well, it stands there."""
    head = get_object_or_404(Revision, pk=comment.post.head_id or 0)
    points = OwnPoints(request.POST or None, comment=comment, head=head)
    status = 200
    if points.is_valid() and points.key:
        status = _raise(request, points)
        if status == 303:
            return redirect(request.path)
    made = Dispute.objects.filter(source_comment=comment).select_related("claim").oldest_first()
    facts = {"comment": comment, "post": comment.post, "head": head, "points": points}
    facts["links"] = [(one.claim.statement, mail.private_url(one)) for one in made]
    response = render(request, "editorial/own_comment.html", facts, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _raise(request: HttpRequest, points: OwnPoints) -> int:
    """What to answer with; the rows then say why."""
    comment = points.comment
    network = client_network(request) or "unknown"
    raiser = Raiser(person=comment.user, email=comment.user_email, network=network)
    assert points.key is not None  # noqa: S101  the page asked
    try:
        disputes.raise_from_comment(
            comment, raiser=raiser, said=points.points(), form_key=points.key
        )
    except Refusal as refusal:
        points.take(refusal)
        return 429 if isinstance(refusal, TooMany) else 200
    return 303
