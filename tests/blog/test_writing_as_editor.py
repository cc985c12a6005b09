"""An editor in somebody else's text: the way back to the desk, and what readers see of it."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from blog.models import Post
from tests.blog.desk_pages import address
from tests.factories.accounts import ProfileFactory
from tests.factories.blog import PostFactory, an_editor

pytestmark = pytest.mark.django_db
NOT_SEEN = "Readers do not see this text yet."


@pytest.fixture
def desk(editor: Person) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def typed(post: Post, **changes: object) -> dict[str, object]:
    words = {"title": post.title, "summary": post.summary, "body": post.body}
    return words | {"version": post.version} | changes


def written(client: Client, post: Post, **changes: object) -> str:
    return client.post(
        address("write_post", post), typed(post, **changes), follow=True
    ).content.decode()


def test_an_editor_finds_the_way_back_to_the_desk(desk: Client) -> None:
    # Given
    post = PostFactory(author=ProfileFactory(guest=True))
    # When
    page = desk.get(address("write_post", post)).content.decode()
    # Then
    assert f'<a href="{address("desk_post", post)}">This post on the desk</a>' in page
    assert "Your posts</a></span>" not in page


def test_an_editor_finds_both_ways_in_her_own_post() -> None:
    # Given
    editor = an_editor()
    client = Client()
    client.force_login(editor)
    post = PostFactory(author=editor.profile)
    # When
    page = client.get(address("write_post", post)).content.decode()
    # Then
    assert address("desk_post", post) in page
    assert f'<a href="{reverse("blog:write")}">Your posts</a>' in page


def test_an_author_is_not_shown_the_desk() -> None:
    # Given
    post = PostFactory()
    client = Client()
    client.force_login(post.author.person)
    # When
    page = client.get(address("write_post", post)).content.decode()
    # Then
    assert address("desk_post", post) not in page
    assert f'<a href="{reverse("blog:write")}">Your posts</a>' in page


def test_an_edit_of_a_published_post_says_that_readers_do_not_see_it(desk: Client) -> None:
    # Given
    post = PostFactory(published=True)
    assert NOT_SEEN not in desk.get(address("write_post", post)).content.decode()
    # When
    page = written(desk, post, body="<p>Other words.</p>")
    # Then
    assert "Your text is saved." in page
    assert NOT_SEEN in page
    assert f'href="{address("desk_revise", post)}"' in page


def test_a_text_that_was_never_published_says_nothing_of_readers(desk: Client) -> None:
    assert NOT_SEEN not in written(desk, PostFactory(), body="<p>Other words.</p>")
