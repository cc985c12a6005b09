"""The page of one post at the desk: everything about it, and the steps that are open to it now."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.access import AuthedRequest
from accounts.models import Person
from blog import checklist, event_log, steps, workflow
from blog.forms import moves as forms
from blog.forms.review import PlanForm
from blog.models import Post, PostState
from blog.views.writing import conversation

S = PostState
NEWEST_EVENTS = 20  # of a post on its page; the log has them all


@dataclass(frozen=True)
class Move:
    """A step of a review: its button, its form, its rule, and what the editor reads after it."""

    label: Promise
    form: type[forms.MoveForm]
    rule: Callable[..., Post]
    to: PostState
    told: Promise  # the author has a mail
    not_told: Promise
    only_from: PostState | None = None

    def is_open(self, post: Post) -> bool:
        if self.only_from is not None:
            return post.state == self.only_from
        return post.state != S.SCHEDULED and self.to in steps.MOVES[PostState(post.state)]


MOVES = {
    "take_up": Move(
        label=_("Take it up for review"),
        form=forms.TakeUpForm,
        rule=workflow.take_up,
        to=S.IN_REVIEW,
        told=_("You have taken this post up."),
        not_told=_("You have taken this post up."),
        only_from=S.SUBMITTED,
    ),
    "accept": Move(
        label=_("Accept the text"),
        form=forms.AcceptForm,
        rule=workflow.accept,
        to=S.ACCEPTED,
        told=_("The post is accepted, and the author has been told."),
        not_told=_("The post is accepted."),
    ),
    "request_changes": Move(
        label=_("Ask the author for changes"),
        form=forms.RequestChangesForm,
        rule=workflow.request_changes,
        to=S.CHANGES_REQUESTED,
        told=_("The author can write again and has been told."),
        not_told=_("The post waits for changes. Nobody was written to: tell the author yourself."),
    ),
    "reopen": Move(
        label=_("Look at it again"),
        form=forms.ReopenForm,
        rule=workflow.reopen,
        to=S.IN_REVIEW,
        told=_("You look at the post again, and the author has been told why."),
        not_told=_("You look at the post again. Nobody was written to: tell the author yourself."),
        only_from=S.ACCEPTED,
    ),
    "decline": Move(
        label=_("Decline it"),
        form=forms.DeclineForm,
        rule=workflow.decline,
        to=S.DRAFT,
        told=_("The post is declined, and the author has been told why."),
        not_told=_("The post is declined. Nobody was written to: tell the author yourself."),
    ),
}


@dataclass(frozen=True)
class OpenMove:
    """A step that can be taken now, or was just refused: then its form says why."""

    name: str
    move: Move
    form: forms.MoveForm

    @property
    def route(self) -> str:
        return f"blog:desk_{self.name}"


def desk_post(pk: int) -> Post:
    posts = Post.objects.select_related("head", "author", "author__person", "assigned_to")
    return get_object_or_404(posts, pk=pk)


def is_told(post: Post, editor: Person) -> bool:
    """Whether the author gets mail about what this editor does."""
    return post.author.gets_mail and post.author.person_id != editor.pk


def open_moves(
    post: Post, editor: Person, refused: tuple[str, forms.MoveForm] | None = None
) -> list[OpenMove]:
    """The steps of a review from where the post is now, with a refused one if there is one."""
    bound = dict([refused]) if refused else {}
    return [
        OpenMove(name, move, bound.get(name) or move.form(gets_mail=is_told(post, editor)))
        for name, move in MOVES.items()
        if move.is_open(post) or name in bound
    ]


def workbench(
    request: AuthedRequest,
    post: Post,
    *,
    refused: tuple[str, forms.MoveForm] | None = None,
    planned: PlanForm | None = None,
) -> HttpResponse:
    """Everything about one post, and what can happen to it now."""
    context = {
        "post": post,
        "moves": open_moves(post, request.user, refused),
        "may_publish": post.state in steps.UNSEEN and S.PUBLISHED in steps.MOVES[S(post.state)],
        "checks": checklist.checks(post) if post.state in steps.UNSEEN else [],
        "plan_form": planned or PlanForm(post=post),
        "conversation": conversation(post),
    }
    return render(request, "blog/desk/post.html", context | _story(post))


def _story(post: Post) -> dict[str, object]:
    """What was done to the post, and what stands on it."""
    return {
        "events": event_log.newest_first(post.events.all())[:NEWEST_EVENTS],
        "event_count": post.events.count(),
        "notes": post.notes.standing().select_related("byline", "passage"),
        "notices": post.notices.select_related("byline"),
        "revisions": post.revisions.select_related("made_by").order_by("-number"),
    }
