"""An author's own posts: beginning, writing, showing and handing in. Editors may write in all."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import AuthedRequest
from accounts.models import Person
from accounts.profiles import byline_of
from accounts.roles import is_editor
from blog import workflow
from blog.access import WriterRequest, writers_home, writers_only
from blog.forms.writing import BeginForm, PostForm, SubmitForm, words_of
from blog.models import Post, PostEvent
from blog.models.post import PostQuerySet
from blog.views.answers import attempt
from blog.views.comparing import TextDifference, difference_of

CONVERSATION = (
    *("submitted", "taken_up", "changes_requested"),
    *("accepted", "declined", "reopened"),
)
NEXT_PAGES = {"preview": "blog:write_preview", "submit": "blog:write_submit"}


def writable(person: Person) -> PostQuerySet:
    """The posts this person may open for writing: their own, or all for an editor."""
    posts = Post.objects.select_related("author", "head")
    return posts if is_editor(person) else posts.written_by(person)


def _may_write(person: Person, post: Post) -> bool:
    return is_editor(person) or post.state in workflow.AUTHOR_WRITES_IN


def conversation(post: Post) -> QuerySet[PostEvent]:
    """What author and editors wrote to each other about a post, in order."""
    said = post.events.filter(kind__in=CONVERSATION).exclude(message="")
    return said.select_related("actor")


@writers_home
@require_http_methods(["GET", "HEAD", "POST"])
def posts(request: AuthedRequest) -> HttpResponse:
    """A person's own posts, and the form that begins another."""
    person, form = request.user, BeginForm(request.POST or None)
    post = attempt(
        form,
        lambda: workflow.begin(
            author=byline_of(person), by=person, title=form.cleaned_data["title"]
        ),
    )
    if post:
        return redirect("blog:write_post", pk=post.pk)
    own = Post.objects.written_by(person).select_related("head").order_by("-saved_at", "-pk")
    return render(request, "blog/write/posts.html", {"posts": own, "form": form})


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: WriterRequest, pk: int) -> HttpResponse:
    """Write a post; what was typed survives every refusal, and a conflict shows both texts."""
    post = get_object_or_404(writable(request.writer), pk=pk)
    form = PostForm(request.POST or None, initial=words_of(post))
    if attempt(form, lambda: _write(post, form, request.writer)):
        messages.success(request, _("Your text is saved."))
        return redirect(NEXT_PAGES.get(request.POST.get("then", ""), "blog:write_post"), pk=pk)
    return render(request, "blog/write/post.html", _page(post, form, request.writer))


def _write(post: Post, form: PostForm, person: Person) -> Post:
    version = form.cleaned_data["version"]
    return workflow.write(post, by=person, draft=form.draft(), version=version)


def _page(post: Post, form: PostForm, person: Person) -> dict[str, object]:
    now = Post.objects.select_related("author", "head").get(pk=post.pk)
    is_stale = form.is_stale(now)
    if is_stale:
        form.catch_up_with(now)
    return {
        "post": now,
        "form": form,
        "is_stale": is_stale,
        "difference": _difference(now, form) if is_stale else None,
        "may_write": form.is_bound or _may_write(person, now),
        "conversation": conversation(now),
    }


def _difference(now: Post, form: PostForm) -> TextDifference | None:
    """From the stored text to the typed one; None while the typed one has errors."""
    if not {"title", "summary", "body"} <= form.cleaned_data.keys():
        return None
    return difference_of(workflow.Draft(now.title, now.summary, now.body), form.draft())


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: WriterRequest, pk: int) -> HttpResponse:
    """Hand the post to the editors with a message."""
    post = get_object_or_404(writable(request.writer), pk=pk)
    form = SubmitForm(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: workflow.submit(post, by=request.writer, **form.cleaned_data)):
        messages.success(request, _("Your post is with the editors now."))
        return redirect("blog:write_post", pk=pk) if request.guest_link else redirect("blog:write")
    return render(request, "blog/write/submit.html", {"post": post, "form": form})
