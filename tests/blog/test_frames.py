"""What is kept of a page is let go the moment that something on it changes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Profile, ProfileLink
from blog import notes, passages
from blog.kept import A_PK, Prepared, kept
from blog.models import EditorNote, Mark, Passage, Post, PostState, Publication, Topic
from tests.factories.accounts import ProfileFactory, ProfileLinkFactory
from tests.factories.blog import (
    EditorNoteFactory,
    NoticeFactory,
    PassageFactory,
    PostFactory,
    PublicationFactory,
    RevisionFactory,
    TopicFactory,
    an_editor,
)

pytestmark = pytest.mark.django_db


def read(address: str) -> str:
    return Client().get(address).content.decode()


def a_full_post() -> Post:
    """With everything on its page that can change."""
    editor = an_editor()
    PublicationFactory(host=ProfileFactory(name="The Host"), invitation="What do you think?")
    topic = TopicFactory(name="Winter")
    post: Post = PostFactory(published=True, topics=[topic], editor=editor)
    PostFactory(published=True, topics=[topic], title="A quiet chain", editor=editor)
    ProfileLinkFactory(profile=post.author, label="The workshop")
    EditorNoteFactory(post=post, inline=True, text="We lend one.", editor=editor)
    PassageFactory(post=post, exact="True the wheel")
    return post


def retract_the_neighbour(post: Post) -> None:
    Post.objects.exclude(pk=post.pk).update(state=PostState.RETRACTED)


def mark_a_passage(post: Post) -> None:
    passage = Passage.objects.get(post=post, exact="True the wheel")
    passages.set_mark(passage, mark=Mark.DISPUTED, reference="k4t9")


CHANGES: dict[str, tuple[Callable[[Post], Any], str]] = {
    "a revision": (lambda post: RevisionFactory(post=post, body="<p>New.</p>"), "<p>New.</p>"),
    "a notice": (lambda post: NoticeFactory(post=post, text="It moved."), "It moved."),
    "a note": (
        lambda post: EditorNoteFactory(post=post, text="A closing word."),
        "A closing word.",
    ),
    "a withdrawn note": (
        lambda post: notes.withdraw_note(EditorNote.objects.get(), editor=an_editor()),
        "-We lend one.",
    ),
    "a mark": (mark_a_passage, "[disputed"),
    "the author": (lambda post: Profile.objects.update(name="New Name"), "New Name"),
    "a link": (lambda post: ProfileLink.objects.update(label="New label"), "New label"),
    "a topic": (lambda post: Topic.objects.update(name="New topic"), "New topic"),
    "its topics": (lambda post: post.topics.clear(), "-Winter"),
    "a related post": (retract_the_neighbour, "Retracted: A quiet chain"),
    "the site": (lambda post: PublicationFactory(invitation="Well?"), "Well?"),
    "the discussion": (lambda post: Post.objects.update(discussion="closed"), "is closed"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_shows_on_the_post_at_once(change: str) -> None:
    # Given
    post = a_full_post()
    act, words = CHANGES[change]
    is_gone = words.startswith("-")
    words = words.removeprefix("-")
    assert (words in read(post.get_absolute_url())) is is_gone

    # When
    act(post)

    # Then
    assert (words in read(post.get_absolute_url())) is not is_gone


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: Post.objects.update(state=PostState.RETRACTED), "Retracted: "),
        (lambda: Topic.objects.update(name="New topic"), "New topic"),
        (lambda: Profile.objects.update(name="New Name"), "New Name"),
        (lambda: PublicationFactory(tagline="New tagline"), "New tagline"),
        (lambda: PostFactory(published=True, title="A newer post"), "A newer post"),
    ],
)
def test_a_change_shows_on_home_at_once(change: Callable[[], Any], words: str) -> None:
    # Given
    a_full_post()
    assert words not in read("/")

    # When
    change()

    # Then
    assert words in read("/")


def test_a_post_shows_on_home_when_its_hour_has_come() -> None:
    # Given
    post = PostFactory(published=True)
    hour = timezone.now() + timedelta(hours=1)
    Post.objects.filter(pk=post.pk).update(published_at=hour)
    assert post.title not in read("/")

    # When
    Post.objects.filter(pk=post.pk).update(
        published_at=timezone.now() - timedelta(seconds=1)  # databases round
    )

    # Then
    assert post.title in read("/")


def test_a_page_that_is_kept_costs_the_same_few_queries(django_assert_num_queries) -> None:
    # Given
    post = a_full_post()
    read("/")
    read(post.get_absolute_url())

    # Then
    with django_assert_num_queries(16):
        read(post.get_absolute_url())
    with django_assert_num_queries(7):
        read("/")


def test_while_debugging_nothing_is_kept(settings) -> None:
    # Given
    settings.DEBUG = True
    made = iter("ab")

    # Then
    assert kept("test", 1, lambda: next(made)) == "a"
    assert kept("test", 1, lambda: next(made)) == "b"


def test_what_is_kept_is_kept_for_one_language() -> None:
    # Given
    made = iter("ab")

    # Then
    with override("en"):
        assert kept("test", 1, lambda: next(made)) == "a"
        assert kept("test", 1, lambda: next(made)) == "a"
    with override("de"):
        assert kept("test", 1, lambda: next(made)) == "b"


def test_a_prepared_query_asks_what_django_would_ask() -> None:
    # Given
    first, second = PostFactory(), PostFactory()
    query = Prepared(lambda pk: Post.objects.filter(pk=pk).values_list("slug"), A_PK)

    # Then
    assert query.rows(first.pk) == [(first.slug,)]
    assert query.rows(second.pk) == [(second.slug,)]
    assert query.rows(0) == []


def test_a_prepared_query_takes_its_values_as_values() -> None:
    # Given
    PostFactory(slug="a")
    query = Prepared(lambda slug: Post.objects.filter(slug=slug).values_list("pk"), "stand-in")

    # Then
    assert query.rows("' OR 1=1 --") == []
    assert query.rows("%s") == []


def test_a_gap_that_is_not_filled_is_a_mistake() -> None:
    query = Prepared(lambda pk: Publication.objects.filter(pk=pk), A_PK)
    with pytest.raises(ValueError, match="zip"):
        query.rows()
