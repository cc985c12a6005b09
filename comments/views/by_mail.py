"""Deciding from a mail: the link shows the comment, and only its button decides."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.refusals import Conflict, Invalid, NotAllowed, Refusal, WrongMoment
from comments import by_mail

STATUS: dict[type[Refusal], int] = {
    Invalid: 404,
    NotAllowed: 403,
    by_mail.Gone: 410,
    Conflict: 409,
    WrongMoment: 409,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, token: str) -> HttpResponse:
    """The comment as it is now with one button; a mail scanner that follows the link does nothing.

    Nobody needs to be signed in: the link is the proof. So it tells neither e-mail nor address.
    """
    errand = None
    try:
        errand = by_mail.errand(token)
        if request.method == "POST":
            by_mail.carry_out(errand, edition=request.POST.get("edition", ""))
            return redirect("comments:by_mail", token)
    except Refusal as refusal:
        needs = {"errand": errand, "refusal": refusal.sentence}
        return render(request, "comments/by_mail.html", needs, status=STATUS[type(refusal)])
    return render(request, "comments/by_mail.html", {"errand": errand})
