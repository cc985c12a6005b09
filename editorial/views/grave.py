"""Concerns about a statement, and what is withheld by law."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import AuthedRequest, editors_only, publishers_only
from blog.models import Notice
from editorial import concerns, withholding
from editorial.forms.grave import ConcernForm, HoldForm, LiftForm
from editorial.views.casework import find, show, try_to


@editors_only
@require_POST
def express(request: AuthedRequest, public_id: str) -> HttpResponse:
    """Publish an expression of concern; the dispute stays open."""
    work = find(public_id)
    form = ConcernForm(request.POST, dispute=work.dispute, words=work.words)
    if not try_to(form, lambda facts: concerns.express(work.dispute, editor=request.user, **facts)):
        return show(request, work, concern=form)
    messages.success(request, _("The expression of concern stands on the post."))
    return redirect("editorial:case", public_id=public_id)


@editors_only
@require_POST
def lift(request: AuthedRequest, public_id: str, notice: str) -> HttpResponse:
    """Take an expression of concern back, with a reason."""
    work, form = find(public_id), LiftForm(request.POST)
    about = {"public_id": notice, "passage__claims": work.dispute.claim}
    concern = get_object_or_404(Notice.objects.select_related("post"), **about)
    if not try_to(form, lambda facts: concerns.lift(concern, editor=request.user, **facts)):
        return show(request, work, lift=form)
    messages.success(request, _("The expression of concern is lifted; the log says why."))
    return redirect("editorial:case", public_id=public_id)


@publishers_only
@require_POST
def withhold(request: AuthedRequest, public_id: str) -> HttpResponse:
    """Show none of the words of this dispute, or show them again."""
    work = find(public_id)
    form = HoldForm(request.POST, dispute=work.dispute)
    is_held = work.dispute.withheld_at is not None
    act: Any = withholding.release if is_held else withholding.withhold
    if not try_to(form, lambda facts: act(work.dispute, publisher=request.user, **facts)):
        return show(request, work, hold=form)
    messages.success(request, _released() if is_held else _withheld())
    return redirect("editorial:case", public_id=public_id)


def _withheld() -> str:
    return _("Its words are shown nowhere now; readers see since when.")


def _released() -> str:
    return _("Its words are shown again.")
