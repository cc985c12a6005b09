"""One's own comments: by the signed link that sending gave, or by the account."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import AuthedRequest, signed_in_only
from accounts.refusals import Conflict, Refusal
from blog.models import Post
from blog.views.public import wants_fragment
from comments import editing, fragments, tickets
from comments.editing import SignedLink, Writer
from comments.following import was_asked
from comments.forms import EditForm
from comments.models import CommentEvent, EventKind, PostComment

LOOKS_ON = timedelta(minutes=2)  # after that the page stops asking by itself
ON_A_PAGE = 30


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
    needs = {
        "post": post,
        "comment": comment,
        "token": token,
        "asks": _is_fresh(comment),
        "until": editing.editable_until(comment) if comment else None,
        "withdrawn": comment is not None and fragments.is_withdrawn(comment),
        "mailed": comment is not None and not comment.confirmed_at and was_asked(comment),
    }
    is_fragment = wants_fragment(request)
    template = "comments/_mine.html" if is_fragment else "comments/mine.html"
    needs["is_answer"] = is_fragment and "again" not in request.GET
    return _unlisted(render(request, template, needs))


@never_cache
@require_http_methods(["GET", "POST"])
def edit_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Change one's comment without an account."""
    back = reverse("comments:mine", args=[token])
    return _unlisted(_edit(request, _linked(token), by=SignedLink(token), back=back))


@never_cache
@require_http_methods(["GET", "POST"])
def withdraw_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take one's comment back without an account; asks first, since nobody can undo it."""
    back = reverse("comments:mine", args=[token])
    return _unlisted(_withdraw(request, _linked(token), by=SignedLink(token), back=back))


@signed_in_only
@require_safe
def own(request: AuthedRequest) -> HttpResponse:
    """All comments of whoever is signed in, newest first."""
    taken_back = CommentEvent.objects.filter(comment=OuterRef("pk"), kind=EventKind.WITHDRAWN)
    comments = PostComment.objects.written_by(request.user).annotate(withdrawn=Exists(taken_back))
    comments = comments.select_related("post__head").defer("post__body", "post__head__body_html")
    page = Paginator(comments.order_by("-pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [(comment, editing.editable_until(comment)) for comment in page]
    return render(request, "comments/own.html", {"page": page, "lines": lines})


@signed_in_only
@require_http_methods(["GET", "POST"])
def edit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Change a comment of one's own."""
    comment = get_object_or_404(PostComment.objects.written_by(request.user), pk=pk)
    return _edit(request, comment, by=request.user, back=reverse("comments:own"))


@signed_in_only
@require_http_methods(["GET", "POST"])
def withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take a comment of one's own back; asks first, since nobody can undo it."""
    comment = get_object_or_404(PostComment.objects.written_by(request.user), pk=pk)
    return _withdraw(request, comment, by=request.user, back=reverse("comments:own"))


def _linked(token: str) -> PostComment:
    pk, post_id = tickets.unseal(token) or (0, 0)
    posts = Post.objects.published()
    return get_object_or_404(PostComment.objects.filter(post__in=posts), pk=pk, post=post_id)


def _edit(request: HttpRequest, comment: PostComment, *, by: Writer, back: str) -> HttpResponse:
    initial = {"text": comment.comment, "seen": editing.version_of(comment)}
    form = EditForm(request.POST or None, initial=initial)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            editing.edit(comment, by=by, **form.cleaned_data)
        except Refusal as refusal:
            form = _refused(form, comment, refusal.sentence)
            status = 409 if isinstance(refusal, Conflict) else 422
        else:
            return _done(request, back, _("Your comment is changed."))
    needs = {"comment": comment, "form": form, "back": back}
    needs["until"] = editing.editable_until(comment)
    return render(request, "comments/edit.html", needs, status=status)


def _refused(form: EditForm, comment: PostComment, sentence: str) -> EditForm:
    """The form with what was typed, ready to be sent over the words as they are now."""
    comment.refresh_from_db()
    typed = {"text": form.cleaned_data["text"], "seen": editing.version_of(comment)}
    anew = EditForm(typed)
    anew.add_error(None, sentence)
    return anew


def _withdraw(request: HttpRequest, comment: PostComment, *, by: Writer, back: str) -> HttpResponse:
    needs = {"comment": comment, "back": back}
    if request.method != "POST":
        return render(request, "comments/withdraw.html", needs)
    try:
        editing.withdraw(comment, by=by)
    except Refusal as refusal:
        needs["refusal"] = refusal.sentence
        return render(request, "comments/withdraw.html", needs, status=409)
    return _done(request, back, _("Your comment is withdrawn."))


def _done(request: HttpRequest, back: str, sentence: str) -> HttpResponse:
    """Say so where there is a session to say it in; the page of the link shows it anyway."""
    if request.user.is_authenticated:
        messages.success(request, sentence)
    return redirect(back)


def _is_fresh(comment: PostComment | None) -> bool:
    """Whether the spam checker will probably answer while somebody looks on."""
    if comment is None or comment.check_after is None:
        return False
    return timezone.now() - comment.submit_date < LOOKS_ON


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
