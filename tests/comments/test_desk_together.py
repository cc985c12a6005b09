"""Two moderators at the desk: who is here, and what the other decided."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from comments import changes, deskwork, moderation, presence
from comments.models import CommentEvent
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]
DESK = "/desk/comments/"


@pytest.fixture
def desk(client: Client, moderator: Person) -> Client:
    client.force_login(moderator)
    return client


def newest() -> int:
    return CommentEvent.objects.latest("pk").pk


def test_others_are_named_while_they_are_here(desk: Client) -> None:
    # Given
    olga = PersonFactory(moderator=True, name="Olga", email="olga@example.org")
    presence.arrive(olga)
    # Then
    response = desk.post(f"{DESK}here/")
    assert response.json() == {"names": ["Olga"]}
    assert b"olga@" not in response.content


def test_who_does_not_say_so_any_more_is_not_here(moderator: Person) -> None:
    presence.arrive(PersonFactory(editor=True))
    assert len(presence.others(moderator)) == 1
    cache.clear()
    assert presence.others(moderator) == []


def test_a_person_who_is_no_moderator_any_more_is_not_named(moderator: Person) -> None:
    olga = PersonFactory(moderator=True)
    presence.arrive(olga)
    Person.objects.filter(pk=olga.pk).update(role="author")
    assert presence.others(moderator) == []


def test_saying_that_one_is_here_is_a_post_and_for_moderators(desk: Client, author: Person) -> None:
    assert desk.get(f"{DESK}here/").status_code == 405
    desk.force_login(author)
    assert desk.post(f"{DESK}here/").status_code == 403
    assert desk.get(f"{DESK}changes/").status_code == 403


def test_what_another_decided_is_told_with_their_name_and_the_numbers(desk: Client) -> None:
    # Given
    comment, olga = PostCommentFactory(), PersonFactory(moderator=True, name="Olga")
    before = newest()
    moderation.mark_spam(comment, moderator=olga)
    # When
    answer = desk.get(f"{DESK}changes/", {"after": before}).json()
    # Then
    assert answer["changes"] == [
        {
            "comment": comment.pk,
            "state": "spam",
            "kept": False,
            "said": "Olga moved this comment to “Spam”.",
        }
    ]
    assert answer["numbers"]["spam"] == "1"


def test_only_the_last_move_of_a_comment_is_told(moderator: Person) -> None:
    comment = PostCommentFactory()
    before = newest()
    moderation.mark_spam(comment, moderator=moderator)
    moderation.restore(comment, moderator=moderator)
    told = changes.since(before).changes
    assert [(one.comment, one.state) for one in told] == [(comment.pk, "held")]


def test_what_the_site_moved_and_what_somebody_kept_is_told(moderator: Person) -> None:
    # Given
    held = PostCommentFactory()
    before = newest()
    published = PostCommentFactory(published=True)
    # Then
    (by_the_site,) = changes.since(before).changes
    assert (by_the_site.comment, by_the_site.who) == (published.pk, "")
    # When
    before = newest()
    deskwork.keep(published, moderator=moderator)
    # Then
    (kept,) = changes.since(before).changes
    assert (kept.was_kept, kept.who) == (True, moderator.name)
    assert held.pk not in {one.comment for one in changes.since(0).changes}


def test_what_may_still_come_in_late_is_asked_for_again(moderator: Person) -> None:
    """Ids are given before they can be seen by others: the last ten seconds are told twice."""
    # Given
    comment = PostCommentFactory()
    before = newest()
    moderation.mark_spam(comment, moderator=moderator)
    # Then
    assert changes.since(before).after == before
    with time_machine.travel(timezone.now() + timedelta(seconds=11)):
        assert changes.since(before).after > before


@pytest.mark.parametrize("after", ["", "x", "-1", "99999999999999"])
def test_an_odd_place_to_begin_tells_something(desk: Client, after: str) -> None:
    assert desk.get(f"{DESK}changes/", {"after": after}).status_code == 200


def test_asking_costs_the_same_whatever_happened(
    desk: Client, moderator: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk.get(f"{DESK}changes/")
    for count in (1, 29):
        for _ in range(count):
            moderation.mark_spam(PostCommentFactory(), moderator=moderator)
        with django_assert_num_queries(4):
            desk.get(f"{DESK}changes/", {"after": 0})
