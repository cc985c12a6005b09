"""Small requests that the writing page makes by itself, answered in JSON.

Whoever is signed out hears so instead of being led to another page, which a script cannot follow.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import time_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.ratelimit import allow
from accounts.refusals import Refusal
from blog import autosaves, pasting, presence
from blog.access import WriterRequest, writers_only
from blog.forms.writing import KeepForm
from blog.models import Post
from blog.views.writing import writable

LONGEST_PASTE = 2_000_000  # characters of HTML, without the pictures in it
MOST_PASTES = 60  # a minute, of one person
MOST_KEPT = 40  # texts a minute, of one person

_MOVED = gettext_lazy(
    "This post was saved in another window or by somebody else after you opened it. Go on writing:"
    " when you save, you will see both texts."
)

View = Callable[..., HttpResponse]


def in_json(view: View) -> View:
    """Say in JSON what the door behind this says in pages: sign in, or you may not."""

    @wraps(view)
    def answered(request: HttpRequest, **place: Any) -> HttpResponse:
        try:
            response = view(request, **place)
        except PermissionDenied:
            return _no(403, _("You may not write here."))
        if response.status_code in {301, 302}:
            return _no(401, _("You are signed out."))
        if response.status_code == 410:
            return _no(410, _("Your personal link does not work any more."))
        return response

    return answered


def _no(status: int, said: str) -> JsonResponse:
    response = JsonResponse({"said": said}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@in_json
@writers_only
@require_POST
def pasted(request: WriterRequest, pk: int) -> HttpResponse:
    """What somebody pasted, as the post would hold it."""
    get_object_or_404(writable(request.writer), pk=pk)
    html = request.POST.get("html", "")
    if len(html) > LONGEST_PASTE:
        return _no(413, _("This is too much to paste at once."))
    if not allow(f"pasted:{request.writer.pk}", limit=MOST_PASTES, seconds=60):
        return _no(429, _("Please wait a moment."))
    return JsonResponse({"html": pasting.clean(html)})


@in_json
@writers_only
@require_POST
def keep(request: WriterRequest, pk: int) -> HttpResponse:
    """Keep what is being typed; answers when it was kept, and who else writes here."""
    post = get_object_or_404(writable(request.writer), pk=pk)
    form = KeepForm(request.POST)
    if not form.is_valid():
        return _no(400, _("This text is too long to be kept."))
    if not allow(f"kept:{request.writer.pk}", limit=MOST_KEPT, seconds=60):
        return _no(429, _("Please wait a moment."))
    version, sitting = form.cleaned_data["version"], form.cleaned_data["sitting"]
    began = now()
    try:
        kept = autosaves.keep(
            post, by=request.writer, draft=form.draft(), version=version, sitting=sitting
        )
    except Refusal as refusal:
        return _no(409, refusal.sentence)
    at = time_format(localtime(kept.at), "H:i") if kept else ""
    is_new = kept is not None and kept.at >= began
    return JsonResponse({"at": at, "isNew": is_new} | _news(request, post))


@in_json
@writers_only
@require_POST
def here(request: WriterRequest, pk: int) -> HttpResponse:
    """Somebody has the post open; answers who else has, and whether it was saved meanwhile."""
    post = get_object_or_404(writable(request.writer), pk=pk)
    return JsonResponse(_news(request, post))


def _news(request: WriterRequest, post: Post) -> dict[str, object]:
    presence.arrive(post, request.writer)
    seen = request.POST.get("version", "")
    is_moved = seen.isdecimal() and int(seen) < post.version
    return {
        "others": [there.sentence for there in presence.others(post, request.writer)],
        "moved": str(_MOVED) if is_moved else "",
    }


@in_json
@writers_only
@require_safe
def key(request: WriterRequest, pk: int) -> HttpResponse:
    """A fresh token for forms, after somebody has signed in again in another window."""
    get_object_or_404(writable(request.writer), pk=pk)
    return JsonResponse({"key": get_token(request)})


@writers_only
@require_POST
def throw_away(request: WriterRequest, pk: int, kept: int) -> HttpResponse:
    """Forget words that were typed and not saved."""
    post = get_object_or_404(writable(request.writer), pk=pk)
    autosaves.throw_away(post, by=request.writer, pk=kept)
    messages.success(request, _("The words that were not saved are thrown away."))
    return redirect("blog:write_post", pk=pk)
