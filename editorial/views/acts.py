"""What an editor does with a dispute besides taking it up and deciding it: one press each."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.access import AuthedRequest, editors_only
from accounts.models import Person
from editorial import asking, merging, review, wishes
from editorial.forms.lifecycle import (
    AskForm,
    AssignForm,
    GatherForm,
    LeaveClosedForm,
    MergeForm,
    OnlyForm,
    ProgressForm,
    ReopenForm,
    StepForm,
)
from editorial.models import Dispute
from editorial.views.casework import find, show, try_to

Rule = Callable[[Dispute, Person, dict[str, Any]], object]
ACTS: dict[str, tuple[type[StepForm], Rule, str | Promise]] = {
    "ask": (
        AskForm,
        lambda dispute, editor, facts: asking.ask(dispute, editor=editor, **facts),
        _("The question is on its way."),
    ),
    "assign": (
        AssignForm,
        lambda dispute, editor, facts: review.assign(dispute, editor=editor, **facts),
        _("It is written down who works on it."),
    ),
    "progress": (
        ProgressForm,
        lambda dispute, editor, facts: review.tell_progress(dispute, editor=editor, **facts),
        _("Readers see how far you are."),
    ),
    "withdraw": (
        OnlyForm,
        lambda dispute, editor, facts: wishes.withdraw(dispute, editor=editor, **facts),
        _("It is withdrawn, and the mark is gone."),
    ),
    "go-on": (
        OnlyForm,
        lambda dispute, editor, facts: wishes.go_on(dispute, editor=editor, **facts),
        _("The check goes on, on our own initiative."),
    ),
    "reopen": (
        ReopenForm,
        lambda dispute, editor, facts: wishes.reopen(dispute, editor=editor, **facts),
        _("The statement is under review again, and the post says so."),
    ),
    "leave-closed": (
        LeaveClosedForm,
        lambda dispute, editor, facts: wishes.leave_closed(dispute, editor=editor, **facts),
        _("It stays closed, and whoever asked is told why."),
    ),
    "merge": (
        MergeForm,
        lambda dispute, editor, facts: merging.merge(dispute, editor=editor, **facts),
        _("They are one now: everybody who raised them hears of the result."),
    ),
    "gather": (
        GatherForm,
        lambda dispute, editor, facts: merging.gather(dispute, editor=editor, **facts),
        _("They are one now: everybody who raised them hears of the result."),
    ),
    "unmerge": (
        OnlyForm,
        lambda dispute, editor, facts: merging.unmerge(dispute, editor=editor, **facts),
        _("It stands on its own again."),
    ),
}


class ActConverter:
    """The name of a step in an address."""

    regex = "|".join(ACTS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


@editors_only
@require_POST
def act(request: AuthedRequest, public_id: str, name: str) -> HttpResponse:
    """Take one of the steps; what is refused comes back on the screen with what was typed."""
    work = find(public_id)
    form_class, rule, done = ACTS[name]
    form = form_class(request.POST, dispute=work.dispute)
    if not try_to(form, lambda facts: rule(work.dispute, request.user, facts)):
        return show(request, work, acting={name: form})
    messages.success(request, str(done))
    return redirect("editorial:case", public_id=public_id)
