"""The public record: the corrections log, notices, the policy, and every version of a text.

Like all public pages these are the same bytes for everybody.
"""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog import differences, versions
from blog.models import Notice, Post, Publication, Revision
from blog.views.public import public_page

ON_A_PAGE = 50


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """All notices by month, newest first."""
    notices = Notice.objects.told().newest_first().select_related("post__head", "byline")
    notices = notices.defer("post__body", "post__head__body_html", "post__head__text")
    page = Paginator(notices, ON_A_PAGE).get_page(request.GET.get("page"))
    return public_page("blog/corrections.html", {"pages": page, "shown": "notices"})


@require_safe
def corrections_open(request: HttpRequest) -> HttpResponse:
    """Statements under review; the list itself comes by a tag."""
    return public_page("blog/corrections.html", {"shown": "open"})


@require_safe
def corrections_unchanged(request: HttpRequest) -> HttpResponse:
    """What was reviewed and left as it is; the list itself comes by a tag."""
    facts = {
        "shown": "unchanged",
        "number": request.GET.get("page", 1),
        "address": reverse("blog:corrections_unchanged"),
    }
    return public_page("blog/corrections.html", facts)


@require_safe
def notice(request: HttpRequest, public_id: str) -> HttpResponse:
    """One notice for good; a superseded one says by which."""
    public = Notice.objects.public().select_related(
        *("post__head", "byline", "passage__note__byline", "superseded_by"),
        *("revision_before", "revision_after"),
    )
    found = get_object_or_404(public, public_id=public_id)
    change = differences.compare_words(found.before, found.after)
    facts = {"notice": found, "post": found.post, "change": change}
    return public_page("blog/notice.html", facts)


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """How this publication corrects itself."""
    return public_page("blog/policy.html", {"html": Publication.current().policy_html})


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version of a post that readers have seen, the newest first."""
    post = get_object_or_404(Post.objects.published().select_related("head"), slug=slug)
    revisions = _public(post).order_by("-number").only("number", "label", "reason", "created_at")
    hold = versions.held(post)
    facts = {"post": post, "hold": hold, "revisions": [hold.quieten(one) for one in revisions]}
    return public_page("blog/history.html", facts)


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
