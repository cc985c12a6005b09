"""How the addresses that a post had before lead to where it is now."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import ResolverMatch, reverse

from blog import tombstones

Answer = Callable[[HttpRequest], HttpResponse]
OF_A_POST = "posts/<slug:slug>/"


def posts_that_moved(get_response: Answer) -> Answer:
    """Redirect every page of a post for good; asked only when nothing was found."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 404 and request.method in ("GET", "HEAD"):
            return _moved(request) or response
        return response

    return middleware


def _moved(request: HttpRequest) -> HttpResponse | None:
    match: ResolverMatch | None = request.resolver_match
    if match is None or not match.route.startswith(OF_A_POST):
        return None
    post = tombstones.moved_to(match.kwargs["slug"])
    if post is None:
        return None
    address = reverse(match.view_name, kwargs={**match.kwargs, "slug": post.slug})
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
