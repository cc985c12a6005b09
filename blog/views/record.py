"""The public record: the corrections log, notices, the policy, and every version of a text.

Like all public pages these are the same bytes for everybody.
"""

from collections import defaultdict
from dataclasses import replace

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog import differences, versions
from blog.filters import Asked
from blog.models import Notice, NoticeKind, Post, Publication, Revision
from blog.views.public import public_page

ON_A_PAGE = 50
TEXTS = ("post__body", "post__head__body_html", "post__head__text")


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """All notices by month, newest first, or those that are asked for."""
    asked = Asked.of(request.GET.dict())
    notices = asked.notices().select_related("post__head", "byline").defer(*TEXTS)
    page = Paginator(notices, ON_A_PAGE).get_page(request.GET.get("page"))
    facts = {
        "pages": page,
        "shown": "notices",
        "asked": asked,
        "kinds": NoticeKind.choices,
        "address": _address("blog:corrections", asked),
    }
    return _searched(public_page("blog/corrections.html", facts), asked)


@require_safe
def corrections_open(request: HttpRequest) -> HttpResponse:
    """Statements under review; the list itself comes by a tag."""
    return _listed(request, "open")


@require_safe
def corrections_unchanged(request: HttpRequest) -> HttpResponse:
    """What was reviewed and left as it is; the list itself comes by a tag."""
    return _listed(request, "unchanged")


def _listed(request: HttpRequest, shown: str) -> HttpResponse:
    asked = replace(Asked.of(request.GET.dict()), kind="", time="")
    facts = {
        "shown": shown,
        "number": request.GET.get("page", 1),
        "asked": asked,
        "address": _address(f"blog:corrections_{shown}", asked),
    }
    return _searched(public_page("blog/corrections.html", facts), asked)


def _address(name: str, asked: Asked) -> str:
    """Where the first page of what is asked for is."""
    return f"{reverse(name)}?{asked.query}" if asked.query else reverse(name)


def _searched(response: HttpResponse, asked: Asked) -> HttpResponse:
    """Answers to words that somebody typed are no pages for search engines."""
    if asked.words:
        response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def notice(request: HttpRequest, public_id: str) -> HttpResponse:
    """One notice for good; a superseded one says by which."""
    public = Notice.objects.public().select_related(
        *("post__head", "byline", "passage__note__byline", "superseded_by"),
        *("revision_before", "revision_after"),
    )
    found = get_object_or_404(public, public_id=public_id)
    earlier = Notice.objects.public().filter(superseded_by=found.pk).newest_first()
    facts = {"notice": found, "post": found.post, "earlier": earlier}
    return public_page("blog/notice.html", facts)


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """How this publication corrects itself."""
    return public_page("blog/policy.html", {"html": Publication.current().policy_html})


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version that readers have seen, the newest first, with what they were told then."""
    post = get_object_or_404(Post.objects.published().select_related("head"), slug=slug)
    revisions = _public(post).order_by("-number").only("number", "label", "reason", "created_at")
    hold, told = versions.held(post), defaultdict(list)
    for notice in Notice.objects.told().filter(post=post).order_by("published_at", "pk"):
        told[notice.revision_after_id].append(notice)
    listed = [(hold.quieten(revision), told[revision.pk]) for revision in revisions]
    return public_page("blog/history.html", {"post": post, "hold": hold, "versions": listed})


@require_safe
def revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version as it read, and what it changed in the one before."""
    post = get_object_or_404(Post.objects.published().select_related("head"), slug=slug)
    hold = versions.held(post)
    found = hold.quieten(get_object_or_404(_public(post), number=number))
    if hold.hides(found):
        facts = {"post": post, "revision": found, "hold": hold}
        return public_page("blog/version_withheld.html", facts)
    earlier = _earlier(post, number, hold)
    facts = {"post": post, "revision": found, "earlier": earlier}
    if earlier is not None:
        facts["titles"] = differences.compare_words(earlier.title, found.title)
        facts["difference"] = differences.compare(earlier.text, found.text)
    return public_page("blog/revision.html", facts)


def _earlier(post: Post, number: int, hold: versions.Hold) -> Revision | None:
    """The version before, to compare with, where it may be shown."""
    shown = _public(post).filter(number__lt=number, number__gt=hold.last_withheld)
    return shown.order_by("-number").first()


def _public(post: Post) -> QuerySet[Revision]:
    return Revision.objects.public().filter(post=post)
