"""A typed address is believed only when its owner says so, by a mailed link and a button."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from accounts.refusals import WrongMoment
from blog.models import Post
from comments import links, moderation, participants, subscriptions
from comments.discussion import Trail
from comments.models import AtOnce, Browser, Follow, PostComment
from comments.spam import Judgement
from comments.words import Guest
from tests.comments.letters import letters, link_in
from tests.comments.stories import RunTasks, fresh, story
from tests.comments.test_pipeline import later, rules
from tests.comments.visitors import address, hidden, send, shown
from tests.factories.comments import PostCommentFactory, judge
from tests.factories.following import FollowFactory

pytestmark = pytest.mark.django_db
ANA = Guest("Wheelwright", "ana@example.net", "https://secret-site.example/")
TYPED = ("Wheelwright", "secret-site", "Grease", "first")


def passed(**facts: object) -> PostComment:
    """A guest's comment that the spam check let through."""
    said = {"by": ANA, "text": "Grease first.", **facts}
    comment = PostCommentFactory(**said)
    judge(comment, Judgement.HAM)
    return fresh(comment)


def known_guest(post: Post, moderator: Person) -> None:
    """Ana has confirmed an earlier comment that is published."""
    first = passed(post=post, text="Oil first.")
    participants.confirm_comment(first)
    moderation.approve(fresh(first), moderator=moderator)
    letters().delete()


# The mail


def test_a_newcomer_whose_comment_passed_the_check_gets_one_mail(post: Post) -> None:
    comment = passed(post=post)
    letter = letters().get()
    assert (letter.to, comment.state) == ("ana@example.net", "held")
    assert letter.subject == f"Please confirm your comment on “{post.head.title}”"
    assert story(comment)[-2:] == [("told", "held", "held"), ("checked", "held", "held")]


def test_nothing_of_what_a_visitor_typed_is_mailed_to_an_unconfirmed_address(
    client: Client, post: Post
) -> None:
    # Given a comment with a wish, a wish without a comment, and a request for the page
    send(client, post, **typed(ANA), text="Grease first.", follow="discussion")
    check_all()
    FollowFactory(post=post, wish=True, participant__guest_email="eve@example.net")
    asked = {"email": "eve@example.net", "scope": "discussion", "pace": "daily"}
    client.post(f"/posts/{post.slug}/follow/", {**asked, "name": "Wheelwright"})
    client.post("/comments/subscriptions/", {"email": "eve@example.net"})
    # Then
    assert len(letters()) == 3
    for letter in letters():
        whole = f"{letter.subject}\n{letter.body}"
        assert [word for word in TYPED if word in whole] == []


def typed(guest: Guest) -> dict[str, str]:
    return {"name": guest.name, "email": guest.email, "url": guest.url}


def check_all() -> None:
    """Ask the spam check, and leave the letters where they can be read."""
    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        for pk in PostComment.objects.due_for_a_check().values_list("pk", flat=True):
            moderation.check.call(pk)


@pytest.mark.parametrize("judgement", [Judgement.SPAM, Judgement.UNKNOWN, Judgement.BLATANT])
def test_what_did_not_pass_the_spam_check_sends_no_mail(post: Post, judgement: Judgement) -> None:
    comment = PostCommentFactory(post=post, by=ANA)
    subscriptions.follow_with(comment, scope="discussion")
    judge(comment, judgement)
    assert not letters().exists()


def test_a_suspect_word_sends_no_mail(post: Post, run_tasks: RunTasks) -> None:
    rules(suspect_words="grease")
    PostCommentFactory(post=post, by=ANA, text="Grease first.")
    run_tasks()
    assert not letters().exists()


def test_who_is_signed_in_is_not_asked(post: Post, reader: Person) -> None:
    passed(post=post, by=reader)
    assert not letters(reader.email).exists()


def test_where_confirming_would_change_nothing_no_mail_is_sent(post: Post) -> None:
    rules(at_once=AtOnce.NOBODY)
    passed(post=post)
    assert not letters().exists()


def test_checking_again_does_not_ask_again(post: Post) -> None:
    comment = passed(post=post)
    PostComment.objects.update(check_after=timezone.now())
    judge(comment, Judgement.HAM)
    assert letters().count() == 1


def test_an_address_gets_three_such_mails_a_day(post: Post) -> None:
    for minute in range(4):
        with time_machine.travel(timezone.now() + timedelta(minutes=minute)):
            passed(post=post, text=f"Thought {minute}")
    assert letters("ana@example.net").count() == 3


def test_a_network_sends_twenty_such_mails_a_day(post: Post) -> None:
    for minute in range(22):
        with time_machine.travel(timezone.now() + timedelta(minutes=minute)):
            guest = Guest("Guest", f"guest{minute}@example.net")
            passed(post=post, by=guest, trail=Trail(ip="192.0.2.7"))
    assert letters().count() == 20


