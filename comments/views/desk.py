"""The desk of comments: what waits, oldest first, and what may be done with it."""

from typing import Protocol

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, moderators_only
from accounts.models import Person
from accounts.refusals import Invalid, Refusal
from comments import moderation, queue
from comments.models import CommentState, PostComment


class Act(Protocol):
    """One of the decisions in `moderation`."""

    def __call__(
        self, comment: PostComment, *, moderator: Person, reason: str, seen: str
    ) -> PostComment: ...


ACTS: dict[str, Act] = {
    CommentState.PUBLISHED.value: moderation.approve,
    CommentState.SPAM.value: moderation.mark_spam,
    CommentState.REJECTED.value: moderation.reject,
    CommentState.REMOVED.value: moderation.remove,
}


@moderators_only
@require_safe
def comments(request: AuthedRequest) -> HttpResponse:
    """One tab of the desk."""
    state = _state(request.GET.get("state", ""))
    page = queue.page(state, request.GET.get("page"))
    needs = {
        "tabs": queue.tabs(),
        "state": state,
        "page": page,
        "decided": queue.undoable(request.GET.get("decided", "")),
    }
    return render(request, "comments/desk.html", needs)


@moderators_only
@require_POST
def decide(request: AuthedRequest, pk: int) -> HttpResponse:
    """Do what a button says; the desk then offers to undo it."""
    comment = get_object_or_404(PostComment, pk=pk)
    seen, reason = request.POST.get("seen", ""), request.POST.get("reason", "")
    try:
        act = _act(request.POST.get("to", ""))
        act(comment, moderator=request.user, reason=reason, seen=seen)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(_desk(seen))
    return redirect(f"{_desk(seen)}&decided={pk}")


@moderators_only
@require_POST
def undo(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take the last decision back."""
    comment = get_object_or_404(PostComment, pk=pk)
    try:
        state = CommentState(moderation.restore(comment, moderator=request.user).state)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(_desk(comment.state))
    messages.success(
        request, _("Undone: the comment is in “%(state)s” again.") % {"state": state.label}
    )
    return redirect(_desk(state))


def _act(to: str) -> Act:
    if to not in ACTS:
        raise Invalid(_("Please choose what should happen with the comment."))
    return ACTS[to]


def _state(text: str) -> CommentState:
    return CommentState(text) if text in CommentState.values else CommentState.HELD


def _desk(state: str) -> str:
    return f"{reverse('comments:desk')}?state={_state(state).value}"
