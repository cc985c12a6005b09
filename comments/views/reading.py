"""What readers do besides writing: ask what is new, give respect; and what an editor features."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import AuthedRequest, editors_only
from accounts.addresses import client_network
from accounts.models import Person
from accounts.ratelimit import allow
from accounts.refusals import Refusal
from blog.views.public import wants_fragment
from comments import browsers, reactions
from comments.models import PostComment
from comments.news import newer, readable
from comments.paths import id_in
from comments.pipeline import TooSoon

NEWS_SECONDS = 15
RESPECTS_A_MINUTE = 30  # from one network; each draws a comment again


@require_safe
@cache_control(public=True, max_age=NEWS_SECONDS)
def news(request: HttpRequest, slug: str) -> JsonResponse:
    """How many comments are new after an id, in words; the same for everybody."""
    number, first = newer(slug, id_in(request.GET.get("after", "")))
    words = ngettext("%(number)d new comment", "%(number)d new comments", number)
    address = reverse("comments:comment", kwargs={"pk": first}) if first else ""
    return JsonResponse({"number": number, "words": words % {"number": number}, "url": address})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def respect(request: HttpRequest, pk: int) -> HttpResponse:
    """Give respect to a comment, or take it back; a page, or a fragment for htmx."""
    comment = get_object_or_404(
        readable().select_related("user", "post__head", "participant"), pk=pk
    )
    sentence = ""
    if request.method == "POST":
        try:
            comment = _react(request, comment)
        except Refusal as refusal:
            sentence = refusal.sentence
        if not sentence and not wants_fragment(request):
            return redirect("comments:respect", pk)
    return _respect_page(request, comment, sentence)


@editors_only
@require_POST
def feature(request: AuthedRequest, pk: int) -> HttpResponse:
    """Feature a comment, or with `act=unfeature` no longer; goes back to where the button was."""
    comment = get_object_or_404(PostComment, pk=pk)
    act = reactions.unfeature if request.POST.get("act") == "unfeature" else reactions.feature
    try:
        comment = act(comment, editor=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        done = _("The comment is featured.") if comment.featured_at else _("No longer featured.")
        messages.success(request, done)
    return redirect(_back(request))


def _react(request: HttpRequest, comment: PostComment) -> PostComment:
    if not allow(f"respect {client_network(request)}", limit=RESPECTS_A_MINUTE, seconds=60):
        raise TooSoon(_("Too much comes from your network at once. Please try again in a minute."))
    act = reactions.take_back if request.POST.get("act") == "take_back" else reactions.respect
    return act(comment, by=_reader(request))


def _reader(request: HttpRequest) -> reactions.Reader | None:
    """The account, or the browser that somebody asked us to remember."""
    return request.user if isinstance(request.user, Person) else browsers.remembered(request)


def _respect_page(request: HttpRequest, comment: PostComment, sentence: str) -> HttpResponse:
    by, is_fragment = _reader(request), wants_fragment(request)
    needs = {
        "comment": comment,
        "has_given": reactions.has_respected(comment, by=by),
        "may_give": reactions.may_respect(comment, by=by),
        "sentence": sentence,
        "is_fragment": is_fragment,
    }
    template = "comments/_respect.html" if is_fragment else "comments/respect.html"
    status = 403 if sentence and not is_fragment else 200
    response = render(request, template, needs, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()):
        return address
    return f"{reverse('comments:desk')}?list=unread"
