"""Editors ask colleagues; a colleague answers by a private link."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import AuthedRequest, editors_only
from blog.views.answers import attempt
from editorial import consultations, slips
from editorial.forms.consulting import AdviseForm, ConsultForm, Consulting
from editorial.models import Consultation, Dispute
from editorial.views.casework import find, show


@editors_only
@require_POST
def consult(request: AuthedRequest, public_id: str) -> HttpResponse:
    """Mail a question to a colleague."""
    work, form = find(public_id), ConsultForm(request.POST, prefix="consult")
    if not attempt(form, lambda: _ask(request, work.dispute, form)):
        consulting = Consulting(work.dispute)
        consulting.form = form
        return show(request, work, consulting=consulting)
    messages.success(request, _("Your question is on its way."))
    return redirect("editorial:case", public_id=public_id)


def _ask(request: AuthedRequest, dispute: Dispute, form: ConsultForm) -> Consultation:
    given = form.cleaned_data
    return consultations.ask(
        dispute,
        editor=request.user,
        colleague=form.colleague(),
        question=given["question"],
        note=given["note"],
        version=given["version"],
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def advise(request: HttpRequest, token: str) -> HttpResponse:
    """What a colleague was asked, and their answer; nobody else finds it."""
    opened = slips.which_consultation(token)
    if opened is None:
        raise Http404
    asked = _asked(opened.ids)
    if opened.is_old:
        needs = {"whose": "colleague", "days": settings.COLLEAGUE_LINK_DAYS}
        return render(request, "editorial/link_too_old.html", needs, status=410)
    form = AdviseForm(request.POST or None, initial={"text": asked.answer})
    if attempt(form, lambda: consultations.answer(asked, text=form.cleaned_data["text"])):
        messages.success(request, _("Thank you. The editors have your answer."))
        return redirect("editorial:advise", token=token)
    facts = {"asked": asked, "form": form, "is_open": consultations.is_open(asked)}
    return render(request, "editorial/advise.html", facts)


def _asked(pk: int) -> Consultation:
    known = Consultation.objects.select_related("dispute__claim__post__head", "person", "asked_by")
    return get_object_or_404(known.defer("dispute__claim__post__body"), pk=pk)
