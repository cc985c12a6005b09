"""The author looks at the final text and approves it; editors ask for that."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import AuthedRequest, editors_only
from blog import approvals
from blog.access import WriterRequest, writers_only
from blog.forms.approving import ApproveForm, AskApprovalForm, DeclineForm
from blog.models import Post
from blog.views.answers import ask, attempt
from blog.views.comparing import TextDifference, difference_of
from blog.views.writing import writable
from blog.workflow import Draft


def _post(request: WriterRequest, pk: int) -> Post:
    posts = writable(request.writer).select_related("author__person", "authors_text")
    return get_object_or_404(posts, pk=pk)


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: WriterRequest, pk: int) -> HttpResponse:
    """The final text, what was changed in it, and the button that approves it."""
    post = _post(request, pk)
    form = ApproveForm(request.POST or None, initial={"version": post.version})
    if attempt(form, lambda: approvals.approve(post, by=request.writer, **form.cleaned_data)):
        messages.success(request, _("Thank you: you have approved this text."))
        return redirect("blog:write_post", pk=pk)
    return _page(request, post, form, DeclineForm(initial={"version": post.version}))


@writers_only
@require_POST
def decline(request: WriterRequest, pk: int) -> HttpResponse:
    """What should be otherwise before the text can go out."""
    post = _post(request, pk)
    form = DeclineForm(request.POST)
    if attempt(form, lambda: approvals.decline(post, by=request.writer, **form.cleaned_data)):
        messages.success(request, _("The editors have been told what should be otherwise."))
        return redirect("blog:write_post", pk=pk)
    return _page(request, post, ApproveForm(initial={"version": post.version}), form)


def _page(
    request: WriterRequest, post: Post, approve: ApproveForm, decline: DeclineForm
) -> HttpResponse:
    facts = {
        "post": post,
        "standing": approvals.standing(post),
        "is_own": post.author.person_id == request.writer.pk,
        "difference": _since_their_last(post),
        "approve_form": _up_to_date(approve, post),
        "decline_form": _up_to_date(decline, post),
    }
    return render(request, "blog/write/approve.html", facts)


def _up_to_date(form: ApproveForm, post: Post) -> ApproveForm:
    """A refused form goes on with the version that the page shows now."""
    if form.is_bound:
        form.data = {**dict(form.data.items()), "version": str(post.version)}
    return form


def _since_their_last(post: Post) -> TextDifference | None:
    """From what the author saved last to the text now; None while that is the same."""
    theirs = getattr(post, "authors_text", None)
    if theirs is None:
        return None
    before, now = (Draft(one.title, one.summary, one.body) for one in (theirs, post))
    return None if before == now else difference_of(before, now)


@editors_only
@require_POST
def ask_author(request: AuthedRequest, pk: int) -> HttpResponse:
    """Ask the author whether the text can go out as it is."""
    post = get_object_or_404(Post, pk=pk)
    form = AskApprovalForm(request.POST)
    message = form.cleaned_data["message"] if form.is_valid() else ""
    ask(
        request,
        lambda: approvals.ask_approval(post, editor=request.user, message=message),
        done=_("The author has been asked to look at the text."),
    )
    return redirect("blog:desk_post", pk=pk)
