"""What author and editors say beside a draft: read on one page, said and answered by forms."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Person
from accounts.roles import is_editor
from blog import draft_comments, draft_suggestions, workflow
from blog.access import WriterRequest, writers_only
from blog.beside import beside
from blog.forms.draft import SayForm
from blog.models import DraftComment, Post
from blog.views.answers import ask, attempt
from blog.views.reviewing import review_page
from blog.views.writing import writable

DESK = "desk"  # where an editor says it: there they come back to
Act = Callable[[DraftComment, Person, str, int], object]
ACTS: dict[str, Act] = {
    "reply": lambda said, by, text, _version: draft_comments.reply(said, by=by, text=text),
    "resolve": lambda said, by, _text, _version: draft_comments.resolve(said, by=by),
    "reopen": lambda said, by, _text, _version: draft_comments.reopen(said, by=by),
    "accept": lambda said, by, _text, version: draft_suggestions.accept(
        said, by=by, version=version
    ),
    "take-back": lambda said, by, _text, version: draft_suggestions.take_back(
        said, by=by, version=version
    ),
    "decline": lambda said, by, text, _version: draft_suggestions.decline(said, by=by, reason=text),
}
DONE = {
    "reply": _("Your answer stands beside the text."),
    "resolve": _("It is resolved."),
    "reopen": _("It is open again."),
    "accept": _("The proposed words stand in the text."),
    "take-back": _("The old words stand in the text again."),
    "decline": _("The words stay as they are."),
}


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: WriterRequest, pk: int) -> HttpResponse:
    """The text with everything that was said beside it, and the form to say more."""
    post = get_object_or_404(writable(request.writer), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = SayForm(data, post=post, may_propose=is_editor(request.writer))
    said = attempt(form, lambda: _say(post, form, request.writer))
    if said:
        return redirect(f"{_back(request, pk)}#said-{said.pk}")
    if _is_at_desk(request):
        return review_page(request, post, form, editor=request.writer)
    return render(request, "blog/write/comments.html", beside_facts(post, form, request.writer))


def beside_facts(post: Post, form: SayForm, person: Person) -> dict[str, object]:
    """What the fragments of a page with comments need."""
    return {
        "post": post,
        "beside": beside(post),
        "say_form": form,
        "person": person,
        "may_accept": is_editor(person) or post.state in workflow.AUTHOR_WRITES_IN,
    }


def _say(post: Post, form: SayForm, by: Person) -> DraftComment:
    text = form.cleaned_data["text"]
    if form.wording:
        return draft_suggestions.suggest(
            post, by=by, quote=form.quote(), proposed=form.wording, text=text
        )
    return draft_comments.comment(post, by=by, text=text, quote=form.quote())


@writers_only
@require_POST
def act(request: WriterRequest, pk: int, comment: int, name: str) -> HttpResponse:
    """Answer, close or open what was said, or decide about proposed words."""
    post = get_object_or_404(writable(request.writer), pk=pk)
    said = get_object_or_404(post.draft_comments.select_related("post", "parent"), pk=comment)
    text, version = request.POST.get("text", ""), request.POST.get("version", "")
    seen = int(version) if version.isascii() and version.isdigit() else -1
    ask(request, lambda: ACTS[name](said, request.writer, text, seen), done=str(DONE[name]))
    return redirect(f"{_back(request, pk)}#said-{said.parent_id or said.pk}")


def _is_at_desk(request: WriterRequest) -> bool:
    return request.POST.get("at") == DESK and is_editor(request.writer)


def _back(request: WriterRequest, pk: int) -> str:
    name = "blog:desk_review" if _is_at_desk(request) else "blog:write_comments"
    return reverse(name, kwargs={"pk": pk})
