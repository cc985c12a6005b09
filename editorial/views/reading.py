"""What everybody may read of a dispute: the same bytes for all, while it is public."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from blog.views.public import public_page
from editorial import annotations, measures, record, story

ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


@require_safe
def dispute(request: HttpRequest, public_id: str) -> HttpResponse:
    """An objection that an editor took up; of any other nobody learns whether it exists.

    One that was merged leads to the one that it shares its fate with.
    """
    told = story.of(public_id)
    if told is None:
        target = story.leads_to(public_id)
        if target is None:
            raise Http404
        return redirect(target)
    return public_page("editorial/dispute.html", {"story": told, "item": told.item})


@require_safe
def annotation(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same for programs, as a W3C Web Annotation."""
    item = record.public_item(public_id)
    if item is None:
        raise Http404
    text = json.dumps(annotations.annotation(item), ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type=ANNOTATION)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """How well the publication corrects itself, in figures of the last twelve months."""
    return public_page("editorial/figures.html", {"measures": measures.measures()})
