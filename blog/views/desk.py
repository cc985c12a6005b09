"""One post at the desk: its page, its plan, its details, and what is done by one press."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import AuthedRequest, editors_only
from blog import planning, publishing, workflow
from blog.forms.review import DetailsForm, PlanForm
from blog.models import Post
from blog.views.answers import ask, attempt
from blog.views.workbench import desk_post, workbench

PICKABLE_POSTS = 300  # newest posts offered while an editor types; any address may be given


@editors_only
@require_safe
def post(request: AuthedRequest, pk: int) -> HttpResponse:
    """Everything about one post, and what can happen to it now."""
    return workbench(request, desk_post(pk))


@editors_only
@require_POST
def plan(request: AuthedRequest, pk: int) -> HttpResponse:
    """Set who cares for the post, and by when."""
    post = desk_post(pk)
    form = PlanForm(request.POST, post=post)
    if not attempt(form, lambda: planning.plan(post, by=request.user, plan=form.plan())):
        return workbench(request, post, planned=form)
    messages.success(request, _("The plan is saved."))
    return redirect("blog:desk_post", pk=pk)


def _press(
    request: AuthedRequest, pk: int, act: Callable[[Post], object], *, done: str
) -> HttpResponse:
    post = desk_post(pk)
    ask(request, lambda: act(post), done=done)
    return redirect("blog:desk_post", pk=pk)


@editors_only
@require_POST
def drop_changes(request: AuthedRequest, pk: int) -> HttpResponse:
    return _press(
        request,
        pk,
        lambda post: publishing.drop_changes(post, editor=request.user),
        done=_("The unpublished edit is dropped; its text is kept in the log."),
    )


@editors_only
@require_POST
def publish(request: AuthedRequest, pk: int) -> HttpResponse:
    return _press(
        request,
        pk,
        lambda post: publishing.publish(post, editor=request.user),
        done=_("The post is published."),
    )


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: AuthedRequest, pk: int) -> HttpResponse:
    """Address, topics, rules and related posts."""
    post = desk_post(pk)
    form = DetailsForm(request.POST or None, post=post)
    if attempt(form, lambda: workflow.describe(post, editor=request.user, details=form.details())):
        messages.success(request, _("The details are saved."))
        return redirect("blog:desk_post", pk=pk)
    others = Post.objects.published().exclude(pk=pk).newest_first()[:PICKABLE_POSTS]
    context = {"post": post, "form": form, "others": others}
    return render(request, "blog/desk/details.html", context)
