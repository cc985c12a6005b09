"""Reporting a comment to the moderators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.addresses import client_network
from accounts.models import Person
from accounts.ratelimit import allow
from accounts.refusals import Conflict, Invalid, NotAllowed, Refusal
from blog.models import Post
from comments import browsers, flagging, tickets
from comments.discussion import TooSoon
from comments.evidence import HONEYPOT
from comments.flagging import Reporter
from comments.forms import FlagForm
from comments.models import PostComment

REPORTS_A_DAY = 10  # from one network
DAY = 24 * 60 * 60  # seconds
STATUS: dict[type[Refusal], int] = {TooSoon: 429, Conflict: 409, NotAllowed: 403}


@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The form in which a reader says what is wrong with a comment."""
    comment = _shown(pk)
    known = _known(request)
    initial = {"ticket": tickets.hand_out(comment)}
    form = FlagForm(request.POST or None, initial=initial, about=comment, is_known=bool(known))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            _raise(request, form, comment, known)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            status = STATUS.get(type(refusal), 422)
        else:
            return redirect("comments:reported", pk)
    needs = {"comment": comment, "form": form, "honeypot": HONEYPOT, "known": known}
    return render(request, "comments/report.html", needs, status=status)


@never_cache
@require_safe
def reported(request: HttpRequest, pk: int) -> HttpResponse:
    """Thanks, and who will be told what came of it."""
    needs = {"comment": _shown(pk), "known": _known(request)}
    return render(request, "comments/reported.html", needs)


def _shown(pk: int) -> PostComment:
    shown = PostComment.objects.published().filter(post__in=Post.objects.published())
    return get_object_or_404(shown.select_related("post__head", "user"), pk=pk)


def _known(request: HttpRequest) -> str:
    """The address that is known to be the reader's, "" if there is none."""
    if isinstance(request.user, Person):
        return request.user.email
    browser = browsers.remembered(request)
    return browser.participant.email if browser and browser.proved_at else ""


def _raise(request: HttpRequest, form: FlagForm, comment: PostComment, known: str) -> None:
    if request.POST.get(HONEYPOT):
        raise Invalid(_("Please leave the field empty that says so, and send it again."))
    network = client_network(request)
    if not allow(f"report {network}", limit=REPORTS_A_DAY, seconds=DAY):
        raise TooSoon(_("Many reports came from your network today. Please try again tomorrow."))
    reporter = Reporter(
        person=request.user if isinstance(request.user, Person) else None,
        browser=browsers.remembered(request),
        email="" if known else form.cleaned_data["email"],
        network=network,
    )
    flagging.raise_flag(
        comment,
        reporter=reporter,
        reason=form.cleaned_data["reason"],
        words=form.cleaned_data["words"],
    )
