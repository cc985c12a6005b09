"""The workbench of one post at the desk."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import AuthedRequest, editors_only
from accounts.models import Person
from blog import planning, publishing, steps, workflow
from blog.forms.review import DetailsForm, PlanForm, RequestChangesForm
from blog.models import Post, PostState
from blog.models.post import PostQuerySet
from blog.views.answers import ask, attempt
from blog.views.writing import conversation

PICKABLE_POSTS = 300  # newest posts offered while an editor types; any address may be given
MOVES = {
    "take_up": PostState.IN_REVIEW,
    "request_changes": PostState.CHANGES_REQUESTED,
    "accept": PostState.ACCEPTED,
    "publish": PostState.PUBLISHED,
}
TOLD = gettext_lazy("The author can write again and has been told.")
NOT_TOLD = gettext_lazy(
    "The post waits for changes. Nobody was written to: tell the author yourself."
)


def _posts() -> PostQuerySet:
    return Post.objects.select_related("head", "author", "author__person", "assigned_to")


@editors_only
@require_safe
def post(request: AuthedRequest, pk: int) -> HttpResponse:
    """Everything about one post, and what can happen to it now."""
    return _workbench(request, get_object_or_404(_posts(), pk=pk))


def _workbench(
    request: AuthedRequest,
    post: Post,
    *,
    changes: RequestChangesForm | None = None,
    planned: PlanForm | None = None,
) -> HttpResponse:
    allowed = steps.MOVES[PostState(post.state)] if post.state in steps.UNSEEN else ()
    context = {
        "post": post,
        "moves": [verb for verb, state in MOVES.items() if state in allowed],
        "changes_form": changes or RequestChangesForm(gets_mail=_is_told(post, request.user)),
        "plan_form": planned or PlanForm(post=post),
        "conversation": conversation(post),
        "events": post.events.select_related("actor").order_by("-at", "-pk"),
        "notes": post.notes.standing().select_related("byline", "passage"),
        "notices": post.notices.select_related("byline"),
        "revisions": post.revisions.select_related("made_by").order_by("-number"),
    }
    return render(request, "blog/desk/post.html", context)


def _press(
    request: AuthedRequest, pk: int, act: Callable[[Post], object], *, done: str
) -> HttpResponse:
    post = get_object_or_404(_posts(), pk=pk)
    ask(request, lambda: act(post), done=done)
    return redirect("blog:desk_post", pk=pk)


@editors_only
@require_POST
def plan(request: AuthedRequest, pk: int) -> HttpResponse:
    """Set who cares for the post, and by when."""
    post = get_object_or_404(_posts(), pk=pk)
    form = PlanForm(request.POST, post=post)
    if not attempt(form, lambda: planning.plan(post, by=request.user, plan=form.plan())):
        return _workbench(request, post, planned=form)
    messages.success(request, _("The plan is saved."))
    return redirect("blog:desk_post", pk=pk)


@editors_only
@require_POST
def take_up(request: AuthedRequest, pk: int) -> HttpResponse:
    return _press(
        request,
        pk,
        lambda post: workflow.take_up(post, editor=request.user),
        done=_("You have taken this post up."),
    )


@editors_only
@require_POST
def accept(request: AuthedRequest, pk: int) -> HttpResponse:
    return _press(
        request,
        pk,
        lambda post: workflow.accept(post, editor=request.user),
        done=_("The post is accepted. Notes can be set at its words now."),
    )


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
def request_changes(request: AuthedRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(_posts(), pk=pk)
    is_told = _is_told(post, request.user)
    form = RequestChangesForm(request.POST, gets_mail=is_told)
    moved = attempt(
        form, lambda: workflow.request_changes(post, editor=request.user, **form.cleaned_data)
    )
    if moved is None:
        return _workbench(request, post, changes=form)
    messages.success(request, TOLD if is_told else NOT_TOLD)
    return redirect("blog:desk_post", pk=pk)


def _is_told(post: Post, editor: Person) -> bool:
    """Whether the author gets mail about what this editor does."""
    return post.author.gets_mail and post.author.person_id != editor.pk


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
    post = get_object_or_404(_posts(), pk=pk)
    form = DetailsForm(request.POST or None, post=post)
    if attempt(form, lambda: workflow.describe(post, editor=request.user, details=form.details())):
        messages.success(request, _("The details are saved."))
        return redirect("blog:desk_post", pk=pk)
    others = Post.objects.published().exclude(pk=pk).newest_first()[:PICKABLE_POSTS]
    context = {"post": post, "form": form, "others": others}
    return render(request, "blog/desk/details.html", context)
