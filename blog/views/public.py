"""How a public page is answered: from its facts alone, the same bytes for everybody."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def public_page(
    template: str,
    facts: Mapping[str, object],
    *,
    status: int = 200,
    content_type: str = "text/html; charset=utf-8",
) -> HttpResponse:
    """Render without the request: no person, session, message or token can get into the page."""
    page = render_to_string(template, dict(facts))
    return HttpResponse(page, status=status, content_type=content_type)


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks, which swaps a part into the page that is there."""
    return request.headers.get("HX-Request") == "true"
