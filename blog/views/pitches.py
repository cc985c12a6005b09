"""Proposing a post, confirming the proposal, and answering it on the desk."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import AuthedRequest, editors_only
from accounts.addresses import client_network
from accounts.models import Person
from blog import access, pitches, slips
from blog.forms.pitches import AcceptForm, DeclineForm, PitchForm
from blog.models import Pitch, PitchState, Publication
from blog.views.answers import ask, attempt

PITCHES_A_PAGE = 50
SHOWN = (PitchState.OPEN, PitchState.ACCEPTED, PitchState.DECLINED)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pitch(request: HttpRequest) -> HttpResponse:
    """Propose a post; nobody sees it before the address is confirmed."""
    if not Publication.current().takes_pitches:
        return render(request, "blog/write/no_pitches.html", status=404)
    person = request.user if isinstance(request.user, Person) else None
    form = PitchForm(request.POST or None, person=person)
    if attempt(form, lambda: _keep(request, form)):
        return redirect("blog:pitch_sent")
    return render(request, "blog/write/pitch.html", {"form": form})


def _keep(request: HttpRequest, form: PitchForm) -> Pitch | None:
    if form.key is None:
        return None
    return pitches.pitch(form.proposal(), key=form.key, network=client_network(request))


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next: the same for everybody, whoever the address belongs to."""
    return render(request, "blog/write/pitch_sent.html", {"is_confirmed": False})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm a pitch by a button: programs that look through mails follow links."""
    pk = slips.which_pitch(token)
    if pk is None:
        raise Http404
    found = Pitch.objects.filter(pk=pk).first()
    if found is None:  # our own link, but to what was forgotten since
        return access.private(render(request, "blog/write/pitch_forgotten.html", status=410))
    if request.method == "POST":
        found = pitches.confirm(found)
    facts = {"pitch": found, "is_confirmed": found.state != PitchState.UNCONFIRMED}
    return access.private(render(request, "blog/write/pitch_sent.html", facts))


@editors_only
@require_safe
def pitch_list(request: AuthedRequest) -> HttpResponse:
    """What is proposed, oldest first; or what was answered, newest first."""
    asked = request.GET.get("state", "")
    state = asked if asked in SHOWN else PitchState.OPEN
    rows = Pitch.objects.select_related("decided_by", "post").filter(state=state)
    rows = rows.order_by("confirmed_at", "pk") if state == PitchState.OPEN else rows
    page = Paginator(rows, PITCHES_A_PAGE).get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "state": state,
        "states": [(one.value, one.label) for one in SHOWN],
        "takes_pitches": Publication.current().takes_pitches,
    }
    return render(request, "blog/desk/pitches.html", facts)


@editors_only
@require_safe
def desk_pitch(request: AuthedRequest, pk: int) -> HttpResponse:
    return _page(request, _seen(pk), AcceptForm(), DeclineForm())


@editors_only
@require_POST
def accept(request: AuthedRequest, pk: int) -> HttpResponse:
    """Invite whoever proposed it."""
    found, form = _seen(pk), AcceptForm(request.POST)
    made = attempt(form, lambda: pitches.accept(found, editor=request.user, answer=form.answer()))
    if made is None:
        return _page(request, found, form, DeclineForm())
    messages.success(request, _("The invitation is on its way; the post begins with the proposal."))
    return redirect("blog:desk_post", pk=made.post_id)


@editors_only
@require_POST
def decline(request: AuthedRequest, pk: int) -> HttpResponse:
    """Say no, in words that are mailed."""
    found, form = _seen(pk), DeclineForm(request.POST)
    if not attempt(form, lambda: pitches.decline(found, editor=request.user, **form.cleaned_data)):
        return _page(request, found, AcceptForm(), form)
    messages.success(request, _("The proposal is declined; your words are on their way."))
    return redirect("blog:desk_pitches")


@editors_only
@require_POST
def switch(request: AuthedRequest) -> HttpResponse:
    """Open or close the form for proposals."""
    wanted = request.POST.get("wanted") == "yes"
    ask(
        request,
        lambda: pitches.take_pitches(editor=request.user, wanted=wanted),
        done=_("Anybody may propose a post now.") if wanted else _("The form is closed now."),
    )
    return redirect("blog:desk_pitches")


def _seen(pk: int) -> Pitch:
    confirmed = Pitch.objects.confirmed().select_related("decided_by", "post")
    return get_object_or_404(confirmed, pk=pk)


def _page(
    request: AuthedRequest, pitch: Pitch, accepting: AcceptForm, declining: DeclineForm
) -> HttpResponse:
    facts = {"pitch": pitch, "accept_form": accepting, "decline_form": declining}
    return render(request, "blog/desk/pitch.html", facts)
