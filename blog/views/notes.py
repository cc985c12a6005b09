"""Editor's notes at the desk: writing, rewording, withdrawing, and placing what lost its words."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import AuthedRequest, editors_only
from blog import notes, steps
from blog.forms.notes import InlineNoteForm, NoteForm, WhereForm
from blog.models import (
    EditorNote,
    NoteKind,
    Passage,
    PassagePosition,
    Post,
    Revision,
)
from blog.views.answers import ask, attempt

IN_SIGHT = "#main"  # else the fragment of the form outlives the redirect and hides the message
APART = (NoteKind.INTRODUCTION, NoteKind.CLOSING)


def _orphans(post: Post) -> QuerySet[PassagePosition]:
    positions = PassagePosition.objects.in_head().orphans().filter(passage__post=post)
    return positions.select_related("passage", "passage__note")


@editors_only
@require_safe
def post_notes(request: AuthedRequest, pk: int) -> HttpResponse:
    """The notes of a post, and the forms that add one."""
    return _page(request, get_object_or_404(Post.objects.select_related("head"), pk=pk))


def _page(
    request: AuthedRequest,
    post: Post,
    *,
    apart: dict[NoteKind, NoteForm] | None = None,
    inline: InlineNoteForm | None = None,
) -> HttpResponse:
    bound = apart or {}
    context = {
        "post": post,
        "notes": post.notes.select_related("byline", "passage").order_by("created_at", "pk"),
        "orphans": _orphans(post),
        "apart_forms": [(kind, bound.get(kind) or NoteForm(prefix=kind.value)) for kind in APART],
        "inline_form": inline or InlineNoteForm(post=post),
        "text": _text(post),
    }
    return render(request, "blog/desk/notes.html", context)


def _text(post: Post) -> Revision | None:
    """What notes are set into: what readers see, or the draft so far; None before a hand-in."""
    if post.state in steps.WITH_EDITORS:
        return Revision(body_html=post.body)
    return post.head


def _page_of(pk: int) -> str:
    return reverse("blog:desk_post_notes", kwargs={"pk": pk})


@editors_only
@require_POST
def write_apart(request: AuthedRequest, pk: int, kind: NoteKind) -> HttpResponse:
    """Write an introduction or a closing note."""
    post = get_object_or_404(Post.objects.select_related("head"), pk=pk)
    form = NoteForm(request.POST, prefix=kind.value)
    note = attempt(
        form,
        lambda: notes.write_note(post, kind=kind, editor=request.user, **form.cleaned_data),
    )
    if note is None:
        return _page(request, post, apart={kind: form})
    messages.success(request, _("Your note stands on the post."))
    return redirect(_page_of(pk) + IN_SIGHT)


@editors_only
@require_POST
def write_inline(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write a note beside words of the post; asks which of them when they stand more than once."""
    post = get_object_or_404(Post.objects.select_related("head"), pk=pk)
    form = InlineNoteForm(request.POST, post=post)
    note = attempt(
        form,
        lambda: notes.write_note_at(
            post, quote=form.quote(), editor=request.user, text=form.cleaned_data["text"]
        ),
    )
    if note is None:
        return _page(request, post, inline=form)
    messages.success(request, _("Your note stands beside these words."))
    return redirect(_page_of(pk) + IN_SIGHT)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def reword(request: AuthedRequest, pk: int) -> HttpResponse:
    """Change the words of a note."""
    standing = EditorNote.objects.standing().select_related("post", "passage", "byline")
    note = get_object_or_404(standing, pk=pk)
    form = NoteForm(request.POST or None, initial={"text": note.text})
    if attempt(form, lambda: notes.reword_note(note, editor=request.user, **form.cleaned_data)):
        messages.success(request, _("The note is changed; readers see when."))
        return redirect("blog:desk_post_notes", pk=note.post_id)
    return render(request, "blog/desk/note.html", {"note": note, "post": note.post, "form": form})


@editors_only
@require_POST
def withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take a note from the page."""
    note = get_object_or_404(EditorNote, pk=pk)
    ask(
        request,
        lambda: notes.withdraw_note(note, editor=request.user),
        done=_("The note is withdrawn. Its words are kept here."),
    )
    return redirect("blog:desk_post_notes", pk=note.post_id)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: AuthedRequest, pk: int) -> HttpResponse:
    """Say where a passage stands in the text as it is now."""
    passage = get_object_or_404(Passage.objects.select_related("post__head"), pk=pk)
    post = passage.post
    form = WhereForm(request.POST or None, post=post)
    if attempt(form, lambda: notes.place_passage(passage, editor=request.user, quote=form.quote())):
        messages.success(request, _("The passage stands at these words now."))
        return redirect("blog:desk_post_notes", pk=post.pk)
    position = passage.positions.filter(revision=post.head).first()
    context = {"passage": passage, "post": post, "form": form, "position": position}
    context["text"] = _text(post)
    return render(request, "blog/desk/passage.html", context)
