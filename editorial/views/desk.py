"""The editors' desk: what waits, the queue of disputes, and opening them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import AuthedRequest, editors_only, moderators_only
from accounts.refusals import Refusal
from blog.models import Post, Revision
from comments.models import PostComment
from editorial import desk_lists, disputes, queue, slips
from editorial.forms.from_comment import CommentPoints
from editorial.forms.triage import OpenForm
from editorial.models import Dispute


@moderators_only
@require_safe
def desk(request: AuthedRequest) -> HttpResponse:
    """How much waits, and since when."""
    return render(request, "editorial/desk.html", {"waiting": queue.waiting(request.user)})


@editors_only
@require_safe
def disputes_queue(request: AuthedRequest) -> HttpResponse:
    """One list of what somebody has to work on, oldest first, and how much is in the others."""
    name, page = request.GET.get("list", ""), request.GET.get("page")
    listing = desk_lists.listing(name, person=request.user, page=page)
    return render(request, "editorial/disputes.html", {"listing": listing})


@editors_only
@require_safe
def declined(request: AuthedRequest) -> HttpResponse:
    """What was not taken up, by an editor or as spam."""
    page = queue.declined_page(request.GET.get("page"))
    return render(request, "editorial/declined.html", {"page": page})


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def from_comment(request: AuthedRequest, pk: int) -> HttpResponse:
    """Make one or several disputes of a comment, a row each."""
    comment = get_object_or_404(PostComment.objects.published().select_related("post"), pk=pk)
    head = get_object_or_404(Revision, pk=comment.post.head_id or 0)
    points = CommentPoints(request.POST or None, comment=comment, head=head)
    facts = {"comment": comment, "post": comment.post, "head": head, "points": points}
    made = _make(request, points) if points.is_valid() else None
    if made is None:
        return render(request, "editorial/from_comment.html", facts)
    messages.success(request, _opened(len(made)))
    return redirect("editorial:disputes")


def _make(request: AuthedRequest, points: CommentPoints) -> list[Dispute] | None:
    try:
        return disputes.open_from_comment(
            points.comment, editor=request.user, said=points.points(), form_key=points.key
        )
    except Refusal as refusal:
        points.take(refusal)
        return None


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def from_post(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take a statement under review from its passage."""
    post = get_object_or_404(Post.objects.published(), pk=pk)
    head = get_object_or_404(Revision, pk=post.head_id or 0)
    slip = slips.issue(post_id=post.pk, revision=head.number)
    form = OpenForm(
        request.POST or None,
        head=head,
        initial={"slip": slip, "words": request.GET.get("words", "")},
    )
    if not form.is_valid() or not _open(request, post, form):
        return render(
            request, "editorial/from_post.html", {"post": post, "head": head, "form": form}
        )
    messages.success(request, _opened(1))
    return redirect("editorial:disputes")


def _open(request: AuthedRequest, post: Post, form: OpenForm) -> bool:
    paper = slips.read(form.cleaned_data["slip"], post_id=post.pk)
    try:
        disputes.open_dispute(
            post, editor=request.user, point=form.point(), form_key=paper.key if paper else None
        )
    except Refusal as refusal:
        form.take(refusal)
        return False
    return True


def _opened(number: int) -> str:
    return ngettext(
        "%(number)d statement is under review now, and the post says so.",
        "%(number)d statements are under review now, and the post says so.",
        number,
    ) % {"number": number}
