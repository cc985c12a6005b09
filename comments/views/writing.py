"""Writing a comment, and finding it again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.addresses import client_ip, client_network
from accounts.models import Person
from accounts.ratelimit import allow
from accounts.refusals import Conflict, Refusal
from blog.models import Discussion, Post
from blog.openness import discussion_of
from blog.views.public import wants_fragment
from comments import browsers, participants, privacy, subscriptions, tickets
from comments.discussion import TooSoon, Trail, parent_in, post_comment
from comments.evidence import HONEYPOT
from comments.forms import CommentForm
from comments.models import Browser, CommentState, House, PostComment
from comments.threads import page_number
from comments.words import MOST_IN_QUOTE, Guest, storable

FORMS_A_MINUTE = 30  # from one network; each may render a text
ONCE_SHOWN = (CommentState.PUBLISHED, CommentState.REMOVED)
STATUS = {TooSoon: 429, Conflict: 409}


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """The form: a page, or a fragment for htmx; what was typed is never lost."""
    post = get_object_or_404(Post.objects.published(), slug=slug)
    if request.method != "POST":
        return _empty(request, post)
    form = CommentForm(request.POST, post=post, person=request.user)
    try:
        return _answered(request, form)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        status = STATUS.get(type(refusal), 422)
        return _page(request, form, browser=_browser(request), status=status)


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """The permalink: leads to the page of the discussion that the comment is on.

    A comment that was taken down is gone (410), unless a tombstone stands in its place.
    """
    once_shown = PostComment.objects.filter(state__in=ONCE_SHOWN, post__in=Post.objects.published())
    comment = get_object_or_404(once_shown.select_related("post"), pk=pk)
    if not comment.on_page:
        return render(request, "410.html", status=410)
    number = page_number(comment)
    query = f"?comments={number}" if number > 1 else ""
    return redirect(f"{comment.post.get_absolute_url()}{query}#{comment.anchor}")


def _empty(request: HttpRequest, post: Post) -> HttpResponse:
    reply_to = request.GET.get("reply_to", "")
    if "cancel" in request.GET:
        needs = {"post": post, "pk": reply_to, "is_back": True}
        return render(request, "comments/_way_in.html", needs)
    quote = storable(request.GET.get("quote", ""), most=MOST_IN_QUOTE)
    browser = _browser(request)
    initial = {"reply_to": reply_to, "ticket": tickets.hand_out(post), "quote": quote}
    form = CommentForm(initial={**initial, **_known_by(browser)}, post=post, person=request.user)
    try:
        form.parent = parent_in(post, reply_to)
    except Refusal as refusal:
        raise Http404(refusal.sentence) from None
    return _page(request, form, browser=browser)


def _page(
    request: HttpRequest,
    form: CommentForm,
    *,
    browser: Browser | None,
    preview: str = "",
    status: int = 200,
) -> HttpResponse:
    """htmx swaps in only what succeeded, so a fragment is 200 whatever it says."""
    needs = {"form": form, "post": form.post, "preview": preview, **_around(request, form, browser)}
    if wants_fragment(request):
        if not preview:
            form.begin_at()
        return render(request, "comments/_form.html", {**needs, "is_fragment": True})
    return render(request, "comments/new.html", needs, status=status)


def _around(request: HttpRequest, form: CommentForm, browser: Browser | None) -> dict[str, object]:
    """What the page says beside the fields; the rules are folded for whoever was here before."""
    return {
        "honeypot": HONEYPOT,
        "is_open": discussion_of(form.post) != Discussion.CLOSED,
        "browser": browser,
        "house": House.current(),
        "knows_rules": form.is_bound or browser is not None or _has_commented(request),
        "policy": privacy.in_force().version,
    }


def _answered(request: HttpRequest, form: CommentForm) -> HttpResponse:
    if not allow(f"comment form {client_network(request)}", limit=FORMS_A_MINUTE, seconds=60):
        raise TooSoon(_("Too much comes from your network at once. Please try again in a minute."))
    if "forget" in request.POST:
        return _forgotten(request, form)
    if "preview" in request.POST:
        return _page(request, form, browser=_browser(request), preview=form.preview())
    if form.is_valid():
        return _sent(request, form)
    return _page(request, form, browser=_browser(request), status=422)


def _sent(request: HttpRequest, form: CommentForm) -> HttpResponse:
    comment = post_comment(
        form.post,
        by=form.by,
        text=form.words,
        parent=form.parent,
        trail=_trail(request),
        form_key=form.key,
    )
    subscriptions.follow_with(comment, scope=form.cleaned_data["follow"])
    response = redirect("comments:mine", tickets.seal(comment))
    by = form.by
    if isinstance(by, Guest) and form.cleaned_data["remember"]:
        browsers.remember(
            request, response, participant=participants.of(by), name=by.name, url=by.url
        )
    elif _browser(request):
        browsers.forget(request, response)
    return response


def _forgotten(request: HttpRequest, form: CommentForm) -> HttpResponse:
    """The form without anything about a person; what was to be said stays."""
    said = {name: form[name].value() for name in ("text", "quote", "reply_to", "ticket")}
    anew = CommentForm(initial=said, post=form.post, person=request.user)
    anew.parent = parent_in(form.post, said["reply_to"] or "")
    response = _page(request, anew, browser=None)
    browsers.forget(request, response)
    return response


def _trail(request: HttpRequest) -> Trail:
    return Trail(
        ip=client_ip(request),
        user_agent=request.headers.get("User-Agent", ""),
        referrer=request.headers.get("Referer", ""),
        honeypot=request.POST.get(HONEYPOT, ""),
        browser=_browser(request),
        policy=privacy.in_force().version,
    )


def _browser(request: HttpRequest) -> Browser | None:
    """The remembered browser; an account needs none."""
    return None if request.user.is_authenticated else browsers.remembered(request)


def _known_by(browser: Browser | None) -> dict[str, object]:
    """What the form is filled in with.

    A browser that proved nothing never learns the address of a login: it may be another by now.
    """
    if browser is None:
        return {}
    participant = browser.participant
    may_know = browser.proved_at is not None or participant.person_id is None
    known = {"name": browser.name, "url": browser.url, "remember": True}
    return {**known, "email": participant.email if may_know else ""}


def _has_commented(request: HttpRequest) -> bool:
    if not isinstance(request.user, Person):
        return False
    return PostComment.objects.filter(user=request.user).exists()
