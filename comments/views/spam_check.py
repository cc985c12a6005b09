"""How the spam check does: moderators look, the publisher asks about the key of the site."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, moderators_only, publishers_only
from blog.views.public import wants_fragment
from comments import health, rechecks, spam_service


@moderators_only
@require_safe
def spam_check(request: AuthedRequest) -> HttpResponse:
    """What was last heard of the service, and what waits for it."""
    return render(request, "comments/spam_check.html", {"overview": spam_service.overview()})


@publishers_only
@require_POST
def inspect(request: AuthedRequest) -> HttpResponse:
    """Ask the service about our key, now; the answer is shown once and not kept."""
    found = health.inspect(publisher=request.user)
    needs = {
        "overview": spam_service.overview(),
        "found": found,
        "asked_at": timezone.now(),
    }
    return render(request, "comments/spam_check.html", needs)


@moderators_only
@require_POST
def again(request: AuthedRequest) -> HttpResponse:
    """Check the held list again; a page shows how far that is."""
    return redirect("comments:recheck", rechecks.start(moderator=request.user).pk)


@moderators_only
@require_safe
def recheck(request: AuthedRequest, pk: int) -> HttpResponse:
    """How far it is: a page, or a fragment for htmx, which asks again until all is done."""
    batch = get_object_or_404(spam_service.rechecks(), pk=pk)
    is_fragment = wants_fragment(request)
    template = "comments/_recheck.html" if is_fragment else "comments/recheck.html"
    return render(request, template, {"batch": batch})
