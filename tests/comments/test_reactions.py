"""Respect, and what editors feature."""

from functools import partial

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from accounts.refusals import Conflict, NotAllowed, WrongMoment
from blog.models import Post
from comments import browsers, fragments, moderation, participants, reactions
from comments.models import Browser, EventKind, Participant, PostComment, Respect
from tests.comments.stories import RunTasks, fresh, story
from tests.comments.test_concurrency import all_at_once
from tests.comments.visitors import HTMX, shown
from tests.factories.accounts import PersonFactory
from tests.factories.comments import GuestFactory, PostCommentFactory

pytestmark = pytest.mark.django_db


def a_browser(*, is_proved: bool = True, email: str = "guest@example.net") -> Browser:
    participant = participants.of(GuestFactory(email=email))
    proved_at = timezone.now() if is_proved else None
    return Browser.objects.create(participant=participant, name="Guest", proved_at=proved_at)


def in_browser(browser: Browser) -> Client:
    client = Client()
    signed = browsers.signing.dumps(str(browser.pk), salt=browsers._SALT)
    client.cookies[browsers.COOKIE] = signed
    return client


def address(comment: PostComment) -> str:
    return f"/comments/{comment.pk}/respect/"


def counted(comment: PostComment) -> int:
    """The number on the comment, which must be what a recount gives."""
    number = fresh(comment).respects
    assert number == Respect.objects.filter(comment=comment).count()
    return number


# Respect


def test_respect_is_given_once_however_often_it_is_said(reader: Person) -> None:
    # Given
    comment = PostCommentFactory(published=True)
    # When
    for _ in range(2):
        reactions.respect(comment, by=reader)
    # Then
    assert counted(comment) == 1
    assert "1 reader respects this" in fresh(comment).fragment
    # When another does
    reactions.respect(comment, by=a_browser())
    # Then
    assert counted(comment) == 2
    assert "2 readers respect this" in fresh(comment).fragment


def test_respect_can_be_taken_back_once(reader: Person) -> None:
    comment = PostCommentFactory(published=True)
    before = comment.fragment
    reactions.respect(comment, by=reader)
    for _ in range(2):
        reactions.take_back(comment, by=reader)
    assert counted(comment) == 0
    assert fresh(comment).fragment == before


@pytest.mark.parametrize("by", [None, "unproved"])
def test_who_did_not_prove_an_address_gives_none(by: str | None) -> None:
    comment = PostCommentFactory(published=True)
    with pytest.raises(NotAllowed, match="confirm your address"):
        reactions.respect(comment, by=a_browser(is_proved=False) if by else None)
    assert counted(comment) == 0


def test_nobody_respects_their_own_comment(reader: Person) -> None:
    by_reader = PostCommentFactory(by=reader, published=True)
    by_guest = PostCommentFactory(by__email="ana@example.net", published=True)
    for comment, by in ((by_reader, reader), (by_guest, a_browser(email="ana@example.net"))):
        assert not reactions.may_respect(fresh(comment), by=by)
        with pytest.raises(NotAllowed, match="your own"):
            reactions.respect(comment, by=by)
        assert counted(comment) == 0


@pytest.mark.parametrize("state", ["held", "spam", "rejected", "removed"])
def test_only_a_published_comment_is_respected(reader: Person, state: str) -> None:
    comment = PostCommentFactory(**({state: True} if state != "held" else {}))
    with pytest.raises(WrongMoment):
        reactions.respect(comment, by=reader)
    assert Client().get(address(comment)).status_code == 404


def test_a_comment_keeps_its_respects_while_it_is_not_shown(
    reader: Person, moderator: Person
) -> None:
    comment = PostCommentFactory(published=True)
    reactions.respect(comment, by=reader)
    moderation.remove(comment, moderator=moderator)
    moderation.restore(comment, moderator=moderator)
    assert counted(comment) == 1
    assert "1 reader respects this" in fresh(comment).fragment


def test_whoever_is_deleted_takes_their_respects_along(reader: Person, run_tasks: RunTasks) -> None:
    # Given
    comments = PostCommentFactory.create_batch(2, published=True)
    guest = a_browser()
    for comment in comments:
        reactions.respect(comment, by=reader)
        reactions.respect(comment, by=guest)
    # When
    reader.delete()
    Participant.objects.get(pk=guest.participant_id).delete()
    run_tasks()
    # Then
    assert [counted(comment) for comment in comments] == [0, 0]
    assert "respects this" not in fresh(comments[0]).fragment


