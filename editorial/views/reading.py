"""What everybody may read of a dispute: the same bytes for all, while it is public."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from blog.views.public import public_page
from editorial import measures, record


@require_safe
def dispute(request: HttpRequest, public_id: str) -> HttpResponse:
    """An objection that an editor took up; of any other nobody learns whether it exists."""
    item = record.public_item(public_id)
    if item is None:
        raise Http404
    facts = {"item": item, "post": item.post, "sources": record.sources_of(item)}
    return public_page("editorial/dispute.html", facts)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """How well the publication corrects itself, in figures of the last twelve months."""
    return public_page("editorial/figures.html", {"measures": measures.measures()})
