"""The log of everything that happened to posts: as a page, and as a table to keep."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import AuthedRequest, editors_only
from accounts.models import Person
from blog.event_log import EventFilter, as_table
from blog.happenings import HAPPENINGS
from blog.models import PostEvent

EVENTS_A_PAGE = 100


@editors_only
@require_safe
def page(request: AuthedRequest) -> HttpResponse:
    """What was asked for of the log, newest first."""
    asked = EventFilter.of(request.GET.dict())
    events = Paginator(asked.events(), EVENTS_A_PAGE).get_page(request.GET.get("page"))
    acted = PostEvent.objects.exclude(actor=None).order_by().values("actor").distinct()
    facts = {
        "events": events,
        "asked": asked,
        "about": asked.about(),
        "address": f"?{asked.query}",
        "people": Person.objects.filter(pk__in=acted).order_by("name", "pk"),
        "kinds": sorted((str(one.name), kind) for kind, one in HAPPENINGS.items()),
    }
    return render(request, "blog/desk/log.html", facts)


@editors_only
@require_safe
def table(request: AuthedRequest) -> HttpResponse:
    """The same as a file."""
    asked = EventFilter.of(request.GET.dict())
    kind = "text/csv; charset=utf-8"
    lines = HttpResponse(as_table(asked.events()), content_type=kind)
    lines["Content-Disposition"] = 'attachment; filename="log.csv"'
    return lines
