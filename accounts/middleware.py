"""How public pages learn that somebody has signed in, and how the admin asks for a second step."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import Person
from accounts.roles import lacks_second_step

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


def second_step_before_admin(get_response: Answer) -> Answer:
    """Lead whoever still has to set up a second step there before Django's admin opens."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(reverse("admin:index")):
            user = request.user
            if isinstance(user, Person) and lacks_second_step(user):
                return redirect("accounts:second_step")
        return get_response(request)

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
