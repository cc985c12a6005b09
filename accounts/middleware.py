"""How public pages learn that somebody has signed in, without looking."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "signed_in"

Answer = Callable[[HttpRequest], HttpResponse]


def signed_in_cookie(get_response: Answer) -> Answer:
    """Keep a readable cookie in step with the session.

    It says only that asking for `/me/bar/` is worth it; it opens nothing. Pages that do not touch
    the session, and so are the same for everybody, are left alone.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.session.accessed:
            _tell(request, response)
        return response

    return middleware


def _tell(request: HttpRequest, response: HttpResponse) -> None:
    told = COOKIE in request.COOKIES
    if request.user.is_authenticated and not told:
        response.set_cookie(
            COOKIE,
            "1",
            max_age=settings.SESSION_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    elif told and not request.user.is_authenticated:
        response.delete_cookie(COOKIE, samesite="Lax")
