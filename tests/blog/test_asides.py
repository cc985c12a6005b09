"""What the writing page asks for by itself: pasted text made clean; and who gets no answer."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from blog.models import Post
from blog.views import asides
from tests.blog.guest_pages import invited, let_in
from tests.factories.accounts import ProfileFactory
from tests.factories.blog import PostFactory

pytestmark = [pytest.mark.django_db, pytest.mark.stores]

FROM_WORD = "<p class=MsoNormal>A <b>hub</b><o:p></o:p></p>"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def own_post(author: Person, **fields: object) -> Post:
    return PostFactory(author=ProfileFactory(person=author), **fields)


def pasted(post: Post) -> str:
    return reverse("blog:write_pasted", kwargs={"pk": post.pk})


def test_a_paste_is_answered_with_what_the_post_would_hold(author: Person) -> None:
    response = signed_in(author).post(pasted(own_post(author)), {"html": FROM_WORD})
    assert response.json() == {"html": "<p>A <strong>hub</strong></p>"}


def test_a_guest_with_a_personal_link_pastes_too(editor: Person) -> None:
    post = invited(editor)
    response = let_in(post).post(pasted(post), {"html": FROM_WORD})
    assert response.json() == {"html": "<p>A <strong>hub</strong></p>"}


def test_who_may_not_write_the_post_pastes_nothing(author: Person, reader: Person) -> None:
    address = pasted(PostFactory())
    assert Client().post(address, {"html": FROM_WORD}).status_code == 401
    assert signed_in(reader).post(address, {"html": FROM_WORD}).status_code == 403
    assert signed_in(author).post(address, {"html": FROM_WORD}).status_code == 404
    assert signed_in(author).get(pasted(own_post(author))).status_code == 405


def test_whoever_is_signed_out_hears_so_in_words_that_a_script_can_pass_on() -> None:
    response = Client().post(pasted(PostFactory()))
    assert response.json() == {"said": "You are signed out."}
    assert response.headers["Cache-Control"] == "no-store"


def test_too_much_and_too_often_is_refused(author: Person, monkeypatch) -> None:
    # Given
    monkeypatch.setattr(asides, "LONGEST_PASTE", 50)
    monkeypatch.setattr(asides, "MOST_PASTES", 1)
    client, address = signed_in(author), pasted(own_post(author))
    # Then
    assert client.post(address, {"html": "x" * 51}).status_code == 413
    assert client.post(address, {"html": "x"}).status_code == 200
    assert client.post(address, {"html": "x"}).status_code == 429
