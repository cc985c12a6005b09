"""People who comment, as moderators see them: their record, notes about them, sanctions."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, moderators_only
from blog.views.answers import ask, attempt
from comments import participants, people_cards, sanctions
from comments.models import Participant, Sanction
from comments.paths import id_in
from comments.people_forms import NoteForm, SanctionForm
from comments.words import storable

MOST_IN_QUERY = 100


@moderators_only
@require_safe
def people(request: AuthedRequest) -> HttpResponse:
    """Who commented last, or whom the words in the address find."""
    words = storable(request.GET.get("q", ""), most=MOST_IN_QUERY).strip()
    before = id_in(request.GET.get("before", ""))
    needs = {
        "found": people_cards.find(viewer=request.user, words=words, before=before),
        "words": words,
        "before": before,
        "sees_addresses": people_cards.may_see_addresses(request.user),
    }
    return render(request, "comments/people/people.html", needs)


@moderators_only
@require_safe
def person(request: AuthedRequest, pk: int) -> HttpResponse:
    """All that is known about one participant, and what may be done."""
    return _page(request, _participant(pk))


@moderators_only
@require_POST
def sanction(request: AuthedRequest, pk: int) -> HttpResponse:
    """Hold, suspend or ban somebody."""
    participant, form = _participant(pk), SanctionForm(request.POST)
    done = attempt(form, lambda: form.act(participant, moderator=request.user))
    if done is None:
        return _page(request, participant, sanction=form)
    messages.success(request, _("Done: %(sanction)s.") % {"sanction": done.get_kind_display()})
    return redirect("comments:person", pk)


@moderators_only
@require_POST
def lift(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take a sanction back."""
    found = get_object_or_404(Sanction, pk=pk)
    ask(
        request,
        lambda: sanctions.lift(found, moderator=request.user),
        done=_("The sanction is lifted."),
    )
    return redirect("comments:person", found.participant_id)


@moderators_only
@require_POST
def note(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write down what other moderators should know."""
    participant, form = _participant(pk), NoteForm(request.POST)
    text = form.data.get("text", "")
    if not attempt(form, lambda: participants.note(participant, moderator=request.user, text=text)):
        return _page(request, participant, note=form)
    messages.success(request, _("The note is kept."))
    return redirect("comments:person", pk)


@moderators_only
@require_safe
def log(request: AuthedRequest) -> HttpResponse:
    """All sanctions, newest first."""
    page = people_cards.log(request.GET.get("page"))
    return render(request, "comments/people/sanctions.html", {"page": page})


def _participant(pk: int) -> Participant:
    participant = people_cards.by_id(pk)
    if participant is None:
        raise Http404
    return participant


def _page(
    request: AuthedRequest,
    participant: Participant,
    *,
    sanction: SanctionForm | None = None,
    note: NoteForm | None = None,
) -> HttpResponse:
    state, number = request.GET.get("state", ""), request.GET.get("page")
    needs = {
        "person": people_cards.dossier(participant),
        "state": state,
        "page": people_cards.comments_of(participant, state=state, number=number),
        "sanction_form": sanction or SanctionForm(),
        "note_form": note or NoteForm(),
        "sees_addresses": people_cards.may_see_addresses(request.user),
    }
    status = 422 if sanction or note else 200
    return render(request, "comments/people/person.html", needs, status=status)
