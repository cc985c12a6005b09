"""The desk of comments: what waits, oldest first, and what may be done with it."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, moderators_only
from accounts.refusals import Refusal
from blog.models import Post
from comments import cards, deskwork, lists, queue
from comments.filters import Place, place_in
from comments.models import Batch, Because, CommentState, Phase, PostComment
from comments.moderation import Why
from comments.paths import id_in
from comments.people_cards import may_see_addresses
from comments.views import desk_answers as answers


@moderators_only
@require_safe
def comments(request: AuthedRequest) -> HttpResponse:
    """One list of the desk, from its beginning or from where a page ended."""
    place, after = place_in(request.GET), id_in(request.GET.get("after", ""))
    if "part" in request.GET:
        part = cards.more(place, request.user, after=after)
        return render(request, "comments/_cards.html", _needs(request, place, part))
    page = cards.page(place, request.user, after=after)
    needs = _needs(request, place, page) | _surroundings(request, place) | {"after": after}
    return render(request, "comments/desk.html", needs)


@moderators_only
@require_POST
def decide(request: AuthedRequest, pk: int) -> HttpResponse:
    """Do what a button says; the desk then offers to undo it.

    A button says where to, and after a colon why, or that the answer is meant.
    """
    comment = get_object_or_404(PostComment.objects.select_related("post"), pk=pk)
    to, _colon, more = request.POST.get("to", "").partition(":")
    because, reply = ("", _field(request, "reply")) if more == "reply" else (more, None)
    why, seen = _why(request, to, because), _field(request, "seen")
    act = partial(deskwork.decide, comment, moderator=request.user, to=to, why=why, seen=seen)
    try:
        done = act(edition=request.POST.get("edition"), reply=reply)
    except Refusal as refusal:
        return answers.refused(request, refusal)
    return answers.decided(request, done)


@moderators_only
@require_POST
def undo(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take the last decision back."""
    comment = get_object_or_404(PostComment, pk=pk)
    seen = _field(request, "seen")
    try:
        restored = deskwork.undo(comment, moderator=request.user, seen=seen)
    except Refusal as refusal:
        return answers.refused(request, refusal)
    return answers.undone(request, restored)


@moderators_only
@require_POST
def save_filter(request: AuthedRequest) -> HttpResponse:
    """Keep what is shown under a name."""
    try:
        name, query = _field(request, "name"), _field(request, "place")
        queue.save_filter(request.user, name=name, query=query)
    except Refusal as refusal:
        return answers.refused(request, refusal)
    messages.success(request, _("The filter is saved."))
    return redirect(answers.desk_of(request))


@moderators_only
@require_POST
def forget_filter(request: AuthedRequest, pk: int) -> HttpResponse:
    """Delete a saved filter."""
    saved = get_object_or_404(request.user.saved_filters, pk=pk)
    queue.forget_filter(saved, person=request.user)
    messages.success(request, _("The filter is deleted."))
    return redirect(answers.desk_of(request))


def _why(request: AuthedRequest, to: str, because: str) -> Why:
    words = _field(request, "words") if to in deskwork.REFUSING else ""
    return Why(_field(request, "reason"), because, words)


def _field(request: AuthedRequest, name: str) -> str:
    return request.POST.get(name, "")


def _needs(request: AuthedRequest, place: Place, page: cards.Page) -> dict[str, object]:
    return {
        "page": page,
        "place": place,
        "viewer": request.user,
        "reasons": Because.choices,
        "sees_addresses": may_see_addresses(request.user),
    }


def _surroundings(request: AuthedRequest, place: Place) -> dict[str, object]:
    """What stands around the list; the number that a filter finds only if there is one."""
    seen = lists.overview(request.user)
    asked = place.filter.facts()
    found = lists.number(place, request.user) if asked else seen.count(place.name)
    batch = Batch.objects.filter(pk=id_in(request.GET.get("batch", ""))).defer("pks").first()
    return {
        "overview": seen,
        "asked": asked,
        "found": found,
        "post": Post.objects.filter(pk=place.filter.post).first() if place.filter.post else None,
        "saved": request.user.saved_filters.all(),
        "phases": Phase.choices,
        "choices": queue.moves_from(place.name.state),
        "decided": queue.undoable(request.GET.get("decided", "")),
        "batch": batch,
        "drawn_at": timezone.now().isoformat(),
        "spam": CommentState.SPAM,
    }
