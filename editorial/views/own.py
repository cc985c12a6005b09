"""The private page of whoever raised an objection: what became of it, and what they may still do.

The link is the key: whoever has it may do all of this, and to anybody else the page does not exist.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Refusal
from editorial import asking, disputes, raisers, record, review, slips, story, wishes
from editorial.forms.lifecycle import AgainForm, AnswerForm, SourceForm
from editorial.models import Dispute
from editorial.models.dispute import OPEN_STATES


def _own(token: str) -> Dispute:
    """The dispute this private link was made for."""
    public_id = slips.whose_link(token)
    if public_id is None:
        raise Http404
    with_all = Dispute.objects.select_related(
        "claim__post__head", "decision__notice", "merged_into__decision__notice"
    )
    return get_object_or_404(with_all, public_id=public_id)


def _show(
    request: HttpRequest, dispute: Dispute, token: str, *, status: int = 200, **facts: object
) -> HttpResponse:
    root = dispute.merged_into or dispute
    if raisers.is_link_over(dispute):
        return _over(request, root)
    needs = {**_page(dispute, root), "token": token, **facts}
    return render(request, "editorial/mine.html", needs, status=status)


def _page(dispute: Dispute, root: Dispute) -> dict[str, object]:
    """What the page says, and what may be done there now."""
    wished = wishes.latest(dispute)
    return {
        "dispute": dispute,
        "root": root,
        "wish": "" if wished is None or wishes.is_authors(dispute, wished) else dispute.wish,
        "sentence": record.declined_because(root),
        "steps": story.for_raiser(dispute),
        "sources": dispute.evidence.all(),
        "question": asking.open_question(dispute),
        "answered": dispute.questions.exclude(answered_at=None),
        "answer": AnswerForm(),
        "source": SourceForm() if dispute.state in OPEN_STATES else None,
        "again": AgainForm() if wishes.may_ask_to_reopen(dispute) else None,
    }


def _over(request: HttpRequest, root: Dispute) -> HttpResponse:
    public = Dispute.objects.public().filter(pk=root.pk).first()
    needs = {"whose": "raiser", "days": settings.RAISER_LINK_DAYS, "public": public}
    return render(request, "editorial/link_too_old.html", needs, status=410)


@never_cache
@require_safe
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """What became of one's own report."""
    return _show(request, _own(token), token)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the receipt: a button confirms the address, since mail scanners open links."""
    known = Dispute.objects.select_related("claim__post__head")
    dispute = get_object_or_404(known, public_id=slips.whose_mail(token) or "")
    if request.method == "POST":
        raisers.confirm(dispute)
        messages.success(request, _("Thank you. We tell you by mail what becomes of it."))
    if request.method == "POST" or not dispute.waits_for_proof:
        return redirect("editorial:mine", token=slips.private_link(dispute.public_id))
    return render(request, "editorial/confirm.html", {"dispute": dispute})


@never_cache
@require_POST
def take_back(request: HttpRequest, token: str) -> HttpResponse:
    """Take one's own report back: at once, or by an editor once it is under review."""
    dispute = _own(token)
    try:
        if dispute.is_under_review:
            wishes.ask_to_withdraw(dispute)
            messages.success(request, _("You asked to take this back; an editor will see it."))
        else:
            disputes.withdraw(dispute, version=dispute.version)
    except Refusal as refusal:
        return _show(request, dispute, token, status=409, refusal=refusal.sentence)
    return redirect("editorial:mine", token=token)


@never_cache
@require_POST
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Answer what an editor asked."""
    form, act = AnswerForm(request.POST), asking.answer
    return _do(
        request, token, form, act, name="answer", done=_("An editor goes on with your report.")
    )


@never_cache
@require_POST
def add_source(request: HttpRequest, token: str) -> HttpResponse:
    """Add a source that anyone can check."""
    form, act = SourceForm(request.POST), review.add_source
    return _do(request, token, form, act, name="source", done=_("The source is added."))


@never_cache
@require_POST
def ask_again(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to open a closed report again."""
    form, act = AgainForm(request.POST), wishes.ask_to_reopen
    return _do(request, token, form, act, name="again", done=_("Another look will be taken at it."))


def _do(  # noqa: PLR0913  all that one answer needs
    request: HttpRequest,
    token: str,
    form: Form,
    act: Callable[..., object],
    *,
    name: str,
    done: str,
) -> HttpResponse:
    """Do it and lead back to the page, or show beside the field why not, with what was typed."""
    dispute = _own(token)
    if form.is_valid():
        try:
            act(dispute, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, done)
            return redirect("editorial:mine", token=token)
    forms: dict[str, Any] = {name: form}
    return _show(request, dispute, token, **forms)
