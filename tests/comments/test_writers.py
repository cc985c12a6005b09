"""What a guest author left beside posts is among their data, and goes with it; the text stays."""

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from blog import autosaves, draft_comments, draft_suggestions
from blog.anchoring import Quote
from blog.models import Autosave, DraftComment, Post
from blog.workflow import Draft
from comments import mydata
from comments.erasure import Published, erase
from tests.blog.guest_pages import GUEST, invited
from tests.factories.images import an_image

pytestmark = pytest.mark.django_db
NAMES = ("a word to the editors", "words that were not saved", "photo.jpg")


def owner() -> mydata.Owner:
    found = mydata.owner_of(GUEST)
    assert found is not None
    return found


def guest_of(post: Post) -> Person:
    assert post.author.person is not None
    return post.author.person


def leave_traces(editor: Person) -> Post:
    """Unsaved words, a comment that an editor answered, and a picture."""
    post: Post = invited(editor)
    guest = guest_of(post)
    typed = Draft(post.title, "", f"<p>{NAMES[1]}</p>")
    autosaves.keep(post, by=guest, draft=typed, version=post.version, sitting="a" * 16)
    said = draft_comments.comment(post, by=guest, text=NAMES[0])
    draft_comments.reply(said, by=editor, text="Thank you.")
    an_image(post, guest)
    return post


def stored_words(found: mydata.Owner) -> str:
    [section] = [one for one in mydata.stored(found) if one.name == "writing"]
    return " ".join(str(fact.value) for entry in section.entries for fact in entry)


def test_what_was_left_beside_posts_is_shown_and_erased(editor: Person) -> None:
    # Given
    post = leave_traces(editor)
    words = stored_words(owner())
    assert [name for name in NAMES if name not in words] == []
    # When
    erase(owner(), published=Published.ANONYMOUS)
    # Then
    left = stored_words(owner())
    assert [name for name in NAMES if name in left] == []
    assert not Autosave.objects.exists()
    assert not DraftComment.objects.filter(author=guest_of(post)).exists()
    assert DraftComment.objects.filter(author=editor, text="Thank you.").exists()
    assert Post.objects.filter(pk=post.pk).exists()


def test_proposed_words_stay_unsigned_and_reasons_go(editor: Person) -> None:
    # Given words that an editor proposed, and the guest declined
    post = invited(editor)
    Post.objects.filter(pk=post.pk).update(body="<p>Drink water.</p>")
    made = draft_suggestions.suggest(
        Post.objects.get(pk=post.pk), by=editor, proposed="tea", quote=Quote("water"), text=""
    )
    draft_suggestions.decline(made, by=guest_of(post), reason="I like water.")
    # When both have themselves erased
    erase(owner(), published=Published.ANONYMOUS)
    erase(mydata.Owner(editor.email, editor), published=Published.ANONYMOUS)
    # Then
    made.refresh_from_db()
    assert (made.proposed, made.author, made.decided_by, made.reason) == ("tea", None, None, "")


def test_one_price_for_one_thing_and_for_thirty(
    editor: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    post = leave_traces(editor)
    for number in range(30):
        draft_comments.comment(post, by=guest_of(post), text=str(number))
    found = owner()
    with django_assert_max_num_queries(25):
        mydata.stored(found)
