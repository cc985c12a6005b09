"""A promised follow-up: say which post keeps it, or why there will be none."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, editors_only
from blog.models import Post
from editorial import follow_ups
from editorial.forms.follow_ups import DropForm, KeepForm
from editorial.models import FollowUp
from editorial.views.casework import try_to

OFFERED = 300  # newest posts offered while an editor types; any address may be given


def _find(pk: int) -> FollowUp:
    promised = FollowUp.objects.promised().select_related("claim__post", "promised_by")
    return get_object_or_404(promised, pk=pk)


def _show(request: AuthedRequest, follow_up: FollowUp, **forms: Form) -> HttpResponse:
    others = Post.objects.published().exclude(pk=follow_up.claim.post_id).newest_first()
    facts = {"follow_up": follow_up, "keep": KeepForm(), "drop": DropForm(), **forms}
    return render(request, "editorial/follow_up.html", {**facts, "others": others[:OFFERED]})


@editors_only
@require_safe
def follow_up(request: AuthedRequest, pk: int) -> HttpResponse:
    """One promise, and the two ways it can end."""
    return _show(request, _find(pk))


@editors_only
@require_POST
def keep(request: AuthedRequest, pk: int) -> HttpResponse:
    promise, form = _find(pk), KeepForm(request.POST)
    if not try_to(form, lambda facts: follow_ups.keep(promise, editor=request.user, **facts)):
        return _show(request, promise, keep=form)
    messages.success(request, _("The promise is kept, and readers find the post."))
    return redirect("editorial:disputes")


@editors_only
@require_POST
def drop(request: AuthedRequest, pk: int) -> HttpResponse:
    promise, form = _find(pk), DropForm(request.POST)
    if not try_to(form, lambda facts: follow_ups.drop(promise, editor=request.user, **facts)):
        return _show(request, promise, drop=form)
    messages.success(request, _("The promise is taken back, and readers see why."))
    return redirect("editorial:disputes")
