"""Publishing an edit of a public post: what it changes, what it does to marks, and the asking."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import AuthedRequest, editors_only
from accounts.refusals import Refusal
from blog import publishing, rewording, workflow
from blog.forms.review import ReviseForm, UnrelatedForm
from blog.models import EditLabel, Post, Revision
from blog.models.post import PostQuerySet
from blog.rewording import Answer, Foresight
from blog.views.answers import attempt
from blog.views.comparing import TextDifference, difference_of


def _revisable() -> PostQuerySet:
    return Post.objects.select_related("head", "author").filter(head__isnull=False)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: AuthedRequest, pk: int) -> HttpResponse:
    """Publish the working text of a public post; asks first if disputed words would change."""
    post = get_object_or_404(_revisable(), pk=pk)
    if "asked" in request.POST:
        return _after_asking(request, post)
    form = ReviseForm(request.POST or None, initial={"base": post.head_id})
    foresight = rewording.foresee(post)
    if form.is_valid() and foresight.keys:
        return _ask(request, post, foresight, _asking(form, foresight))
    if attempt(form, lambda: _revise(request, post, form)):
        return _published(request, post)
    difference = _edit_of(post)
    context = {"post": post, "form": form, "difference": difference, "foresight": foresight}
    return render(request, "blog/desk/revise.html", context)


def _after_asking(request: AuthedRequest, post: Post) -> HttpResponse:
    """The edit has nothing to do with what hangs on its words: publish it, and keep the reason."""
    form, foresight = UnrelatedForm(request.POST), rewording.foresee(post)
    if not foresight.keys <= form.keys:
        return _ask(request, post, foresight, _asking(form, foresight))
    if attempt(form, lambda: _revise(request, post, form)):
        return _published(request, post)
    return _ask(request, post, foresight, form)


def _asking(form: ReviseForm | UnrelatedForm, foresight: Foresight) -> UnrelatedForm:
    """What was filled in so far, with all that has to be asked now."""
    asked = " ".join(sorted(foresight.keys))
    return UnrelatedForm(initial={**form.data.dict(), "asked": asked})  # type: ignore[attr-defined]


def _ask(
    request: AuthedRequest, post: Post, foresight: Foresight, form: UnrelatedForm
) -> HttpResponse:
    context = {"post": post, "foresight": foresight, "form": form}
    return render(request, "blog/desk/rewording.html", context)


def _published(request: AuthedRequest, post: Post) -> HttpResponse:
    messages.success(request, _("The edit is published."))
    return redirect("blog:desk_post", pk=post.pk)


def _edit_of(post: Post) -> TextDifference | None:
    if post.head is None:
        return None
    old = workflow.Draft(post.head.title, post.head.summary, post.head.body_html)
    return difference_of(old, workflow.Draft(post.title, post.summary, post.body))


def _revise(request: AuthedRequest, post: Post, form: ReviseForm | UnrelatedForm) -> Revision:
    given = form.cleaned_data
    asked = form.keys if isinstance(form, UnrelatedForm) else frozenset()
    return publishing.revise(
        post,
        by=request.user,
        label=EditLabel(given["label"]),
        reason=given["reason"],
        base=get_object_or_404(post.revisions, pk=given["base"]),
        answer=Answer(reason=given.get("why", ""), asked=asked),
    )


@editors_only
@require_POST
def use_again(request: AuthedRequest, pk: int, number: int) -> HttpResponse:
    """Load an earlier version into the working text; the next page says what it would undo."""
    post = get_object_or_404(_revisable(), pk=pk)
    revision = get_object_or_404(post.revisions.public(), number=number)
    try:
        publishing.use_again(post, editor=request.user, revision=revision)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("blog:desk_post", pk=pk)
    messages.success(
        request, _("The text is that of revision %(number)d again.") % {"number": number}
    )
    return redirect("blog:desk_revise", pk=pk)
