"""One dispute on one screen: take it up, decline it, place its words."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, editors_only
from accounts.refusals import Refusal
from accounts.roles import is_publisher
from blog.models import Passage
from blog.views.answers import attempt
from editorial import casework, concerns, copies, disputes, undoing, wishes
from editorial.arguments import arguments, earlier_cases
from editorial.casework import Casework
from editorial.forms.acts import Acts
from editorial.forms.consulting import Consulting
from editorial.forms.grave import ConcernForm, HoldForm, LiftForm
from editorial.forms.hearing import Hearing
from editorial.forms.lifecycle import StepForm
from editorial.forms.refused import Refused, refused_in
from editorial.forms.rewording import ExplainForm
from editorial.forms.together import Deciding
from editorial.forms.triage import AcceptForm, DeclineForm, PlaceForm
from editorial.models import DeclineReason, Dispute, DisputeEvent


def find(public_id: str) -> Casework:
    """The dispute and all that an editor needs to judge it."""
    known = Dispute.objects.select_related(
        "claim__post__author",
        "raised_by",
        "assigned_to",
        "source_comment__user",
        "decision__notice",
        "merged_into__claim",
    ).prefetch_related(Prefetch("events", DisputeEvent.objects.with_people()))
    return casework.of(get_object_or_404(known, public_id=public_id))


def show(
    request: AuthedRequest,
    work: Casework,
    *,
    status: int = 200,
    acting: dict[str, StepForm] | None = None,
    **forms: object,
) -> HttpResponse:
    """The screen; forms that were refused come back with what was typed."""
    facts: dict[str, Any] = {**_screen(request, work), "acts": Acts(work.dispute, acting), **forms}
    facts |= {"refused": _refused(**facts), **_beside(work.dispute, facts["deciding"])}
    return render(request, "editorial/case.html", facts, status=status)


def _screen(request: AuthedRequest, work: Casework) -> dict[str, Any]:
    """What the screen shows before anything is typed."""
    dispute = work.dispute
    return _asked(dispute) | {
        "work": work,
        "dispute": dispute,
        "accept": AcceptForm(dispute=dispute),
        "decline": DeclineForm(dispute=dispute),
        "until": undoing.until(dispute.decision),
        "explaining": ExplainForm.of(dispute),
        "deciding": _deciding(request, work),
        "concern": ConcernForm(dispute=dispute, words=work.words),
        "concerns": concerns.standing(dispute.claim),
        "lift": LiftForm(),
        "hold": HoldForm(dispute=dispute) if is_publisher(request.user) else None,
        "merged": dispute.merged.select_related("claim").oldest_first(),
        "wished": (wished := wishes.latest(dispute)),
        "is_authors_wish": wished is not None and wishes.is_authors(dispute, wished),
    }


def _asked(dispute: Dispute) -> dict[str, object]:
    """Who is heard before a decision."""
    return {"hearing": Hearing(dispute), "consulting": Consulting(dispute)}


def _beside(dispute: Dispute, deciding: Deciding) -> dict[str, Any]:
    """What an editor looks at while deciding."""
    return {
        "highlighted": casework.highlighted(deciding.work.head, deciding.works),
        "arguments": arguments(dispute),
        "earlier": earlier_cases(dispute),
        "copies": copies.elsewhere(dispute.decision.notice if dispute.decision else None),
    }


def _deciding(request: AuthedRequest, work: Casework) -> Deciding:
    """An empty form; the page of an edit leads here with `?edit=waiting`."""
    takes_edit = request.GET.get("edit") == "waiting"
    together = request.GET.getlist("with")
    return Deciding(None, work=work, editor=request.user, together=together, takes_edit=takes_edit)


def _refused(
    *, accept: AcceptForm, decline: DeclineForm, deciding: Deciding, **facts: Any
) -> list[Refused]:
    placing: PlaceForm | None = facts.get("placing")
    return [
        *(refused_in(placing, anchor="passage", about=_("The passage")) if placing else []),
        *refused_in(accept, anchor="accept", about=_("Take it up")),
        *refused_in(decline, anchor="decline", about=_("Or decline it")),
        *deciding.refused,
        *_refused_grave(**facts),
    ]


def _refused_grave(*, concern: Form, lift: Form, hold: Form | None, **facts: Any) -> list[Refused]:
    about = _("Expression of concern")
    return [
        *refused_in(concern, anchor="concern", about=about),
        *refused_in(lift, anchor="concern", about=about),
        *(refused_in(hold, anchor="hold", about=_("Legal grounds")) if hold else []),
    ]


@editors_only
@require_safe
def case(request: AuthedRequest, public_id: str) -> HttpResponse:
    """Everything about one dispute, and what may be done with it now."""
    return show(request, find(public_id))


@editors_only
@require_POST
def accept(request: AuthedRequest, public_id: str) -> HttpResponse:
    """Take an objection up: from now on readers see it."""
    work = find(public_id)
    form = AcceptForm(request.POST, dispute=work.dispute)
    if not try_to(form, lambda facts: disputes.accept(work.dispute, editor=request.user, **facts)):
        return show(request, work, accept=form)
    messages.success(request, _("The statement is under review now, and the post says so."))
    return redirect("editorial:case", public_id=public_id)


@editors_only
@require_POST
def decline(request: AuthedRequest, public_id: str) -> HttpResponse:
    """Do not take an objection up; whoever raised it is told why."""
    work = find(public_id)
    form = DeclineForm(request.POST, dispute=work.dispute)
    if not try_to(form, lambda facts: _decline(request, work.dispute, facts)):
        return show(request, work, decline=form)
    messages.success(request, _("It is not taken up. Nothing of it was shown."))
    return redirect("editorial:disputes")


def _decline(request: AuthedRequest, dispute: Dispute, facts: dict[str, Any]) -> Dispute:
    because = DeclineReason(facts.pop("because"))
    return disputes.decline(dispute, editor=request.user, because=because, **facts)


@editors_only
@require_POST
def place(request: AuthedRequest, public_id: str) -> HttpResponse:
    """Say where the lost words of a dispute stand now."""
    work = find(public_id)
    form = PlaceForm(request.POST, head=work.head)
    if not form.is_valid() or not _place(request, work, form):
        return show(request, work, placing=form)
    messages.success(request, _("The dispute stands at these words now."))
    return redirect("editorial:case", public_id=public_id)


def _place(request: AuthedRequest, work: Casework, form: PlaceForm) -> bool:
    given = form.cleaned_data
    passage = get_object_or_404(Passage, pk=given["passage"], post=work.post)
    [quote] = form.quotes
    try:
        disputes.place(
            work.dispute,
            editor=request.user,
            passage=passage,
            quote=quote,
            version=given["version"],
        )
    except Refusal as refusal:
        form.take(refusal)
        return False
    return True


def try_to(form: Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether the rule did it; if not, the form says why and keeps what was typed."""

    def did() -> bool:
        act(dict(form.cleaned_data))
        return True

    return attempt(form, did) is not None
