"""A person's own pages."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import people, roles, slips
from accounts.access import AuthedRequest, moderators_only, signed_in_only
from accounts.forms import DigestForm, KeysForm, NameForm
from accounts.models import Person


@require_safe
@signed_in_only
def me(request: AuthedRequest) -> HttpResponse:
    """What this person may do here, and where."""
    needs = {
        "digest": DigestForm(initial={"wants": request.user.wants_digest}),
        "keys": KeysForm(initial={"uses_keys": request.user.uses_keys}),
    }
    return render(request, "accounts/me.html", needs)


@require_safe
@never_cache
def bar(request: HttpRequest) -> HttpResponse:
    """What public pages ask for when the cookie `signed_in` is set: who looks, and their doors."""
    return render(request, "accounts/_bar.html", {"at": request.GET.get("at", "")})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def profile(request: AuthedRequest) -> HttpResponse:
    """The name that readers see."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        people.rename(request.user, by=request.user, name=form.cleaned_data["name"])
        messages.success(request, _("Your name is saved."))
        return redirect(_asked_for(request) or "accounts:me")
    return render(request, "accounts/profile.html", {"form": form})


@require_safe
@signed_in_only
def second_step(request: AuthedRequest) -> HttpResponse:
    """Where the staff are led who have to set up a second step before the desk opens."""
    facts = {"is_wanted": roles.lacks_second_step(request.user), "next": _asked_for(request)}
    return render(request, "accounts/second_step.html", facts)


@moderators_only
@require_POST
def keys(request: AuthedRequest) -> HttpResponse:
    """Switch single keys at the desk on or off."""
    form = KeysForm(request.POST)
    form.is_valid()  # one box, ticked or not
    people.use_keys(request.user, by=request.user, uses_keys=form.cleaned_data["uses_keys"])
    messages.success(request, _("Your choice is saved."))
    return redirect("accounts:me")


@require_POST
@moderators_only
def digest(request: AuthedRequest) -> HttpResponse:
    """Choose whether to get the daily mail of the desk."""
    form = DigestForm(request.POST)
    wants = form.is_valid() and form.cleaned_data["wants"]
    people.choose_digest(request.user, by=request.user, wants=wants)
    messages.success(request, _("Your choice is saved."))
    return redirect("accounts:me")


@csrf_exempt  # RFC 8058: the mail program posts without a cookie; the token is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_digest(request: HttpRequest, token: str) -> HttpResponse:
    """End the daily mail by its link: a page with a button, or one click in a mail program."""
    person = Person.objects.filter(pk=slips.whose_digest(token) or 0).first()
    if person and request.method == "POST":
        people.choose_digest(person, by=person, wants=False)
    needs = {"is_known": bool(person), "is_wanted": bool(person and person.wants_digest)}
    status = 200 if person else 404
    return render(request, "accounts/stop_digest.html", needs, status=status)


def _asked_for(request: AuthedRequest) -> str:
    """Our page that sent the person here, if one did."""
    page = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    return page if is_ours else ""
