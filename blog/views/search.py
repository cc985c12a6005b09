"""Search: the same bytes for everybody, and for no search engine to keep."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from blog import finding, shelves
from blog.views.public import public_page


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found, and how to look for less."""
    asked = finding.asked_in(request.GET.dict())
    kept = {"q": asked.question, "topic": asked.topic, "author": asked.author, "year": asked.year}
    facts = {
        "asked": asked,
        "found": finding.search(asked),
        "topics": shelves.topics_in_use(),
        "years": sorted({month.start.year for month in shelves.months()}, reverse=True),
        "address": "?" + urlencode({name: value for name, value in kept.items() if value}),
    }
    response = public_page("blog/search.html", facts)
    response["X-Robots-Tag"] = "noindex"
    return response
