"""What can happen to an editor's note: written, reworded, withdrawn."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.profiles import byline_of
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from accounts.roles import is_editor
from blog import passages, revisions, richtext, steps
from blog.anchoring import Quote
from blog.models import EditorNote, NoteKind, Passage, Post
from blog.models.passage import PassageField

LONGEST_INLINE = 1_000  # characters; longer thoughts belong into a closing note


def _check(editor: Person, kind: NoteKind, text: str) -> None:
    if not is_editor(editor):
        raise NotAllowed(_("Only an editor may write an editor's note."))
    if not text.strip():
        raise Invalid(_("A note needs words."))
    if kind == NoteKind.INLINE and len(text) > LONGEST_INLINE:
        raise Invalid(_("A note inside the text may have at most 1,000 characters."))


def render(kind: NoteKind, text: str) -> str:
    """Safe HTML: paragraphs, or for an inline note a single run of text with line breaks."""
    return richtext.plain_line(text) if kind == NoteKind.INLINE else richtext.plain_paragraphs(text)


@transaction.atomic
def write_note(
    post: Post, *, kind: NoteKind, editor: Person, text: str, passage: Passage | None = None
) -> EditorNote:
    """Set the editor's signed words before, beside or after the text; the text stays as it is.

    An inline note needs a passage of this post that stands in the body and has no note yet;
    introduction and closing note take none.
    """
    _check(editor, kind, text)
    if kind == NoteKind.INLINE:
        _check_passage(post, passage)
    elif passage is not None:
        raise Invalid(_("Only a note inside the text has a passage."))
    steps.record(post, by=editor, kind="note_written", message=_words_at(passage))
    return EditorNote.objects.create(
        post=post,
        kind=kind,
        passage=passage,
        text=text.strip(),
        html=render(kind, text),
        editor=editor,
        byline=byline_of(editor),
    )


@transaction.atomic
def write_note_at(post: Post, *, quote: Quote, editor: Person, text: str) -> EditorNote:
    """Find the words in the post and set a note beside them, or do neither.

    While a text is reviewed it is kept as a draft revision for that, as it stands now.
    """
    if not is_editor(editor):
        raise NotAllowed(_("Only an editor may write an editor's note."))
    post = settled(post, by=editor)
    passage = passages.capture(post, quote=quote, by_editor=is_editor(editor))
    return write_note(post, kind=NoteKind.INLINE, editor=editor, text=text, passage=passage)


def settled(post: Post, *, by: Person) -> Post:
    """The locked post, with a text that notes can stand on: what readers see, or the draft so far.

    Nothing is kept while its author writes, who would find the post changed by somebody else.
    """
    post = steps.locked(post)
    if post.state in steps.WITH_EDITORS:
        revisions.freeze(post, by=by)
    return post


@transaction.atomic
def place_passage(passage: Passage, *, editor: Person, quote: Quote) -> None:
    """Say where the words of a note or mark stand in the text as it is now."""
    if not is_editor(editor):
        raise NotAllowed(_("Only an editor may place a passage."))
    settled(passage.post, by=editor)
    passages.place(passage, editor=editor, quote=quote)


def _check_passage(post: Post, passage: Passage | None) -> None:
    if passage is None or passage.post_id != post.pk or passage.field != PassageField.BODY:
        raise Invalid(_("A note inside the text needs a passage of this post."))
    if EditorNote.objects.filter(passage=passage).exists():
        raise Invalid(_("There is a note at this passage already."))


def _words_at(passage: Passage | None) -> str:
    return passage.exact[:100] if passage else ""


@transaction.atomic
def reword_note(note: EditorNote, *, editor: Person, text: str) -> EditorNote:
    """Change a note's words; readers see when that was, and the log keeps what it said before."""
    note = EditorNote.objects.select_for_update().get(pk=note.pk)
    _check(editor, NoteKind(note.kind), text)
    if note.withdrawn_at:
        raise WrongMoment(_("This note was withdrawn."))
    steps.record(note.post, by=editor, kind="note_reworded", message=note.text)
    note.text, note.html = text.strip(), render(NoteKind(note.kind), text)
    note.edited_at = timezone.now()
    note.save(update_fields=("text", "html", "edited_at"))
    return note


@transaction.atomic
def withdraw_note(note: EditorNote, *, editor: Person) -> None:
    """Take a note from the page; its words and its passage are kept."""
    if not is_editor(editor):
        raise NotAllowed(_("Only an editor may withdraw an editor's note."))
    changed = EditorNote.objects.filter(pk=note.pk, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )
    if not changed:
        raise WrongMoment(_("This note was withdrawn already."))
    steps.record(note.post, by=editor, kind="note_withdrawn", message=_words_at(note.passage))


@transaction.atomic
def take_back_note(note: EditorNote, *, editor: Person) -> None:
    """Withdraw a note as if it had not been written: another may be set at its passage.

    Its words are kept, at a passage of their own.
    """
    withdraw_note(note, editor=editor)
    if note.passage is not None:
        EditorNote.objects.filter(pk=note.pk).update(passage=passages.twin(note.passage))
