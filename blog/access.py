"""The door of the writing pages: for whoever is signed in, and for a guest with a personal link.

Behind it, `request.writer` is the person who acts: every rule takes them as `by`. The right of a
guest is kept in the session as the id of a link, and looked up anew at each request, so that it
ends at once when the link does. It opens the pages of one post; every other door looks at
`request.user` alone, which a guest never is.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers

from accounts.access import AuthedRequest, GuardedView, OpenView, P, authors_only
from accounts.models import Person
from accounts.roles import is_author, is_editor, may_sign_in
from blog import guests, slips
from blog.models import GuestLink, Post, Publication

SESSION_KEY = "guest_links"
STAYS_HERE = "same-origin"  # with less, browsers would not say where our own forms come from


class WriterRequest(HttpRequest):
    """A request for a writing page: `writer` acts; `guest_link` is theirs if they are a guest."""

    user: Person | AnonymousUser
    writer: Person
    guest_link: GuestLink | None


WritingView = Callable[..., HttpResponse]


def writers_only(view: WritingView) -> WritingView:
    """For the pages of one post, whose address has its `pk`; the view finds what may be touched."""

    @authors_only
    def signed_in(request: AuthedRequest, /, pk: int, **more: Any) -> HttpResponse:
        request.writer, request.guest_link = request.user, None  # type: ignore[attr-defined]
        return view(request, pk=pk, **more)

    @wraps(view)
    def guarded(request: HttpRequest, /, pk: int, **more: Any) -> HttpResponse:
        link = _link_to(request, pk)
        if link is None or _writes_without_it(request.user, link):
            return signed_in(request, pk=pk, **more)
        if not link.is_live:
            return private(ended(request, link))
        guests.use(link)
        request.writer, request.guest_link = link.person, link  # type: ignore[attr-defined]
        return private(view(request, pk=pk, **more))

    return guarded


def writers_home(view: GuardedView[P]) -> OpenView[P]:
    """For the page of one's own posts: whoever has an account but no posts may propose one."""
    inside = authors_only(view)

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        only_reads = may_sign_in(request.user) and not is_author(request.user)
        if only_reads and Publication.current().takes_pitches:
            return redirect("blog:pitch")
        return inside(request, *args, **kwargs)

    return guarded


def let_in(request: HttpRequest, link: GuestLink) -> None:
    """Keep the right to the post of this link in the session, which gets a new key."""
    held = {**_held(request.session), str(link.post_id): link.pk}
    request.session.cycle_key()
    request.session[SESSION_KEY] = held


def let_out(request: HttpRequest, link: GuestLink) -> None:
    """Forget the right to the post in this browser; the link itself goes on working."""
    held = {post: held for post, held in _held(request.session).items() if held != link.pk}
    request.session[SESSION_KEY] = held


def ended(request: HttpRequest, link: GuestLink) -> HttpResponse:
    """The page that says what to do when a link does not work any more."""
    facts = {
        "token": slips.guest_token(link.pk),
        "may_ask": guests.may_ask_for_another(link),
        "post": link.post,
    }
    return render(request, "blog/write/guest_ended.html", facts, status=410)


def private(response: HttpResponse) -> HttpResponse:
    """Kept by no cache, and told to no other site."""
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = STAYS_HERE
    return response


def _held(session: SessionBase) -> Mapping[str, int]:
    held: Mapping[str, int] = session.get(SESSION_KEY, {})
    return held


def _link_to(request: HttpRequest, pk: int) -> GuestLink | None:
    link_id = _held(request.session).get(str(pk))
    if link_id is None:
        return None
    return GuestLink.objects.with_people().filter(pk=link_id, post_id=pk).first()


def _writes_without_it(user: Person | AnonymousUser, link: GuestLink) -> bool:
    """Whether somebody who has signed in may open the post anyway."""
    if not isinstance(user, Person):
        return False
    if is_editor(user):
        return True
    return is_author(user) and Post.objects.written_by(user).filter(pk=link.post_id).exists()
