"""Editor's notes: signed, dated, and never part of the author's text."""

import pytest

from accounts.refusals import Invalid, NotAllowed, WrongMoment
from blog import notes, passages
from blog.anchoring import Quote
from blog.models import EditorNote, NoteKind
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory

pytestmark = pytest.mark.django_db

BODY = "<p>Oil the chain every second week. Wipe it first with a dry cloth.</p>"


@pytest.fixture
def post():
    return PostFactory(published=True, body=BODY)


@pytest.fixture
def passage(post):
    return passages.capture(post, quote=Quote("Wipe it first with a dry cloth", "", ""))


def test_a_note_is_signed_with_the_editors_byline(post, editor):
    note = notes.write_note(post, kind=NoteKind.INTRODUCTION, editor=editor, text="A friend.")
    assert (note.byline.person, note.editor) == (editor, editor)


def test_a_note_leaves_the_text_as_it_is(post, passage, editor):
    notes.write_note(post, kind=NoteKind.INLINE, editor=editor, text="Cotton.", passage=passage)
    post.refresh_from_db()
    assert (post.body, post.head.body_html) == (BODY, BODY)


def test_markup_in_a_note_is_shown_as_it_was_typed(post, editor):
    text = "<b>Bold</b> & <script>alert(1)</script>"
    note = notes.write_note(post, kind=NoteKind.CLOSING, editor=editor, text=text)
    assert "<script" not in note.html
    assert "&lt;b&gt;Bold" in note.html


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_only_an_editor_writes_rewords_or_withdraws(post, editor, role):
    # Given
    person = PersonFactory(role=role)
    note = notes.write_note(post, kind=NoteKind.CLOSING, editor=editor, text="Thanks.")
    # When / Then
    with pytest.raises(NotAllowed):
        notes.write_note(post, kind=NoteKind.CLOSING, editor=person, text="Mine.")
    with pytest.raises(NotAllowed):
        notes.reword_note(note, editor=person, text="Mine.")
    with pytest.raises(NotAllowed):
        notes.withdraw_note(note, editor=person)


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_note_needs_words(post, editor, text):
    with pytest.raises(Invalid):
        notes.write_note(post, kind=NoteKind.CLOSING, editor=editor, text=text)


def test_an_inline_note_is_short(post, passage, editor):
    with pytest.raises(Invalid):
        notes.write_note(
            post, kind=NoteKind.INLINE, editor=editor, text="x" * 1001, passage=passage
        )


def test_an_inline_note_needs_a_passage_of_the_same_post(post, editor):
    other = PostFactory(published=True, body=BODY)
    foreign = passages.capture(other, quote=Quote("Wipe it first with a dry cloth", "", ""))
    for passage in (None, foreign):
        with pytest.raises(Invalid):
            notes.write_note(
                post, kind=NoteKind.INLINE, editor=editor, text="Cotton.", passage=passage
            )
    assert EditorNote.objects.count() == 0


def test_a_passage_carries_one_note(post, passage, editor):
    notes.write_note(post, kind=NoteKind.INLINE, editor=editor, text="Cotton.", passage=passage)
    with pytest.raises(Invalid):
        notes.write_note(post, kind=NoteKind.INLINE, editor=editor, text="Wool.", passage=passage)


def test_a_reworded_note_says_when(post, editor):
    note = notes.write_note(post, kind=NoteKind.CLOSING, editor=editor, text="Thanks.")
    note = notes.reword_note(note, editor=editor, text="Many thanks.")
    assert note.edited_at >= note.created_at
    assert "Many thanks." in note.html


def test_a_withdrawn_note_is_kept_but_not_shown_and_not_reworded(post, editor):
    note = notes.write_note(post, kind=NoteKind.CLOSING, editor=editor, text="Thanks.")
    notes.withdraw_note(note, editor=editor)
    assert list(post.notes.standing()) == []
    with pytest.raises(WrongMoment):
        notes.withdraw_note(note, editor=editor)
    with pytest.raises(WrongMoment):
        notes.reword_note(note, editor=editor, text="Again.")


def test_the_log_says_what_became_of_a_note_and_keeps_its_former_words(post, passage, editor):
    # When
    note = notes.write_note(
        post, kind=NoteKind.INLINE, editor=editor, text="With chalk.", passage=passage
    )
    notes.reword_note(note, editor=editor, text="With a crayon.")
    notes.withdraw_note(note, editor=editor)
    # Then
    said = [(event.kind, event.message, event.actor) for event in post.events.all()][-3:]
    assert said == [
        ("note_written", passage.exact, editor),
        ("note_reworded", "With chalk.", editor),
        ("note_withdrawn", passage.exact, editor),
    ]
