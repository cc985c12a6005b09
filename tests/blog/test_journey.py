"""Where a post stands, whose turn it is, and how an author takes back what was handed in."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Letter, Person
from accounts.refusals import NotAllowed, WrongMoment
from blog import workflow
from blog.journey import journey_of
from blog.models import Post, PostState
from tests.factories.accounts import ProfileFactory
from tests.factories.blog import PostFactory

pytestmark = [pytest.mark.django_db, pytest.mark.stores]


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def own_post(author: Person, **fields: object) -> Post:
    return PostFactory(author=ProfileFactory(person=author), **fields)


def page_of(post: Post, name: str = "blog:write_post") -> str:
    return reverse(name, kwargs={"pk": post.pk})


@pytest.mark.parametrize("state", [*PostState])
@pytest.mark.parametrize("for_author", [True, False])
def test_every_state_says_where_the_post_stands_and_whose_turn_it_is(
    state: PostState, for_author: bool
) -> None:
    journey = journey_of(Post(state=state), for_author=for_author)
    assert [stage.state for stage in journey.stages].count("now") == 1
    assert journey.now
    assert journey.asked


def test_the_page_and_the_list_say_where_a_post_stands_and_what_is_asked(author: Person) -> None:
    # Given
    post = own_post(author, changes_requested=True)
    # Then
    for address in (page_of(post), reverse("blog:write")):
        page = signed_in(author).get(address).content.decode()
        assert "It is your turn: the editors ask for changes." in page
        assert 'aria-current="step">Changes requested ↺' in page


def test_an_author_takes_back_what_nobody_reads_yet_and_the_editors_are_told(
    author: Person, editor: Person
) -> None:
    # Given
    post = own_post(author, submitted=True)
    assert "Take it back" in signed_in(author).get(page_of(post)).content.decode()
    # When
    said = {"message": "I forgot the dosage."}
    signed_in(author).post(page_of(post, "blog:write_take_back"), said)
    # Then
    post.refresh_from_db()
    assert post.state == PostState.DRAFT
    assert "I forgot the dosage." in Letter.objects.filter(to=editor.email).last().body
    page = signed_in(author).get(page_of(post)).content.decode()
    assert "took it back" in page
    assert "I forgot the dosage." in page


def test_what_is_in_review_or_somebody_elses_is_not_taken_back(
    author: Person, editor: Person
) -> None:
    with pytest.raises(WrongMoment):
        workflow.take_back(own_post(author, in_review=True), by=author)
    with pytest.raises(NotAllowed):
        workflow.take_back(PostFactory(submitted=True), by=author)
    with pytest.raises(NotAllowed):
        workflow.take_back(PostFactory(submitted=True), by=editor)