def test_drawing_everything_again_changes_nothing(reader: Person, editor: Person) -> None:
    comment = PostCommentFactory(published=True)
    reactions.respect(comment, by=reader)
    reactions.feature(comment, editor=editor)
    assert fragments.refresh_all() == 0


# Its page


def test_a_reader_gives_respect_on_a_page_of_its_own(client: Client, reader: Person) -> None:
    # Given
    comment = PostCommentFactory(published=True)
    client.force_login(reader)
    assert "Respect this comment" in shown(client.get(address(comment)))
    # When
    answer = client.post(address(comment), {"act": "give"}, follow=True)
    # Then
    assert "You respect this comment." in shown(answer)
    assert "1 reader respects this" in shown(answer)
    assert counted(comment) == 1
    # When
    client.post(address(comment), {"act": "take_back"})
    # Then
    assert counted(comment) == 0


def test_a_guest_gives_respect_from_a_proved_browser(post: Post) -> None:
    comment = PostCommentFactory(post=post, published=True)
    answer = in_browser(a_browser()).post(address(comment), {"act": "give"}, headers=HTMX)
    assert "You respect this comment." in shown(answer)
    assert "<html" not in shown(answer)
    assert counted(comment) == 1


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_stranger_is_told_who_may_give_it(headers: dict[str, str]) -> None:
    # Given
    comment = PostCommentFactory(published=True)
    visitors = (Client(), in_browser(a_browser(is_proved=False)))
    # Then
    for visitor in visitors:
        page = shown(visitor.get(address(comment), headers=headers))
        assert "signed in" in page
        assert "Respect this comment" not in page
        answer = visitor.post(address(comment), {"act": "give"}, headers=headers)
        assert answer.status_code == (200 if headers else 403)
        assert "Please sign in, or confirm your address" in shown(answer)
    assert counted(comment) == 0


def test_looking_changes_nothing_and_is_kept_by_no_cache(client: Client, reader: Person) -> None:
    comment = PostCommentFactory(published=True)
    client.force_login(reader)
    answer = client.get(address(comment), {"act": "give"})
    assert (answer["X-Robots-Tag"], counted(comment)) == ("noindex", 0)
    assert "no-store" in answer["Cache-Control"]
    assert not Participant.objects.filter(person=reader).exists()


def test_a_page_from_elsewhere_cannot_give_respect(reader: Person) -> None:
    comment = PostCommentFactory(published=True)
    client = Client(enforce_csrf_checks=True)
    client.force_login(reader)
    assert client.post(address(comment), {"act": "give"}).status_code == 403
    assert counted(comment) == 0


def test_nobody_sees_who_gave_it(client: Client, reader: Person) -> None:
    comment = PostCommentFactory(published=True)
    reactions.respect(comment, by=reader)
    for page in (address(comment), comment.post.get_absolute_url()):
        assert reader.name not in shown(client.get(page))


def test_a_network_that_presses_too_often_must_wait(client: Client, reader: Person) -> None:
    comment = PostCommentFactory(published=True)
    client.force_login(reader)
    for _ in range(30):
        client.post(address(comment), {"act": "give"}, headers=HTMX)
    assert "try again in a minute" in shown(client.post(address(comment), headers=HTMX))


def test_the_discussion_leads_to_it_with_and_without_javascript(client: Client) -> None:
    comment = PostCommentFactory(published=True)
    html = shown(client.get(comment.post.get_absolute_url()))
    assert f'<a href="{address(comment)}" rel="nofollow" data-hx-get="{address(comment)}"' in html


# Featured


def test_an_editor_features_a_comment_and_takes_that_back(editor: Person) -> None:
    # Given
    comment = PostCommentFactory(published=True)
    # When
    reactions.feature(comment, editor=editor)
    # Then
    assert fresh(comment).featured_at is not None
    assert 'data-state="featured">Featured<' in fresh(comment).fragment
    assert story(comment)[-1] == (EventKind.FEATURED, "published", "published")
    # When
    reactions.unfeature(comment, editor=editor)
    # Then
    assert fresh(comment).featured_at is None
    assert "Featured" not in fresh(comment).fragment
    reasons = comment.events.filter(kind=EventKind.FEATURED, actor=editor)
    assert list(reasons.values_list("reason", flat=True)) == ["Featured.", "No longer featured."]


