"""How the addresses that posts, authors, topics and series had before lead to where they are."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import ResolverMatch, reverse

from blog import shelves, tombstones

Answer = Callable[[HttpRequest], HttpResponse]
FOUND_NOW = {
    "posts/<slug:slug>/": tombstones.moved_to,
    "authors/<slug:slug>/": shelves.merged_into,
    "topics/<slug:slug>/": shelves.topic_now_at,
    "series/<slug:slug>/": shelves.series_now_at,
}


def posts_that_moved(get_response: Answer) -> Answer:
    """Redirect every page of what has moved for good; asked only when nothing was found."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 404 and request.method in ("GET", "HEAD"):
            return _moved(request) or response
        return response

    return middleware


def _moved(request: HttpRequest) -> HttpResponse | None:
    match: ResolverMatch | None = request.resolver_match
    route = match.route if match else ""
    looks = [look for start, look in FOUND_NOW.items() if route.startswith(start)]
    if match is None or not looks:
        return None
    now = looks[0](match.kwargs["slug"])
    if now is None:
        return None
    address = reverse(match.view_name, kwargs={**match.kwargs, "slug": now.slug})
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
