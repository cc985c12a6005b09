"""Editor's notes at the desk: written, placed, reworded, withdrawn."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from blog.models import EditorNote, Passage, Post
from tests.blog.desk_pages import address, text
from tests.factories.blog import (
    BODY,
    EditorNoteFactory,
    PostFactory,
    RevisionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(editor: Person) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def where(post: Post, words: str, **more: object) -> dict[str, object]:
    return {"words": words, "revision": post.head_id, "text": "We lend one."} | more


def test_introduction_and_closing_note_are_signed_and_apart_from_the_text(
    client: Client, editor: Person
) -> None:
    # Given
    post = PostFactory(published=True)
    # When
    for kind in ("introduction", "closing"):
        client.post(address(f"desk_write_{kind}", post), {f"{kind}-text": f"The {kind}.\n\nMore."})
    # Then
    written = post.notes.order_by("pk")
    assert [(note.kind, note.byline.person) for note in written] == [
        ("introduction", editor),
        ("closing", editor),
    ]
    post.refresh_from_db()
    assert post.body == BODY


def test_a_note_without_words_is_refused_beside_its_own_form(client: Client) -> None:
    post = PostFactory(published=True)
    page = text(client, address("desk_write_closing", post), **{"closing-text": " "})
    assert page.count("This field is required.") == 1
    assert not post.notes.exists()


def test_an_inline_note_stands_beside_its_words(client: Client) -> None:
    post = PostFactory(published=True)
    client.post(address("desk_write_inline", post), where(post, "spoke wrench"))
    note = EditorNote.objects.get()
    assert (note.kind, note.passage.exact, note.text) == ("inline", "spoke wrench", "We lend one.")


def test_words_that_are_not_there_are_refused_and_nothing_typed_is_lost(client: Client) -> None:
    post = PostFactory(published=True)
    page = text(client, address("desk_write_inline", post), **where(post, "a torque wrench"))
    assert "These words do not stand in the post as it is now." in page
    assert "a torque wrench</textarea>" in page
    assert "We lend one.</textarea>" in page
    assert not Passage.objects.exists()


def test_words_that_stand_twice_are_asked_about_and_the_chosen_place_is_taken(
    client: Client,
) -> None:
    # Given
    body = "<p>Check the tyre first.</p>\n<p>Then check the tyre again.</p>"
    post = PostFactory(body=body, published=True)
    # When
    page = text(client, address("desk_write_inline", post), **where(post, "the tyre"))
    # Then
    second = post.head.text.rindex("the tyre")
    assert "Please choose which of them." in page
    assert f'value="{second}"' in page
    # When
    client.post(address("desk_write_inline", post), where(post, "the tyre", place=second))
    # Then
    assert Passage.objects.get().captured_start == second


def test_a_place_chosen_in_an_older_text_is_not_taken(client: Client) -> None:
    # Given
    body = "<p>Check the tyre first.</p>\n<p>Then check the tyre again.</p>"
    post = PostFactory(body=body, published=True)
    given = where(post, "the tyre", place=10)
    RevisionFactory(post=post, body=f"<p>New beginning.</p>{body}")
    # When
    page = text(client, address("desk_write_inline", post), **given)
    # Then
    assert "The text has changed meanwhile." in page
    assert not Passage.objects.exists()


def test_selected_words_bring_their_neighbours_and_need_no_question(client: Client) -> None:
    body = "<p>Check the tyre first.</p>\n<p>Then check the tyre again.</p>"
    post = PostFactory(body=body, published=True)
    given = where(post, "the tyre", before="Then check ", after=" again.")
    client.post(address("desk_write_inline", post), given)
    assert Passage.objects.get().captured_start == post.head.text.rindex("the tyre")


def test_a_long_inline_note_leaves_no_passage_behind(client: Client) -> None:
    post = PostFactory(published=True)
    given = where(post, "spoke wrench", text="x" * 1001)
    page = text(client, address("desk_write_inline", post), **given)
    assert "at most 1,000 characters" in page
    assert not Passage.objects.exists()


def test_notes_stand_beside_an_accepted_text_and_not_beside_a_draft(client: Client) -> None:
    draft, accepted = PostFactory(), PostFactory(accepted=True)
    page = text(client, address("desk_write_inline", draft), words="spoke wrench", text="Hm")
    assert not draft.notes.exists()
    assert page
    client.post(address("desk_write_inline", accepted), where(accepted, "spoke wrench"))
    assert accepted.notes.count() == 1


def test_a_note_is_reworded_and_withdrawn_and_its_words_are_kept(client: Client) -> None:
    # Given
    note = EditorNoteFactory(inline=True)
    # When
    client.post(reverse("blog:desk_note", kwargs={"pk": note.pk}), {"text": "We rent one."})
    client.post(reverse("blog:desk_withdraw_note", kwargs={"pk": note.pk}))
    # Then
    note.refresh_from_db()
    assert note.text == "We rent one."
    assert note.edited_at is not None
    assert note.withdrawn_at is not None
    page = text(client, reverse("blog:desk_withdraw_note", kwargs={"pk": note.pk}), again="1")
    assert "This note was withdrawn already." in page
    assert client.get(reverse("blog:desk_note", kwargs={"pk": note.pk})).status_code == 404


def test_an_orphan_is_listed_and_placed_where_the_editor_says(client: Client) -> None:
    # Given
    note = EditorNoteFactory(inline=True)
    post = note.post
    RevisionFactory(post=post, body="<p>Any small key does the job.</p>")
    post.refresh_from_db()
    place = reverse("blog:desk_place_passage", kwargs={"pk": note.passage_id})
    assert place in text(client, address("desk_post_notes", post))
    # When
    client.post(place, {"words": "small key", "revision": post.head_id})
    # Then
    position = note.passage.positions.get(revision=post.head)
    assert (position.status, position.start) == ("placed", post.head.text.index("small key"))
    assert place not in text(client, address("desk_post_notes", post))


def test_the_notes_page_costs_the_same_for_one_and_for_many(
    client: Client, django_assert_num_queries
) -> None:
    post = EditorNoteFactory(inline=True).post
    text(client, address("desk_post_notes", post))
    with django_assert_num_queries(5):
        text(client, address("desk_post_notes", post))
    for _number in range(10):
        EditorNoteFactory(post=post)
    with django_assert_num_queries(5):
        text(client, address("desk_post_notes", post))


def test_the_message_about_a_new_note_is_in_sight(client: Client) -> None:
    """A fragment in the address of a form outlives a redirect that has none of its own."""
    # Given
    post = PostFactory(published=True)
    # When
    closing = client.post(address("desk_write_closing", post), {"closing-text": "Come by."})
    inline = client.post(address("desk_write_inline", post), where(post, "spoke wrench"))
    # Then
    assert closing["Location"] == inline["Location"] == f"{address('desk_post_notes', post)}#main"
    assert "Your note stands beside these words." in text(client, inline["Location"])
