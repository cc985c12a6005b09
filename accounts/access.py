"""Doors: which views ask who is there before they open.

Whoever is not signed in is sent to the sign-in page and comes back; whoever is signed in without
the role gets 403; whoever has no name yet gives one before they write, sign or decide. What stands
behind a door is never kept by a cache.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from accounts.models import Person
from accounts.roles import (
    is_author,
    is_editor,
    is_moderator,
    is_publisher,
    lacks_second_step,
    may_sign_in,
)

P = ParamSpec("P")


class AuthedRequest(HttpRequest):
    """A request from behind a door: `user` is a person, never anonymous."""

    user: Person


GuardedView = Callable[Concatenate[AuthedRequest, P], HttpResponse]
OpenView = Callable[Concatenate[HttpRequest, P], HttpResponse]


def _door(
    may_enter: Callable[[Person | AnonymousUser], bool], *, asks_for_name: bool = True
) -> Callable[[GuardedView[P]], OpenView[P]]:
    def guard(view: GuardedView[P]) -> OpenView[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not may_enter(request.user):
                raise PermissionDenied
            if asks_for_name and not request.user.name:
                return redirect_to_login(request.get_full_path(), reverse("accounts:profile"))
            if asks_for_name and lacks_second_step(request.user):
                return redirect_to_login(request.get_full_path(), reverse("accounts:second_step"))
            response = view(request, *args, **kwargs)  # type: ignore[arg-type]  # proved above
            add_never_cache_headers(response)
            return response

        return guarded

    return guard


def signed_in_only(view: GuardedView[P]) -> OpenView[P]:
    """For everybody who has signed in, whatever their role."""
    return _door(may_sign_in, asks_for_name=False)(view)


def authors_only(view: GuardedView[P]) -> OpenView[P]:
    """For authors and every role above."""
    return _door(is_author)(view)


def moderators_only(view: GuardedView[P]) -> OpenView[P]:
    """For moderators and every role above."""
    return _door(is_moderator)(view)


def editors_only(view: GuardedView[P]) -> OpenView[P]:
    """For editors and the publisher."""
    return _door(is_editor)(view)


def publishers_only(view: GuardedView[P]) -> OpenView[P]:
    """For the publisher alone."""
    return _door(is_publisher)(view)
