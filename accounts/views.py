"""A person's own pages."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import people
from accounts.access import AuthedRequest, signed_in_only
from accounts.forms import NameForm


@require_safe
@signed_in_only
def me(request: AuthedRequest) -> HttpResponse:
    """What this person may do here, and where."""
    return render(request, "accounts/me.html")


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
        return redirect("accounts:me")
    return render(request, "accounts/profile.html", {"form": form})
