"""Small requests that the writing page makes by itself, answered in JSON.

Whoever is signed out hears so instead of being led to another page, which a script cannot follow.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.ratelimit import allow
from blog import pasting
from blog.access import WriterRequest, writers_only
from blog.views.writing import writable

LONGEST_PASTE = 2_000_000  # characters of HTML, without the pictures in it
MOST_PASTES = 60  # a minute, of one person

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