def test_the_writer_s_own_page_says_that_a_mail_was_sent(client: Client, post: Post) -> None:
    sentence = "We have sent a mail to the address that you gave"
    page = send(client, post)["Location"]
    assert sentence not in shown(client.get(page))
    check_all()
    assert sentence in shown(client.get(page))
    client.post(link_in(letters().get(), "confirm"))
    assert sentence not in shown(client.get(page))


# The page


def test_looking_changes_nothing_and_the_button_confirms(client: Client, post: Post) -> None:
    # Given
    comment = passed(post=post)
    link, before = link_in(letters().get(), "confirm"), story(comment)
    # When a mail scanner opens the link
    page = client.get(link)
    client.head(link)
    # Then
    assert "Grease first." in shown(page)
    assert (page["Cache-Control"], 'content="noindex"' in shown(page)) == (
        "max-age=0, no-cache, no-store, must-revalidate, private",
        True,
    )
    assert (fresh(comment).confirmed_at, story(comment)) == (None, before)
    # When
    response = client.post(link, follow=True)
    # Then
    comment = fresh(comment)
    assert comment.participant.is_confirmed
    assert comment.confirmed_at is not None
    assert story(comment)[-2:] == [("confirmed", "held", "held"), ("checked", "held", "held")]
    assert comment.events.last().reason == "It is the first comment of this person."
    assert "A moderator reads your comment now" in shown(response)


def test_the_button_needs_the_token_of_its_form(post: Post) -> None:
    passed(post=post)
    careful = Client(enforce_csrf_checks=True)
    assert careful.post(link_in(letters().get(), "confirm")).status_code == 403


def test_a_known_person_s_comment_is_published_by_confirming_it(
    client: Client, post: Post, moderator: Person
) -> None:
    # Given
    known_guest(post, moderator)
    with later():
        comment = passed(post=post)
    assert comment.state == "held"
    # When
    response = client.post(link_in(letters().get(), "confirm"), follow=True)
    # Then
    assert fresh(comment).state == "published"
    assert "Your comment is published." in shown(response)


def test_confirming_twice_is_once(client: Client, post: Post) -> None:
    comment = passed(post=post)
    link = link_in(letters().get(), "confirm")
    client.post(link)
    told = story(comment)
    assert client.post(link).status_code == 302
    assert story(comment) == told


@pytest.mark.parametrize("act", [moderation.reject, moderation.mark_spam])
def test_after_a_rejection_the_link_does_nothing(
    client: Client, post: Post, moderator: Person, act
) -> None:
    # Given
    comment = passed(post=post)
    subscriptions.follow_with(comment, scope="replies")
    act(comment, moderator=moderator)
    told = story(comment)
    # When
    response = client.post(link_in(letters().get(), "confirm"))
    # Then
    assert response.status_code == 409
    assert "Grease first." not in shown(response)
    comment = fresh(comment)
    assert (comment.confirmed_at, comment.participant.is_confirmed) == (None, False)
    assert story(comment) == told
    assert not Follow.objects.confirmed().exists()
    with pytest.raises(WrongMoment):
        participants.confirm_comment(comment)


def test_replaying_after_a_rejection_does_nothing(
    client: Client, post: Post, moderator: Person
) -> None:
    comment = passed(post=post)
    link = link_in(letters().get(), "confirm")
    client.post(link)
    moderation.reject(fresh(comment), moderator=moderator)
    told = story(comment)
    assert client.post(link).status_code == 409
    assert (fresh(comment).state, story(comment)) == ("rejected", told)


def test_what_a_moderator_held_stays_held(post: Post, moderator: Person) -> None:
    known_guest(post, moderator)
    with later():
        comment = passed(post=post)
        moderation.reject(comment, moderator=moderator)
        moderation.restore(comment, moderator=moderator)
        participants.confirm_comment(comment)
    assert fresh(comment).state == "held"


def test_a_comment_published_meanwhile_can_be_confirmed_and_the_decision_still_undone(
    post: Post, moderator: Person
) -> None:
    comment = passed(post=post)
    moderation.approve(comment, moderator=moderator)
    participants.confirm_comment(comment)
    assert (fresh(comment).state, fresh(comment).confirmed_at is None) == ("published", False)
    moderation.restore(comment, moderator=moderator)
    assert fresh(comment).state == "held"


def test_the_link_works_for_three_days(client: Client, post: Post) -> None:
    passed(post=post)
    link = link_in(letters().get(), "confirm")
    with time_machine.travel(timezone.now() + timedelta(days=3, seconds=-10)):
        assert client.get(link).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=3, seconds=10)):
        response = client.post(link)
    assert response.status_code == 410
    assert "This link does not work any more" in shown(response)
    assert PostComment.objects.get().confirmed_at is None


