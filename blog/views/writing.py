"""An author's own posts: beginning, writing, showing and handing in. Editors may write in all."""

from contextlib import suppress
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import AuthedRequest
from accounts.models import Person
from accounts.profiles import byline_of
from accounts.refusals import Refusal
from accounts.roles import is_editor
from blog import autosaves, links, presence, workflow
from blog.access import WriterRequest, WritingView, private, writers_home, writers_only
from blog.counting import length_of
from blog.forms.writing import (
    BeginForm,
    PostForm,
    SubmitForm,
    TakeBackForm,
    kept_words_of,
    words_of,
)
from blog.models import Approval, Autosave, Post, PostEvent, PostState
from blog.models.post import PostQuerySet
from blog.views.answers import ask, attempt
from blog.views.comparing import TextDifference, difference_of

WORDS = {"title", "summary", "body"}
CONVERSATION = (
    *("submitted", "taken_back", "taken_up", "changes_requested"),
    *("accepted", "declined", "reopened"),
    *("invited", "approval_asked", "approval_declined"),
)
NEXT_PAGES = {"preview": "blog:write_preview", "submit": "blog:write_submit"}


def writable(person: Person) -> PostQuerySet:
    """The posts this person may open for writing: their own, or all for an editor."""
    posts = Post.objects.select_related("author", "head")
    return posts if is_editor(person) else posts.written_by(person)


def _may_write(person: Person, post: Post) -> bool:
    return is_editor(person) or post.state in workflow.AUTHOR_WRITES_IN


def _may_take_back(person: Person, post: Post) -> bool:
    return post.state == PostState.SUBMITTED and workflow.is_own(post, person)


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
    asked = Approval.objects.asked_of(person)
    own = (
        Post.objects.written_by(person)
        .select_related("head", "author")
        .annotate(is_asked_to_approve=Exists(asked.filter(post=OuterRef("pk"))))
        .order_by("-saved_at", "-pk")
    )
    return render(request, "blog/write/posts.html", {"posts": own, "form": form})


def gives_words_back(view: WritingView) -> WritingView:
    """Whoever is signed out while they write gets their words back, not the sign-in page alone."""

    @wraps(view)
    def answered(request: HttpRequest, /, pk: int, **more: Any) -> HttpResponse:
        response = view(request, pk=pk, **more)
        is_sent_away = response.status_code == 302 and not hasattr(request, "writer")
        if request.method != "POST" or not is_sent_away:
            return response
        typed = {name: request.POST.get(name, "") for name in ("title", "summary")}
        facts = typed | {"text": request.POST.get("body", ""), "login": response["Location"]}
        return private(render(request, "blog/write/signed_out.html", facts, status=401))

    return answered


@gives_words_back
@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: WriterRequest, pk: int) -> HttpResponse:
    """Write a post; what was typed survives every refusal, and a conflict shows both texts."""
    post = get_object_or_404(writable(request.writer), pk=pk)
    put_back = _put_back(request, post)
    form = PostForm(
        request.POST or None, initial=kept_words_of(put_back) if put_back else words_of(post)
    )
    if attempt(form, lambda: _write(post, form, request.writer)):
        messages.success(request, _("Your text is saved."))
        return redirect(NEXT_PAGES.get(request.POST.get("then", ""), "blog:write_post"), pk=pk)
    page = _page(post, form, request.writer) | {"is_put_back": put_back is not None}
    return render(request, "blog/write/post.html", page)


def _put_back(request: WriterRequest, post: Post) -> Autosave | None:
    """The unsaved words that the person asks for, if they are their own."""
    asked = request.GET.get("kept", "")
    if not asked.isdecimal():
        return None
    return get_object_or_404(post.autosaves.filter(person=request.writer), pk=asked)


def _write(post: Post, form: PostForm, person: Person) -> Post:
    given = form.cleaned_data
    return autosaves.save(
        post,
        by=person,
        draft=form.draft(),
        version=given["version"],
        sitting=given["sitting"],
        is_over=given["is_over"],
    )


def _page(post: Post, form: PostForm, person: Person) -> dict[str, object]:
    now = Post.objects.select_related("author", "head", "saved_by").get(pk=post.pk)
    is_stale = form.is_stale(now)
    if is_stale:
        _keep_typed(now, form, person)
        form.catch_up_with(now)
    may_write = form.is_bound or _may_write(person, now)
    return {
        "post": now,
        "form": form,
        "writer": person,
        "is_stale": is_stale,
        "difference": _difference(now, form) if is_stale else None,
        "may_write": may_write,
        "conversation": conversation(now),
        "take_back_form": TakeBackForm() if _may_take_back(person, now) else None,
        "offer": _offer(now, person) if may_write and not is_stale else None,
    } | (_beside_the_form(now, person) if may_write else {})


def _beside_the_form(now: Post, person: Person) -> dict[str, object]:
    return {
        "length": length_of(now.body),
        "links": links.report(now),
        "others": presence.others(now, person),
    }


def _keep_typed(now: Post, form: PostForm, person: Person) -> None:
    """Words that met others are kept at once, whatever their writer does next."""
    given = form.cleaned_data
    if not given.get("sitting") or not given.keys() >= WORDS:
        return
    with suppress(Refusal):
        autosaves.keep(
            now,
            by=person,
            draft=form.draft(),
            version=given["version"],
            sitting=given["sitting"],
        )


def _difference(now: Post, form: PostForm) -> TextDifference | None:
    """From the stored text to the typed one; None while the typed one has errors."""
    if not form.cleaned_data.keys() >= WORDS:
        return None
    return difference_of(_stored(now), form.draft())


def _offer(now: Post, person: Person) -> dict[str, object] | None:
    """Unsaved words of this person, and how they differ from the stored ones."""
    kept = autosaves.waiting(now, person)
    if kept is None:
        return None
    return {"kept": kept, "difference": difference_of(_stored(now), autosaves.words_of(kept))}


def _stored(now: Post) -> workflow.Draft:
    return workflow.Draft(now.title, now.summary, now.body)


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


@writers_only
@require_POST
def take_back(request: WriterRequest, pk: int) -> HttpResponse:
    """Go on writing what was handed in and nobody has taken up yet."""
    post = get_object_or_404(writable(request.writer), pk=pk)
    form = TakeBackForm(request.POST)
    message = form.cleaned_data["message"] if form.is_valid() else ""
    ask(
        request,
        lambda: workflow.take_back(post, by=request.writer, message=message),
        done=_("You can go on writing."),
    )
    return redirect("blog:write_post", pk=pk)
