"""Reading a post as its editor: what changed since last time, and the text itself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import AuthedRequest, editors_only
from blog import hand_ins
from blog.models import HandIn, Post
from blog.views.comparing import TextDifference, difference_of
from blog.views.workbench import desk_post, open_moves
from blog.workflow import Draft


@editors_only
@require_safe
def review(request: AuthedRequest, pk: int) -> HttpResponse:
    """The text with its changes since an editor saw it last, or since another step."""
    post = desk_post(pk)
    kept = list(post.hand_ins.select_related("by").defer("body"))
    asked = request.GET.get("since", "")
    since = next((one for one in kept if str(one.pk) == asked), hand_ins.seen_last(kept))
    facts = {
        "post": post,
        "hand_ins": kept,
        "since": since,
        "difference": _difference(since, post) if since else None,
        "moves": open_moves(post, request.user),
    }
    return render(request, "blog/desk/review.html", facts)


def _difference(since: HandIn, post: Post) -> TextDifference:
    old = Draft(since.title, since.summary, since.body)
    return difference_of(old, Draft(post.title, post.summary, post.body))
