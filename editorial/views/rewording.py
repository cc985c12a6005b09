"""Saying afterwards what an edit of disputed words was, where nobody was asked before."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import AuthedRequest, editors_only
from blog.views.answers import attempt
from editorial import rewording
from editorial.forms.rewording import ExplainForm
from editorial.views.casework import find, show


@editors_only
@require_POST
def explain(request: AuthedRequest, public_id: str) -> HttpResponse:
    """It was unrelated wording: the reason is kept with the dispute."""
    work = find(public_id)
    form = ExplainForm(request.POST)
    if not attempt(
        form,
        lambda: rewording.explain(work.dispute, editor=request.user, **form.cleaned_data),
    ):
        return show(request, work, explaining=form)
    messages.success(request, _("Your words are kept with the dispute, which stays open."))
    return redirect("editorial:case", public_id=public_id)
