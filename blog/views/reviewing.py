"""Reading a post as its editor: what changed since last time, and the text itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import AuthedRequest, editors_only
from accounts.models import Person
from blog import checklist, hand_ins, steps
from blog.beside import beside
from blog.forms.draft import SayForm
from blog.models import HandIn, Post
from blog.views.comparing import TextDifference, difference_of
from blog.views.workbench import desk_post, open_moves
from blog.workflow import Draft


@editors_only
@require_safe
def review(request: AuthedRequest, pk: int) -> HttpResponse:
    """The text with its changes since an editor saw it last, or since another step."""
    post = desk_post(pk)
    form = SayForm(post=post, may_propose=True)
    return review_page(request, post, form, editor=request.user)


def review_page(request: HttpRequest, post: Post, form: SayForm, *, editor: Person) -> HttpResponse:
    """The page, with what an editor was just saying beside the text; only for editors."""
    kept = list(post.hand_ins.select_related("by").defer("body"))
    asked = request.GET.get("since", "")
    since = next((one for one in kept if str(one.pk) == asked), hand_ins.seen_last(kept))
    facts = {
        "post": post,
        "hand_ins": kept,
        "since": since,
        "difference": _difference(since, post) if since else None,
        "moves": open_moves(post, editor),
        "checks": checklist.checks(post) if post.state in steps.UNSEEN else [],
        "beside": beside(post),
        "say_form": form,
    }
    return render(request, "blog/desk/review.html", facts)


def _difference(since: HandIn, post: Post) -> TextDifference:
    old = Draft(since.title, since.summary, since.body)
    return difference_of(old, Draft(post.title, post.summary, post.body))