def test_featuring_is_for_editors(moderator: Person, reader: Person) -> None:
    comment = PostCommentFactory(published=True)
    for person in (moderator, reader):
        for act in (reactions.feature, reactions.unfeature):
            with pytest.raises(NotAllowed):
                act(comment, editor=person)


def test_featuring_twice_is_refused(editor: Person) -> None:
    comment = PostCommentFactory(published=True)
    with pytest.raises(Conflict):
        reactions.unfeature(comment, editor=editor)
    reactions.feature(comment, editor=editor)
    with pytest.raises(Conflict):
        reactions.feature(comment, editor=editor)


@pytest.mark.parametrize("state", ["held", "spam", "rejected", "removed"])
def test_only_a_published_comment_is_featured(editor: Person, state: str) -> None:
    comment = PostCommentFactory(**({state: True} if state != "held" else {}))
    with pytest.raises(WrongMoment):
        reactions.feature(comment, editor=editor)


def test_featuring_does_not_stand_in_the_way_of_an_undo(editor: Person) -> None:
    comment = PostCommentFactory(left_to_people=True)
    moderation.approve(comment, moderator=editor)
    reactions.feature(comment, editor=editor)
    moderation.restore(comment, moderator=editor)
    assert (fresh(comment).state, fresh(comment).featured_at) == ("held", None)


def test_the_button_of_the_desk_features_and_goes_back(client: Client, editor: Person) -> None:
    # Given
    comment = PostCommentFactory(published=True)
    button = f"/desk/comments/{comment.pk}/feature/"
    client.force_login(editor)
    # When / Then
    answer = client.post(button, {"next": "/desk/comments/?list=unread&page=2"})
    assert answer["Location"] == "/desk/comments/?list=unread&page=2"
    assert fresh(comment).featured_at is not None
    answer = client.post(button, {"act": "unfeature", "next": "https://evil.example/"})
    assert answer["Location"] == "/desk/comments/?list=unread"
    assert fresh(comment).featured_at is None
    assert client.get(button).status_code == 405


def test_the_button_is_for_editors(client: Client, moderator: Person) -> None:
    comment = PostCommentFactory(published=True)
    client.force_login(moderator)
    assert client.post(f"/desk/comments/{comment.pk}/feature/").status_code == 403
    assert fresh(comment).featured_at is None


@pytest.mark.parametrize("readers", [1, 30])
def test_respects_cost_the_page_nothing(
    client: Client, readers: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    comment = PostCommentFactory(published=True)
    for _ in range(readers):
        reactions.respect(comment, by=PersonFactory())
    client.get(comment.post.get_absolute_url())
    with django_assert_num_queries(16):
        client.get(comment.post.get_absolute_url())


# Many at once


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_exactly() -> None:
    # Given
    comment = PostCommentFactory(published=True)
    people = PersonFactory.create_batch(20)
    # When everybody presses twice
    acts = [partial(reactions.respect, comment, by=one) for one in people * 2]
    assert [one for one in all_at_once(acts) if isinstance(one, Exception)] == []
    # Then
    assert counted(comment) == 20
    assert "20 readers respect this" in fresh(comment).fragment
    # When half of them take it back while the others press again
    acts = [partial(reactions.take_back, comment, by=one) for one in people[:10]]
    acts += [partial(reactions.respect, comment, by=one) for one in people[10:]]
    assert [one for one in all_at_once(acts) if isinstance(one, Exception)] == []
    # Then
    assert counted(comment) == 10
    assert "10 readers respect this" in fresh(comment).fragment


@pytest.mark.django_db(transaction=True)
def test_respect_and_a_removal_at_once_leave_a_true_page(post: Post) -> None:
    # Given
    comment = PostCommentFactory(post=post, published=True)
    moderator = PersonFactory(moderator=True)
    acts = [partial(reactions.respect, comment, by=one) for one in PersonFactory.create_batch(8)]
    # When
    results = all_at_once([*acts, partial(moderation.remove, comment, moderator=moderator)])
    # Then
    refused = [one for one in results if isinstance(one, Exception)]
    assert all(isinstance(one, WrongMoment) for one in refused)
    assert counted(comment) == 8 - len(refused)
    assert fresh(comment).state == "removed"
    assert not fresh(comment).on_page
