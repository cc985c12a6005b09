"""What the account bar offers on the page of a post."""

import pytest
from django.test import Client

from accounts.models import Person
from tests.factories.blog import PostFactory

pytestmark = pytest.mark.django_db


def bar(person: Person | None, at: str) -> str:
    client = Client()
    if person:
        client.force_login(person)
    return client.get("/me/bar/", {"at": at}).content.decode()


def test_an_editor_is_offered_the_desk_of_the_post_they_read(editor: Person) -> None:
    post = PostFactory(published=True)
    assert f'href="/desk/posts/{post.pk}/"' in bar(editor, post.get_absolute_url())


def test_nobody_else_is(moderator: Person, author: Person) -> None:
    post = PostFactory(published=True)
    for person in (moderator, author, None):
        assert "/desk/posts/" not in bar(person, post.get_absolute_url())


@pytest.mark.parametrize("at", ["", "/", "/posts/", "/posts/nowhere/", "//", "x", "/posts/%00/"])
def test_elsewhere_there_is_no_such_door(editor: Person, at: str) -> None:
    PostFactory(published=True)
    assert "This post on the desk" not in bar(editor, at)


def test_a_post_that_is_not_published_has_none(editor: Person) -> None:
    post = PostFactory()
    assert "This post on the desk" not in bar(editor, f"/posts/{post.slug}/")
