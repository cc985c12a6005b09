"""Reading: home, a post, and the lists that lead there."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.addresses import absolute_url
from blog import frames, shelves
from blog.models import Topic
from blog.views.public import public_page

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
ON_A_LIST = 20
IN_THE_ARCHIVE = 100
VARIANTS = ("order", "only", "find")  # of a discussion, said again in another way


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse(frames.home())


@require_safe
def post(request: HttpRequest, slug: str) -> HttpResponse:
    response = HttpResponse(frames.post(slug, asked=request.GET.dict()))
    if any(name in request.GET for name in VARIANTS):
        response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    pages = Paginator(shelves.cards().prefetch_related(None), IN_THE_ARCHIVE)
    facts = {"pages": pages.get_page(request.GET.get("page")), "months": shelves.months()}
    return public_page("blog/archive.html", facts)


@require_safe
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    pages = Paginator(shelves.in_month(year, month).prefetch_related(None), IN_THE_ARCHIVE)
    page = pages.get_page(request.GET.get("page"))
    if not page.object_list:
        raise Http404(_("Nothing was published in this month."))
    facts = {"pages": page, "months": shelves.months(), "month": page.object_list[0].published_at}
    return public_page("blog/archive.html", facts)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic, slug=slug)
    pages = Paginator(shelves.under(topic), ON_A_LIST).get_page(request.GET.get("page"))
    return public_page("blog/topic.html", {"topic": topic, "pages": pages})


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    profile = get_object_or_404(shelves.public_profiles(), slug=slug)
    pages = Paginator(shelves.by(profile), ON_A_LIST).get_page(request.GET.get("page"))
    return public_page("blog/author.html", {"profile": profile, "pages": pages})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return public_page("blog/about.html", {})


@require_safe
def disclosure(request: HttpRequest) -> HttpResponse:
    return public_page("blog/disclosure.html", {})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return public_page("blog/privacy.html", _spam_check())


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    facts = {"sitemap": absolute_url("/sitemap.xml")}
    return public_page("blog/robots.txt", facts, content_type="text/plain; charset=utf-8")


def _spam_check() -> dict[str, str]:
    """Who is shown a comment: Akismet, a checker on this machine, or nobody."""
    host = urlsplit(settings.AKISMET_URL).hostname or ""
    if not settings.AKISMET_KEY:
        return {"checker": "rules"}
    return {"checker": "local" if host in THIS_MACHINE else "akismet", "akismet_host": host}
