"""When a post goes public and when its time is over: chosen, moved, taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import AuthedRequest, editors_only
from blog import scheduling
from blog.days import hour_in_words
from blog.forms.scheduling import ExpiryForm, ScheduleForm, said_twice
from blog.models import Post
from blog.models.post import PostQuerySet
from blog.views.answers import ask, attempt


def _posts() -> PostQuerySet:
    return Post.objects.select_related("head", "author")


@editors_only
@require_POST
def schedule(request: AuthedRequest, pk: int) -> HttpResponse:
    post, form = get_object_or_404(_posts(), pk=pk), ScheduleForm(request.POST)
    if not attempt(form, lambda: _schedule(request, post, form)):
        return _again(request, post, form, heading=_("Schedule"))
    return _chosen(request, form, pk, told=_("Readers see the post from %(moment)s on."))


def _schedule(request: AuthedRequest, post: Post, form: ScheduleForm) -> Post:
    return scheduling.schedule(post, editor=request.user, at=form.cleaned_data["at"].at)


@editors_only
@require_POST
def expire(request: AuthedRequest, pk: int) -> HttpResponse:
    post, form = get_object_or_404(_posts(), pk=pk), ExpiryForm(request.POST)
    if not attempt(form, lambda: _expire(request, post, form)):
        return _again(request, post, form, heading=_("End"))
    return _chosen(request, form, pk, told=_("Readers see the post until %(moment)s."))


def _expire(request: AuthedRequest, post: Post, form: ExpiryForm) -> Post:
    given = form.cleaned_data
    return scheduling.expire_at(post, editor=request.user, at=given["at"].at, note=given["note"])


def _again(
    request: AuthedRequest, post: Post, form: ScheduleForm | ExpiryForm, *, heading: str
) -> HttpResponse:
    """The form with what was typed and why it was refused."""
    facts = {"post": post, "form": form, "heading": heading}
    return render(request, "blog/desk/schedule.html", facts)


def _chosen(
    request: AuthedRequest, form: ScheduleForm | ExpiryForm, pk: int, *, told: str
) -> HttpResponse:
    at = form.cleaned_data["at"].at
    messages.success(request, told % {"moment": hour_in_words(at)})
    if form.comes_twice:
        messages.warning(request, said_twice(at))
    return redirect("blog:desk_post", pk=pk)


@editors_only
@require_POST
def unschedule(request: AuthedRequest, pk: int) -> HttpResponse:
    post, editor = get_object_or_404(_posts(), pk=pk), request.user
    done = _("The post has no day any more. It stays accepted.")
    ask(request, lambda: scheduling.unschedule(post, editor=editor), done=done)
    return redirect("blog:desk_post", pk=pk)


@editors_only
@require_POST
def keep(request: AuthedRequest, pk: int) -> HttpResponse:
    post, editor = get_object_or_404(_posts(), pk=pk), request.user
    done = _("The post has no end any more.")
    ask(request, lambda: scheduling.keep(post, editor=editor), done=done)
    return redirect("blog:desk_post", pk=pk)
