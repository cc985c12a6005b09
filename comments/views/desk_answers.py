"""What the desk answers to a decision: a page for people, a few facts for its own script."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from accounts.access import AuthedRequest
from accounts.refusals import Conflict, Invalid, NotAllowed, Refusal, WrongMoment
from comments import lists
from comments.deskwork import Outcome
from comments.filters import Place, place_at
from comments.lists import MOST_COUNTED, Overview
from comments.models import CommentState, PostComment

STATUS = {NotAllowed: 403, Conflict: 409, WrongMoment: 409, Invalid: 422}
S = CommentState
DONE = {
    S.PUBLISHED: _lazy("Published."),
    S.SPAM: _lazy("Called spam."),
    S.REJECTED: _lazy("Rejected."),
    S.REMOVED: _lazy("Removed."),
}


def decided(request: AuthedRequest, done: Outcome) -> HttpResponse:
    """What was done, how much is left, and how to take it back."""
    pk, state = done.comment.pk, S(done.comment.state)
    if not _asks_for_facts(request):
        return redirect(f"{desk_of(request)}&decided={pk}")
    undo = {"url": reverse("comments:undo", args=(pk,)), "fields": {"seen": state.value}}
    if done.reply and request.POST.get("seen") == S.PUBLISHED:
        undo["url"] = reverse("comments:decide", args=(done.reply.pk,))
        undo["fields"] = {"seen": S.PUBLISHED.value, "to": S.REMOVED.value}
    return _facts(request, _sentence(request, done), undo=undo)


def undone(request: AuthedRequest, comment: PostComment) -> HttpResponse:
    """Where the comment is again."""
    said = _("Undone: the comment is in “%(state)s” again.") % {"state": S(comment.state).label}
    if _asks_for_facts(request):
        return _facts(request, said)
    messages.success(request, said)
    return redirect(desk_of(request))


def refused(request: AuthedRequest, refusal: Refusal) -> HttpResponse:
    """Why it cannot be, in a sentence."""
    if _asks_for_facts(request):
        status = STATUS.get(type(refusal), 422)
        return JsonResponse({"said": refusal.sentence}, status=status)
    messages.error(request, refusal.sentence)
    return redirect(desk_of(request))


def desk_of(request: AuthedRequest) -> str:
    """The address of the list that a form came from."""
    return f"{reverse('comments:desk')}?{_place(request).query}"


def numbers(seen: Overview) -> dict[str, str]:
    """The number in each list, as its tab shows it."""
    return {
        tab.name.value: f"{MOST_COUNTED}+" if tab.is_more else str(tab.count)
        for tab in seen.tabs
        if tab.count is not None
    }


def _asks_for_facts(request: AuthedRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _place(request: AuthedRequest) -> Place:
    return place_at(request.POST.get("place", ""))


def _sentence(request: AuthedRequest, done: Outcome) -> str:
    seen, state = request.POST.get("seen", ""), S(done.comment.state)
    if done.reply:
        return _("Answered.") if seen == S.PUBLISHED else _("Published and answered.")
    return _("Kept.") if seen == state == S.PUBLISHED else str(DONE[state])


def _facts(request: AuthedRequest, said: str, **more: object) -> JsonResponse:
    seen, place = lists.overview(request.user), _place(request)
    left = lists.number(place, request.user) if place.filter.facts() else seen.count(place.name)
    return JsonResponse({"said": f"{said} {_left(left)}".strip(), "numbers": numbers(seen), **more})


def _left(count: int | None) -> str:
    if count is None:
        return ""
    if count >= MOST_COUNTED:
        return _("More than %(count)d left.") % {"count": MOST_COUNTED - 1}
    return ngettext("%(count)d left.", "%(count)d left.", count) % {"count": count}
