"""The rules of all discussions, for the publisher; how moderating goes, for moderators."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import AuthedRequest, moderators_only, publishers_only
from blog.models import SitePieceVersion
from blog.openness import exceptions
from blog.views.answers import ask, attempt
from comments import house
from comments.figures import figures
from comments.house_forms import RulesForm
from comments.numbers import weeks

MOST_POSTS = 25


@publishers_only
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: AuthedRequest) -> HttpResponse:
    """Everything that is decided once for all discussions."""
    form = RulesForm(request.POST or None, rules=house.stored())
    if "preview" in request.POST:
        form.is_valid()
        return _page(request, form, preview=form.preview())
    seen = form.data.get("seen", "")
    given = {"publisher": request.user, "seen": seen}
    if attempt(form, lambda: house.set_rules(**given, **form.given())):
        messages.success(request, _("The rules are saved and in force."))
        return redirect("comments:rules")
    return _page(request, form, status=422 if form.is_bound else 200)


@publishers_only
@require_POST
def restore(request: AuthedRequest, pk: int) -> HttpResponse:
    """The house rules as they were once."""
    version = get_object_or_404(SitePieceVersion, pk=pk)
    done = _("The text is as it was. That is a new version.")
    ask(request, lambda: house.restore(version, publisher=request.user), done=done)
    return redirect("blog:desk_site_history")


@moderators_only
@require_safe
def numbers(request: AuthedRequest) -> HttpResponse:
    """How long comments wait, how often they were fine, what was undone: by week."""
    told = weeks()
    needs = {"figures": figures(told), "weeks": told[::-1], "first": told[0], "last": told[-1]}
    return render(request, "comments/house/numbers.html", needs)


def _page(
    request: AuthedRequest, form: RulesForm, *, preview: str = "", status: int = 200
) -> HttpResponse:
    if form.is_bound and not preview:
        form.look_again()
    needs = {"form": form, "preview": preview, "exceptions": exceptions(most_posts=MOST_POSTS)}
    return render(request, "comments/house/rules.html", needs, status=status)
