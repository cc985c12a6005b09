"""Where moderators keep spam and abuse out of the reports; everything else is for editors."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, moderators_only
from editorial import disputes
from editorial.forms.triage import KeepOutForm
from editorial.models import Dispute
from editorial.views.casework import try_to

ON_A_PAGE = 30


@moderators_only
@require_safe
def reports(request: AuthedRequest) -> HttpResponse:
    """Reports that no editor has taken up, oldest first."""
    return _show(request)


@moderators_only
@require_POST
def keep_out(request: AuthedRequest, public_id: str) -> HttpResponse:
    """Decline one as spam or as an attack on a person."""
    dispute = get_object_or_404(Dispute, public_id=public_id)
    form = KeepOutForm(request.POST, dispute=dispute)
    act = lambda facts: disputes.decline(dispute, editor=request.user, **facts)  # noqa: E731
    if not try_to(form, act):
        return _show(request, refused=form)
    messages.success(request, _("It is kept out. Nothing of it was shown."))
    return redirect("editorial:reports")


def _show(request: AuthedRequest, refused: KeepOutForm | None = None) -> HttpResponse:
    received = Dispute.objects.received().select_related("claim__post__head").oldest_first()
    received = received.defer("claim__post__body").prefetch_related("evidence")
    page = Paginator(received, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, KeepOutForm(dispute=one)) for one in page]
    if refused is not None:
        rows = [(one, refused if one == refused.dispute else form) for one, form in rows]
    needs = {"page": page, "rows": rows, "refused": refused}
    return render(request, "editorial/reports.html", needs)
