"""How the spam check does: for moderators, who can ask it about the key of the site."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, moderators_only
from comments import health, spam_service


@moderators_only
@require_safe
def spam_check(request: AuthedRequest) -> HttpResponse:
    """What was last heard of the service, and what waits for it."""
    return render(request, "comments/spam_check.html", {"overview": spam_service.overview()})


@moderators_only
@require_POST
def inspect(request: AuthedRequest) -> HttpResponse:
    """Ask the service about our key, now; the answer is shown once and not kept."""
    found = health.inspect(moderator=request.user)
    needs = {
        "overview": spam_service.overview(),
        "found": found,
        "asked_at": timezone.now(),
    }
    return render(request, "comments/spam_check.html", needs)
