"""The desk of comments: decisions about many at once, and how far they are."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, moderators_only
from accounts.refusals import Invalid, Refusal
from blog.views.public import wants_fragment
from comments import batches, lists
from comments.filters import Place, place_at
from comments.models import Batch, CommentState
from comments.paths import id_in
from comments.views import desk_answers as answers


@moderators_only
@require_POST
def begin(request: AuthedRequest) -> HttpResponse:
    """Decide about what was ticked, or about all that a list holds with its filter."""
    to, _colon, because = request.POST.get("to", "").partition(":")
    place = place_at(request.POST.get("place", ""))
    try:
        seen, pks = _seen(place), _chosen(request, place)
        batch = batches.begin(pks, moderator=request.user, seen=seen, to=to, because=because)
    except Refusal as refusal:
        return answers.refused(request, refusal)
    return redirect(f"{answers.desk_of(request)}&batch={batch.pk}")


@moderators_only
@require_safe
def batch(request: AuthedRequest, pk: int) -> HttpResponse:
    """How far a decision about many is: a line that asks again by itself until it is done."""
    found = get_object_or_404(Batch.objects.defer("pks"), pk=pk)
    part = wants_fragment(request)
    template = "comments/_batch.html" if part else "comments/batch.html"
    return render(request, template, {"batch": found, "place": request.GET.get("place", "")})


@moderators_only
@require_POST
def undo(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take a decision about many back, as far as nobody touched the comments since."""
    found = get_object_or_404(Batch, pk=pk)
    try:
        number = batches.undo(found, moderator=request.user)
    except Refusal as refusal:
        return answers.refused(request, refusal)
    if found.total <= batches.AT_ONCE:
        messages.success(request, _undone(number))
    else:
        messages.success(request, _("The comments are on their way back."))
    return redirect(answers.desk_of(request))


@moderators_only
@require_POST
def empty_spam(request: AuthedRequest) -> HttpResponse:
    """Delete the spam that was there when the page was drawn; newer spam stays."""
    try:
        drawn_at = _moment(request.POST.get("drawn_at", ""))
        up_to = id_in(request.POST.get("newest", ""))
        number = batches.empty_spam(moderator=request.user, up_to=up_to, drawn_at=drawn_at)
    except Refusal as refusal:
        return answers.refused(request, refusal)
    messages.success(request, _emptied(number))
    return redirect(answers.desk_of(request))


def _seen(place: Place) -> CommentState:
    if place.name.state is None:
        raise Invalid(_("The comments of this list are decided about one by one."))
    return place.name.state


def _chosen(request: AuthedRequest, place: Place) -> list[int]:
    sent: QueryDict = request.POST
    if "whole" not in sent:
        ticked = (id_in(pk) for pk in sent.getlist("comment")[: batches.AT_ONCE])
        return [pk for pk in ticked if pk]
    newest = id_in(sent.get("newest", ""))
    return lists.pks(place, request.user, up_to=newest, most=batches.MOST)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(_("Please look at the list again.")) from None
    if timezone.is_naive(moment) or moment > timezone.now():
        raise Invalid(_("Please look at the list again."))
    return moment


def _undone(number: int) -> str:
    words = ngettext("%(number)d comment is back.", "%(number)d comments are back.", number)
    return _("Undone: %(comments)s") % {"comments": words % {"number": number}}


def _emptied(number: int) -> str:
    words = ngettext("%(number)d comment is gone.", "%(number)d comments are gone.", number)
    return words % {"number": number}
