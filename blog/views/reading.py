"""Reading: home, a post, and the lists that lead there."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.addresses import absolute_url
from blog import frames, shelves, tombstones
from blog.models import Topic
from blog.views.public import public_page

ON_A_LIST = 20
IN_THE_ARCHIVE = 100
A_DAY = 24 * 60 * 60  # seconds
VARIANTS = ("order", "only", "find")  # of a discussion, said again in another way


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse(frames.home())


@require_safe
def post(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        response = HttpResponse(frames.post(slug, asked=request.GET.dict()))
    except Http404:
        return _gone(slug)
    if any(name in request.GET for name in VARIANTS):
        response["X-Robots-Tag"] = "noindex"
    return response


def _gone(slug: str) -> HttpResponse:
    """What stands in the place of a post that was taken from readers, if anything does."""
    stone = tombstones.of(slug)
    if stone is None:
        raise Http404
    return public_page("blog/tombstone.html", {"stone": stone}, status=410)


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
    return public_page("blog/privacy.html", {})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    facts = {"sitemap": absolute_url("/sitemap.xml")}
    return public_page("blog/robots.txt", facts, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look that read no page; the file has another name after each change."""
    return redirect(static("img/mark.svg"), permanent=True)
