"""What the texts of the site were: every version, what it changed, and the way back."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, publishers_only
from blog import differences, pieces, publication
from blog.models import SitePiece, SitePieceVersion
from blog.views.answers import ask
from blog.views.comparing import TextDifference, difference_of
from blog.workflow import Draft

ON_A_PAGE = 50


@publishers_only
@require_safe
def history(request: AuthedRequest) -> HttpResponse:
    """All versions of all texts, newest first; or those of one."""
    asked = request.GET.get("piece", "")
    versions = SitePieceVersion.objects.select_related("made_by").defer("text")
    if asked in SitePiece.values:
        versions = versions.filter(piece=asked)
    page = Paginator(versions, ON_A_PAGE).get_page(request.GET.get("page"))
    facts = {"pages": page, "asked": asked, "choices": SitePiece.choices}
    return render(request, "blog/desk/site_history.html", facts)


@publishers_only
@require_safe
def version(request: AuthedRequest, pk: int) -> HttpResponse:
    """One version, and what it changed."""
    version = get_object_or_404(SitePieceVersion.objects.select_related("made_by"), pk=pk)
    latest = pieces.latest_of(version.piece)
    facts = {
        "version": version,
        "difference": _difference(version),
        "is_latest": latest is None or latest.pk == version.pk,
        "is_html": version.piece.endswith("_html"),
    }
    return render(request, "blog/desk/site_version.html", facts)


def _difference(version: SitePieceVersion) -> TextDifference:
    old = pieces.before(version)
    texts = [one.text if one else "" for one in (old, version)]
    if version.piece.endswith("_html"):
        return difference_of(*(Draft("", "", text) for text in texts))
    return TextDifference(lines=(), text=differences.compare(*texts))


@publishers_only
@require_POST
def restore(request: AuthedRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(SitePieceVersion, pk=pk)
    done = _("The text is as it was. That is a new version.")
    ask(request, lambda: publication.restore(version, publisher=request.user), done=done)
    return redirect("blog:desk_site_history")
