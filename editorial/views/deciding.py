"""Deciding a dispute, what came of it, and taking it back while nobody was told."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, editors_only
from accounts.refusals import Conflict, Refusal
from editorial import copies, undoing
from editorial.casework import Casework
from editorial.forms.together import Deciding
from editorial.models import Decision
from editorial.views.casework import find, show


@editors_only
@require_POST
def decide(request: AuthedRequest, public_id: str) -> HttpResponse:
    """Decide, alone or together with others about the same post; two editors at once get 409.

    The same form sent twice leads to what it has decided.
    """
    work = find(public_id)
    deciding = _sent(request, work)
    if not deciding.is_valid():
        return show(request, work, deciding=deciding)
    try:
        decision = deciding.act()[0]
    except Conflict as refusal:
        if deciding.made_before is None:
            return _clash(request, work, deciding, refusal)
        decision = deciding.made_before
    except Refusal as refusal:
        deciding.take(refusal)
        return show(request, work, deciding=deciding)
    return redirect("editorial:decided", pk=decision.pk)


def _clash(
    request: AuthedRequest, work: Casework, deciding: Deciding, refusal: Conflict
) -> HttpResponse:
    """Somebody was faster: both texts side by side, and all that was typed."""
    clash = deciding.clash()
    return show(request, work, status=409, deciding=deciding, clash=clash, refusal=refusal)


@editors_only
@require_POST
def preview(request: AuthedRequest, public_id: str) -> HttpResponse:
    """What deciding would bring about; nothing is stored, and what was typed is kept."""
    work = find(public_id)
    deciding = _sent(request, work)
    facts = _foreseen(deciding) if deciding.is_valid() else {}
    if request.headers.get("HX-Request"):
        facts |= {"refused": deciding.refused, "is_swapped": True}
        return render(request, "editorial/_foreseen.html", facts)
    return show(request, work, deciding=deciding, **facts)


def _sent(request: AuthedRequest, work: Casework) -> Deciding:
    along = request.POST.getlist("with")
    return Deciding(request.POST, work=work, editor=request.user, together=along)


def _foreseen(deciding: Deciding) -> dict[str, Any]:
    """What is foreseen, or nothing: then the forms say why it would be refused."""
    try:
        return {"foreseen": deciding.foresee()}
    except Refusal as refusal:
        deciding.take(refusal)
        return {}


@editors_only
@require_safe
def decided(request: AuthedRequest, pk: int) -> HttpResponse:
    """What was published together, and how long it can be taken back."""
    return _show(request, get_object_or_404(Decision, pk=pk))


@editors_only
@require_POST
def undo(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take a decision back, with those that were made in the same step."""
    decision = get_object_or_404(Decision, pk=pk)
    try:
        taken_back = undoing.undo(decision, editor=request.user)
    except Refusal as refusal:
        return _show(request, decision, status=409, refusal=refusal)
    messages.success(request, _taken_back(len(taken_back)))
    first, *others = [dispute for one in taken_back for dispute in one.disputes.all()]
    again = QueryDict(mutable=True)
    again.setlist("with", [dispute.public_id for dispute in others])
    return redirect(f"{reverse('editorial:case', args=[first.public_id])}?{again.urlencode()}")


def _show(request: AuthedRequest, decision: Decision, **facts: Any) -> HttpResponse:
    status = facts.pop("status", 200)
    made = Decision.objects.made_with(decision).select_related("notice", "follow_up")
    facts["made"] = list(made.prefetch_related("disputes__claim__post"))
    facts |= {"decision": decision, "until": undoing.until(decision)}
    facts["copies"] = _copies(facts["made"])
    facts["post"] = facts["made"][0].disputes.all()[0].claim.post
    return render(request, "editorial/decided.html", facts, status=status)


def _copies(made: Sequence[Decision]) -> list[copies.Copy]:
    """Other posts that still say what these decisions changed."""
    standing = (one.notice for one in made if one.undone_at is None)
    return [copy for notice in standing for copy in copies.elsewhere(notice)]


def _taken_back(number: int) -> str:
    return ngettext(
        "The decision is taken back, and nobody was told. The statement is under review again.",
        "%(number)d decisions are taken back, and nobody was told. The statements are under review"
        " again.",
        number,
    ) % {"number": number}
