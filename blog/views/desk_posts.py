"""The posts at the desk: what waits for me, all that is asked for, a board, a calendar."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, editors_only
from accounts.models import Profile
from accounts.roles import editors
from blog import boards, workflow
from blog.desk_filter import PostFilter, desk_posts
from blog.forms.review import BeginForForm
from blog.models import PostState, Topic
from blog.views.answers import attempt

POSTS_A_PAGE = 30


@editors_only
@require_safe
def posts(request: AuthedRequest) -> HttpResponse:
    """What waits for this editor, oldest first; or whatever posts are asked for."""
    return _listed(request, BeginForForm())


@editors_only
@require_POST
def begin(request: AuthedRequest) -> HttpResponse:
    """Begin a post under any byline."""
    form = BeginForForm(request.POST)
    post = attempt(form, lambda: workflow.begin(by=request.user, **form.cleaned_data))
    return redirect("blog:write_post", pk=post.pk) if post else _listed(request, form)


def _listed(request: AuthedRequest, form: BeginForForm) -> HttpResponse:
    asked = PostFilter.of(request.GET.dict())
    if asked.is_empty:
        found = desk_posts().waiting().in_care_of(request.user)
    else:
        found = asked.applied(desk_posts(), request.user).order_by("-state_changed_at", "-pk")
    page = Paginator(found, POSTS_A_PAGE).get_page(request.GET.get("page"))
    facts = {"page": page, "form": form, "address": f"?{asked.query}"}
    return render(request, "blog/desk/posts.html", facts | _filter(asked))


@editors_only
@require_safe
def board(request: AuthedRequest) -> HttpResponse:
    """A column for each state."""
    asked = PostFilter.of(request.GET.dict())
    columns = boards.board(asked.applied(desk_posts(), request.user))
    return render(request, "blog/desk/board.html", {"columns": columns} | _filter(asked))


@editors_only
@require_safe
def calendar(request: AuthedRequest) -> HttpResponse:
    """A month with what comes out and what is due."""
    asked = PostFilter.of(request.GET.dict())
    month = boards.Month.named(request.GET.get("month", ""))
    boards.calendar(asked.applied(desk_posts(), request.user), month)
    return render(request, "blog/desk/calendar.html", {"month": month} | _filter(asked))


def _filter(asked: PostFilter) -> dict[str, object]:
    """What the form of the filter offers."""
    return {
        "asked": asked,
        "states": PostState.choices,
        "editors": editors(),
        "authors": Profile.objects.filter(posts__isnull=False).distinct().order_by("name"),
        "topics": Topic.objects.order_by("name"),
    }
