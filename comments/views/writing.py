"""Writing a comment, and finding it again."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.addresses import client_ip, client_network
from accounts.ratelimit import allow
from accounts.refusals import Conflict, Refusal
from blog.models import Discussion, Post
from blog.openness import discussion_of
from comments import privacy, subscriptions, tickets
from comments.discussion import TooSoon, Trail, parent_in, post_comment
from comments.evidence import HONEYPOT
from comments.following import was_asked
from comments.forms import CommentForm
from comments.models import CommentState, PostComment
from comments.threads import page_number

FORMS_A_MINUTE = 30  # from one network; each may render a text
LOOKS_ON = timedelta(minutes=2)  # after that the page stops asking by itself
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
        return _page(request, form, status=STATUS.get(type(refusal), 422))


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


@never_cache
@require_safe
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """A comment as its writer alone may see it, by the signed link that sending it gave.

    Once it is not held, the page shows no words: only whether it was published. Blatant spam and
    what a checker calls spam look like a comment that still waits.
    """
    pk, post_id = tickets.unseal(token) or (0, 0)
    post = get_object_or_404(Post.objects.published(), pk=post_id)
    comment = PostComment.objects.filter(pk=pk, post=post).select_related("user").first()
    needs = {"post": post, "comment": comment, "token": token, "asks": _is_fresh(comment)}
    needs["mailed"] = comment is not None and not comment.confirmed_at and was_asked(comment)
    template = "comments/_mine.html" if _wants_fragment(request) else "comments/mine.html"
    response = render(request, template, needs)
    response["X-Robots-Tag"] = "noindex"
    return response


def _is_fresh(comment: PostComment | None) -> bool:
    """Whether the spam checker will probably answer while somebody looks on."""
    if comment is None or comment.check_after is None:
        return False
    return timezone.now() - comment.submit_date < LOOKS_ON


def _wants_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _empty(request: HttpRequest, post: Post) -> HttpResponse:
    reply_to = request.GET.get("reply_to", "")
    if "cancel" in request.GET:
        return render(request, "comments/_way_in.html", {"post": post, "pk": reply_to})
    initial = {"reply_to": reply_to, "ticket": tickets.hand_out(post)}
    form = CommentForm(initial=initial, post=post, person=request.user)
    try:
        form.parent = parent_in(post, reply_to)
    except Refusal as refusal:
        raise Http404(refusal.sentence) from None
    return _page(request, form)


def _page(
    request: HttpRequest, form: CommentForm, *, preview: str = "", status: int = 200
) -> HttpResponse:
    """htmx swaps in only what succeeded, so a fragment is 200 whatever it says."""
    needs = {
        "form": form,
        "post": form.post,
        "preview": preview,
        "honeypot": HONEYPOT,
        "is_open": discussion_of(form.post) != Discussion.CLOSED,
    }
    if _wants_fragment(request):
        return render(request, "comments/_form.html", needs)
    return render(request, "comments/new.html", needs, status=status)


def _answered(request: HttpRequest, form: CommentForm) -> HttpResponse:
    if not allow(f"comment form {client_network(request)}", limit=FORMS_A_MINUTE, seconds=60):
        raise TooSoon(_("Too much comes from your network at once. Please try again in a minute."))
    if "preview" in request.POST:
        return _page(request, form, preview=form.preview())
    return _sent(request, form) if form.is_valid() else _page(request, form, status=422)


def _sent(request: HttpRequest, form: CommentForm) -> HttpResponse:
    comment = post_comment(
        form.post,
        by=form.by,
        text=form.cleaned_data["text"],
        parent=form.parent,
        trail=_trail(request),
        form_key=form.key,
    )
    subscriptions.follow_with(comment, scope=form.cleaned_data["follow"])
    return redirect("comments:mine", tickets.seal(comment))


def _trail(request: HttpRequest) -> Trail:
    return Trail(
        ip=client_ip(request),
        user_agent=request.headers.get("User-Agent", ""),
        referrer=request.headers.get("Referer", ""),
        honeypot=request.POST.get(HONEYPOT, ""),
        policy=privacy.in_force().version,
    )
