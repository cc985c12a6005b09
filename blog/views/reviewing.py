"""Reading a post as its editor: what changed since last time, and the text itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, editors_only
from accounts.models import Person
from blog import checklist, hand_ins, link_check, steps
from blog.beside import beside
from blog.forms.draft import SayForm
from blog.models import HandIn, Post
from blog.views.answers import ask
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


@editors_only
@require_POST
def look_at_links(request: AuthedRequest, pk: int) -> HttpResponse:
    """Have the links of the text visited again."""
    post = desk_post(pk)
    done = _("The links are being looked at: come back in a minute.")
    ask(request, lambda: link_check.ask(post, by=request.user), done=done)
    return redirect("blog:desk_review", pk=pk)


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
        "links": link_check.standing(post),
        "beside": beside(post),
        "say_form": form,
    }
    return render(request, "blog/desk/review.html", facts)


def _difference(since: HandIn, post: Post) -> TextDifference:
    old = Draft(since.title, since.summary, since.body)
    return difference_of(old, Draft(post.title, post.summary, post.body))
