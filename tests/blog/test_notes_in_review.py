"""Editor's notes set while a post is reviewed: they stand on the draft and come along."""

import pytest
from django.test import Client

from accounts.models import Person
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from blog import notes, passages, publishing, workflow
from blog.anchoring import Quote
from blog.models import EditorNote, NoteKind, Post
from tests.blog.desk_pages import address, text
from tests.factories.accounts import ProfileFactory
from tests.factories.blog import BODY, WORDS, PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(author: Person, editor: Person) -> Post:
    return PostFactory(author=ProfileFactory(person=author), in_review=True, editor=editor)


def noted(post: Post, editor: Person) -> EditorNote:
    return notes.write_note_at(post, quote=Quote(WORDS), editor=editor, text="We lend one.")


def rewritten(post: Post, body: str, by: Person) -> Post:
    post.refresh_from_db()
    draft = workflow.Draft(title=post.title, summary=post.summary, body=body)
    return workflow.write(post, by=by, draft=draft, version=post.version)


def words_of(note: EditorNote) -> str:
    head = Post.objects.select_related("head").get(pk=note.post_id).head
    assert head is not None
    assert note.passage is not None
    return passages.wording(note.passage, head)


def test_a_note_set_in_review_comes_along_to_the_readers(
    post: Post, author: Person, editor: Person
) -> None:
    # Given
    note = noted(post, editor)
    assert words_of(note) == WORDS
    # When the editor writes, the author writes, and the post goes out
    rewritten(post, f"<p>First.</p>{BODY}", editor)
    assert words_of(note) == WORDS
    workflow.request_changes(post, editor=editor, message="More.")
    rewritten(post, f"<p>First of all.</p>{BODY}<p>Last.</p>", author)
    workflow.submit(post, by=author)
    assert words_of(note) == WORDS
    workflow.accept(post, editor=editor)
    post = publishing.publish(post, editor=editor)
    # Then
    assert [revision.number for revision in post.revisions.all()] == [1]
    page = Client().get(post.get_absolute_url()).content.decode()
    assert "We lend one." in page
    assert "We lend one." not in post.body


def test_the_authors_saves_make_no_revisions_though_notes_stand(
    post: Post, author: Person, editor: Person
) -> None:
    noted(post, editor)
    workflow.request_changes(post, editor=editor, message="More.")
    for number in range(4):
        rewritten(post, f"{BODY}<p>{number}</p>", author)
    assert post.revisions.count() == 1


def test_a_note_whose_words_the_author_took_out_waits_for_a_place(
    post: Post, author: Person, editor: Person
) -> None:
    # Given
    note = noted(post, editor)
    workflow.request_changes(post, editor=editor, message="More.")
    rewritten(post, "<p>True the wheel with a little key, slowly.</p>", author)
    workflow.submit(post, by=author)
    # Then
    client = Client()
    client.force_login(editor)
    assert "lost their words" in text(client, address("desk_post_notes", post))
    # When
    notes.place_passage(note.passage, editor=editor, quote=Quote("a little key"))
    # Then
    assert words_of(note) == "a little key"


def test_no_note_is_set_at_words_while_the_author_writes(
    post: Post, author: Person, editor: Person
) -> None:
    workflow.request_changes(post, editor=editor, message="More.")
    seen = Post.objects.get(pk=post.pk).version
    with pytest.raises(WrongMoment):
        noted(post, editor)
    draft = workflow.Draft(title=post.title, summary="", body=BODY)
    workflow.write(post, by=author, draft=draft, version=seen)  # no conflict


def test_a_note_that_is_refused_keeps_no_revision(
    post: Post, author: Person, editor: Person
) -> None:
    for person in (author, editor):
        with pytest.raises((NotAllowed, Invalid)):
            notes.write_note_at(post, quote=Quote("no such words"), editor=person, text="Hm.")
    assert not post.revisions.exists()


def test_the_desk_sets_notes_of_all_kinds_in_review(post: Post, editor: Person) -> None:
    # Given
    client = Client()
    client.force_login(editor)
    assert "A note beside words of the text" in text(client, address("desk_post_notes", post))
    # When
    for kind in ("introduction", "closing"):
        client.post(address(f"desk_write_{kind}", post), {f"{kind}-text": f"The {kind}."})
    client.post(address("desk_write_inline", post), {"words": WORDS, "text": "We lend one."})
    # Then
    assert set(post.notes.values_list("kind", flat=True)) == set(NoteKind.values)
    shown = text(client, address("write_preview", post))
    assert "We lend one." in shown
    assert Client().get(post.get_absolute_url()).status_code == 404
