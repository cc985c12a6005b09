"""The staff page of the publisher, and the door for whoever is invited to the staff."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import roles, slips
from accounts import staff as rules
from accounts.access import AuthedRequest, publishers_only
from accounts.forms import RoleForm, StaffForm
from accounts.models import Person, StaffEvent, StaffInvitation
from accounts.refusals import Refusal

EVENTS_SHOWN = 50


@publishers_only
@require_http_methods(["GET", "HEAD", "POST"])
def staff(request: AuthedRequest) -> HttpResponse:
    """Who is on the staff, who is invited, what changed; and the form that invites."""
    form = StaffForm(request.POST or None)
    if form.is_valid() and _invite(form, request.user):
        messages.success(request, _("The invitation is on its way."))
        return redirect("accounts:staff")
    return render(request, "accounts/staff.html", _page(form))


def _invite(form: StaffForm, publisher: Person) -> bool:
    try:
        rules.invite(by=publisher, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True


def _page(form: StaffForm) -> dict[str, object]:
    people = roles.moderators().order_by("name", "email")
    closed = Person.objects.filter(is_active=False, role__in=rules.STAFF_ROLES)
    events = StaffEvent.objects.select_related("actor", "person")
    return {
        "form": form,
        "people": [(one, RoleForm(initial={"role": one.role}, auto_id=False)) for one in people],
        "closed": closed.order_by("name", "email"),
        "invitations": StaffInvitation.objects.open().select_related("invited_by"),
        "events": events[:EVENTS_SHOWN],
    }


def _press(request: AuthedRequest, act: Callable[[], object], *, done: str) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect("accounts:staff")


@publishers_only
@require_POST
def change_role(request: AuthedRequest, pk: int) -> HttpResponse:
    person, role = get_object_or_404(Person, pk=pk), request.POST.get("role", "")
    return _press(
        request,
        lambda: rules.change_role(person, role=role, by=request.user),
        done=_("The role is changed, and a mail says so."),
    )


@publishers_only
@require_POST
def close(request: AuthedRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person, pk=pk)
    return _press(
        request,
        lambda: rules.close(person, by=request.user),
        done=_("The login is closed. Whoever used it is signed out everywhere."),
    )


@publishers_only
@require_POST
def open_again(request: AuthedRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person, pk=pk)
    return _press(
        request,
        lambda: rules.open_again(person, by=request.user),
        done=_("The login is open again."),
    )


@publishers_only
@require_POST
def end(request: AuthedRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(StaffInvitation, pk=pk)
    return _press(
        request,
        lambda: rules.end_invitation(invitation, by=request.user),
        done=_("The invitation is taken back."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Accept a role by a button; then sign in by a code at the invited address."""
    found = StaffInvitation.objects.select_related("invited_by")
    invitation = found.filter(pk=slips.which_invitation(token) or 0).first()
    if invitation is None:
        raise Http404
    if request.method == "POST" and _join(request, invitation):
        return redirect(f"{reverse('account_request_login_code')}?next={reverse('editorial:desk')}")
    status = 200 if invitation.is_open else 410
    response = render(request, "accounts/join.html", {"invitation": invitation}, status=status)
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _join(request: HttpRequest, invitation: StaffInvitation) -> bool:
    try:
        rules.join(invitation)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return False
    messages.success(request, _("Welcome. Now sign in: a code comes to the invited address."))
    return True
