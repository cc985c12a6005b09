"""What the publisher does to a post as a whole: one page, and of each act a form that names it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, publishers_only
from blog import removal, retraction
from blog.forms import whole_post as forms
from blog.forms.whole_post import WholePostForm
from blog.models import Post, PostState
from blog.views.answers import attempt

S = PostState


@dataclass(frozen=True)
class Act:
    """One thing that can be done, from which states, and what is said about it."""

    states: frozenset[PostState]
    form: type[WholePostForm]
    rule: Callable[..., object]
    title: Promise
    hint: Promise
    button: Promise
    done: Promise


ACTS: Mapping[str, Act] = {
    "retract": Act(
        frozenset({S.PUBLISHED}),
        forms.RetractForm,
        retraction.retract,
        _("Retract it"),
        _(
            "The post as a whole cannot be relied on. “Retracted:” stands before its title "
            "everywhere, a banner says why, and the text stays readable below."
        ),
        _("Retract this post"),
        _("The post is retracted, and says so everywhere."),
    ),
    "reinstate": Act(
        frozenset({S.RETRACTED}),
        forms.ReinstateForm,
        retraction.reinstate,
        _("Take the retraction back"),
        _("Never in silence: an editor's note says why, and the retraction stays in the log."),
        _("Reinstate this post"),
        _("The post is reinstated, and an editor's note says why."),
    ),
    "publish-again": Act(
        frozenset({S.WITHDRAWN}),
        forms.PublishAgainForm,
        removal.publish_again,
        _("Publish it again"),
        _("Everything comes back as it was: the text, its notices, its disputes, the discussion."),
        _("Publish this post again"),
        _("Readers see the post again."),
    ),
    "unpublish": Act(
        frozenset({S.PUBLISHED, S.RETRACTED}),
        forms.UnpublishForm,
        removal.unpublish,
        _("Unpublish it for a while"),
        _(
            "Readers no longer see it, and its disputes rest. Its entries in the log stay, without "
            "the words. It can be published again."
        ),
        _("Unpublish this post"),
        _("Readers no longer see the post."),
    ),
    "remove": Act(
        frozenset({S.PUBLISHED, S.RETRACTED, S.WITHDRAWN}),
        forms.RemoveForm,
        removal.remove,
        _("Remove it for good"),
        _(
            "For legal reasons, or to keep somebody safe. The text, its versions and what notices "
            "quote of it are shown nowhere any more. This cannot be taken back."
        ),
        _("Remove this post"),
        _("The post is removed; its notice stands in its place."),
    ),
}


def _posts() -> Any:
    return Post.objects.select_related("head", "author")


@publishers_only
@require_safe
def whole(request: AuthedRequest, pk: int) -> HttpResponse:
    """All that can be done to this post as a whole now."""
    return _page(request, get_object_or_404(_posts(), pk=pk))


@publishers_only
@require_POST
def do(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    """Do one of them, on the version that was on the screen."""
    act, post = ACTS[name], get_object_or_404(_posts(), pk=pk)
    form = act.form(request.POST, post=post)
    if attempt(form, lambda: act.rule(post, by=request.user, **form.facts())) is None:
        return _page(request, post, **{name: form})
    messages.success(request, str(act.done))
    return redirect("blog:desk_post", pk=pk)


def _page(request: AuthedRequest, post: Post, **bound: WholePostForm) -> HttpResponse:
    offered = [
        (name, act, bound.get(name) or act.form(post=post))
        for name, act in ACTS.items()
        if post.state in act.states or name in bound
    ]
    return render(request, "blog/desk/whole_post.html", {"post": post, "offered": offered})