@pytest.mark.parametrize("page", ["confirm", "follow", "subscriptions", "unsubscribe"])
def test_a_link_for_one_thing_opens_no_other(client: Client, post: Post, page: str) -> None:
    comment = passed(post=post)
    others = [links.CONFIRM_COMMENT, links.CONFIRM_FOLLOW, links.SUBSCRIPTIONS, links.STOP]
    for link in others:
        if f"/{page}/" not in link.path(comment.pk, 0):
            token = link.token(comment.pk, 0)
            assert client.post(f"/comments/{page}/{token}/").status_code == 410
    assert client.get(f"/comments/{page}/nonsense/").status_code == 410


def test_a_browser_that_remembers_the_writer_is_proved_by_confirming(
    client: Client, post: Post
) -> None:
    # Given
    comment = passed(post=post)
    browser = remembered_in(client, comment)
    # When
    client.post(link_in(letters().get(), "confirm"))
    # Then
    browser.refresh_from_db()
    assert browser.proved_at is not None


def test_another_s_browser_is_not_proved(client: Client, post: Post) -> None:
    comment = passed(post=post)
    letter = letters().get()
    browser = remembered_in(client, passed(post=post, by=Guest("Eve", "eve@example.net")))
    client.post(link_in(letter, "confirm"))
    browser.refresh_from_db()
    assert (browser.proved_at, fresh(comment).confirmed_at is None) == (None, False)


def remembered_in(client: Client, comment: PostComment) -> Browser:
    from django.core import signing

    browser = Browser.objects.create(participant=comment.participant, name="Ana")
    client.cookies["writer"] = signing.dumps(str(browser.pk), salt="comments.browser")
    return browser


# The wish that comes with a comment


def test_one_mail_confirms_the_comment_and_the_following(client: Client, post: Post) -> None:
    # Given
    send(client, post, follow="discussion")
    check_all()
    assert not Follow.objects.confirmed().exists()
    letter = letters().get()
    assert "That also confirms that you want mails about: The whole discussion." in letter.body
    assert "you also ask us to write to you" in shown(client.get(link_in(letter, "confirm")))
    # When
    response = client.post(link_in(letter, "confirm"), follow=True)
    # Then
    assert Follow.objects.confirmed().get().scope == "discussion"
    assert "We write to you about: The whole discussion." in shown(response)
    assert letters().count() == 1


def test_who_is_signed_in_follows_at_once(client: Client, post: Post, reader: Person) -> None:
    client.force_login(reader)
    send(client, post, follow="replies")
    follow = Follow.objects.confirmed().get()
    assert (follow.participant.person, follow.scope) == (reader, "replies")
    assert not letters(reader.email).exists()


def test_nothing_is_followed_unless_it_was_chosen(client: Client, post: Post) -> None:
    html = shown(client.get(address(post)))
    assert '<option value="" selected>Nothing</option>' in html
    send(client, post)
    assert not Follow.objects.exists()
    assert send(client, post, text="Else.", follow="everything").status_code == 422


def test_a_wish_of_a_guest_whose_comment_needed_no_mail_is_asked_about_once(
    client: Client, post: Post, ham_is_published: None
) -> None:
    # Given
    send(client, post, follow="discussion")
    # When
    check_all()
    # Then
    assert PostComment.objects.get().state == "published"
    client.post(link_in(letters().get(), "confirm"))
    assert Follow.objects.confirmed().exists()
    assert letters().count() == 1


def test_a_wish_that_came_after_the_worker_was_done_is_not_lost(
    post: Post, ham_is_published: None
) -> None:
    comment = passed(post=post)
    assert not letters().exists()
    subscriptions.follow_with(comment, scope="discussion")
    subscriptions.follow_with(comment, scope="discussion")
    assert letters().count() == 1


def test_a_wish_with_a_held_comment_is_asked_about_when_a_moderator_publishes_it(
    post: Post, moderator: Person
) -> None:
    # Given
    comment = PostCommentFactory(post=post, by=ANA, left_to_people=True)
    subscriptions.follow_with(comment, scope="discussion")
    assert not letters().exists()
    # When
    moderation.approve(comment, moderator=moderator)
    # Then
    assert link_in(letters().get(), "confirm")


def test_nobody_else_changes_what_an_address_follows(post: Post) -> None:
    # Given
    follow = FollowFactory(post=post, participant__guest_email=ANA.email, scope="replies")
    # When somebody types this address
    comment = PostCommentFactory(post=post, by=ANA)
    subscriptions.follow_with(comment, scope="discussion")
    # Then
    follow.refresh_from_db()
    assert follow.scope == "replies"


def test_the_form_of_a_visitor_and_of_somebody_signed_in_offers_to_follow(
    client: Client, post: Post, reader: Person
) -> None:
    assert 'name="follow"' in shown(client.get(address(post)))
    client.force_login(reader)
    html = shown(client.get(address(post)))
    assert 'name="follow"' in html
    assert hidden(html, "ticket")
