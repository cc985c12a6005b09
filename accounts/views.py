"""A person's own pages."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import people
from accounts.access import AuthedRequest, moderators_only, signed_in_only
from accounts.forms import KeysForm, NameForm


@require_safe
@signed_in_only
def me(request: AuthedRequest) -> HttpResponse:
    """What this person may do here, and where."""
    keys = KeysForm(initial={"uses_keys": request.user.uses_keys})
    return render(request, "accounts/me.html", {"keys": keys})


@require_safe
@never_cache
def bar(request: HttpRequest) -> HttpResponse:
    """What public pages ask for when the cookie `signed_in` is set: who looks, and their doors."""
    return render(request, "accounts/_bar.html")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def profile(request: AuthedRequest) -> HttpResponse:
    """The name that readers see."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        people.rename(request.user, by=request.user, name=form.cleaned_data["name"])
        messages.success(request, _("Your name is saved."))
        return redirect("accounts:me")
    return render(request, "accounts/profile.html", {"form": form})


@moderators_only
@require_POST
def keys(request: AuthedRequest) -> HttpResponse:
    """Switch single keys at the desk on or off."""
    form = KeysForm(request.POST)
    form.is_valid()  # one box, ticked or not
    people.use_keys(request.user, by=request.user, uses_keys=form.cleaned_data["uses_keys"])
    messages.success(request, _("Your choice is saved."))
    return redirect("accounts:me")
