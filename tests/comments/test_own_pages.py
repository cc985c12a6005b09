"""The pages on which writers find, edit and withdraw their comments."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Person
from blog.models import Post
from comments import editing, moderation, tickets
from comments.models import PostComment
from tests.comments.stories import a_comment, fresh
from tests.comments.visitors import hidden, shown
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]


def mine(comment: PostComment, page: str = "") -> str:
    return f"/comments/mine/{tickets.seal(comment)}/{page}"


def save(client: Client, path: str, text: str, **fields: str) -> HttpResponse:
    seen = hidden(shown(client.get(path)), "seen")
    return client.post(path, {"text": text, "seen": seen, **fields})


# By the link


def test_the_link_page_offers_to_change_for_15_minutes_and_to_withdraw_for_a_day(
    client: Client,
) -> None:
    comment = PostCommentFactory(published=True)
    html = shown(client.get(mine(comment)))
    assert ("Change it" in html, "Withdraw it" in html) == (True, True)
    until = timezone.localtime(comment.submit_date + timedelta(minutes=15))
    assert f">{until:%H:%M}</time>" in html
    path = mine(comment)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        html = shown(client.get(path))
        assert ("Change it" in html, "Withdraw it" in html) == (False, True)
        assert "cannot be changed any more" in shown(client.get(f"{path}edit/"))


def test_a_guest_changes_a_comment_by_the_link(client: Client) -> None:
    comment = PostCommentFactory(text="Grease first.")
    path = mine(comment)
    assert "Grease first." in shown(client.get(f"{path}edit/"))
    response = save(client, f"{path}edit/", "Oil first.")
    assert (response.status_code, response["Location"]) == (302, path)
    html = shown(client.get(path))
    assert ("Oil first." in html, "edited" in html) == (True, True)


def test_a_guest_withdraws_a_comment_by_the_link_after_being_asked(client: Client) -> None:
    # Given
    comment = PostCommentFactory(published=True)
    path = mine(comment, "withdraw/")
    # When looking
    assert "This cannot be undone." in shown(client.get(path))
    assert fresh(comment).state == "published"
    # When pressing
    assert client.post(path).status_code == 302
    html = shown(client.get(mine(comment)))
    assert "You have withdrawn your comment." in html
    assert comment.comment not in html
    # Then not twice
    assert client.post(path).status_code == 409


def test_no_page_of_the_link_may_be_found_or_kept_and_none_opens_without_it(
    client: Client,
) -> None:
    comment = PostCommentFactory()
    for page in ("", "edit/", "withdraw/"):
        response = client.get(mine(comment, page))
        assert response["X-Robots-Tag"] == "noindex"
        assert "no-store" in response["Cache-Control"]
        for token in ("forged", tickets.hand_out(comment.post), tickets.hand_out(comment)):
            assert client.get(f"/comments/mine/{token}/{page}").status_code == 404
            assert client.post(f"/comments/mine/{token}/{page}").status_code in (404, 405)
    path = mine(comment, "edit/")
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert client.get(path).status_code == 404
    Post.objects.update(state="accepted", published_at=None)
    assert client.get(path).status_code == 404


def test_a_change_from_another_site_is_refused() -> None:
    comment = PostCommentFactory()
    client = Client(enforce_csrf_checks=True)
    for page in ("edit/", "withdraw/"):
        assert client.post(mine(comment, page), {"text": "Oil first."}).status_code == 403
    assert fresh(comment).comment == comment.comment


def test_a_change_made_meanwhile_is_shown_and_what_was_typed_can_be_sent_over_it(
    client: Client,
) -> None:
    # Given
    comment = PostCommentFactory()
    path = mine(comment, "edit/")
    seen = hidden(shown(client.get(path)), "seen")
    editing.edit(comment, by=editing.SignedLink(tickets.seal(comment)), text="One window.")
    # When
    response = client.post(path, {"text": "The other.", "seen": seen})
    # Then
    html = shown(response)
    assert response.status_code == 409
    assert all(words in html for words in ("changed meanwhile", "One window.", "The other."))
    # When
    assert (
        client.post(path, {"text": "The other.", "seen": hidden(html, "seen")}).status_code == 302
    )
    assert fresh(comment).comment == "The other."


@pytest.mark.parametrize("act", [moderation.reject, moderation.mark_spam])
def test_a_decision_made_meanwhile_is_told_without_a_name(
    client: Client, moderator: Person, act: object
) -> None:
    comment = PostCommentFactory()
    path = mine(comment, "edit/")
    seen = hidden(shown(client.get(path)), "seen")
    act(comment, moderator=moderator)  # type: ignore[operator]
    response = client.post(path, {"text": "The other.", "seen": seen})
    assert response.status_code == 409
    assert "It was decided about this comment meanwhile" in shown(response)
    assert "The other." in shown(response)
    assert moderator.name not in shown(response)
    assert '<button class="button" type="submit">Save' not in shown(response)


@pytest.mark.parametrize(("text", "sentence"), [("", "required"), (" \n", "write something")])
def test_an_empty_edit_is_refused_beside_its_field(
    client: Client, text: str, sentence: str
) -> None:
    response = save(client, mine(PostCommentFactory(), "edit/"), text)
    assert response.status_code == 422
    assert sentence in shown(response)


# By the account


def test_an_account_lists_its_comments_with_what_became_of_them(
    client: Client, reader: Person
) -> None:
    # Given
    states = ("held", "published", "spam", "rejected")
    comments = {state: a_comment(state, by=PersonFactory(name="Ana")) for state in states}
    PostComment.objects.update(user=reader)
    other = PostCommentFactory()
    editing.withdraw(gone := PostCommentFactory(by=reader), by=reader)
    client.force_login(reader)
    # When
    html = shown(client.get("/me/comments/"))
    # Then
    assert all(comment.comment in html for comment in (*comments.values(), gone))
    assert other.comment not in html
    assert html.count("Waits for a moderator") == 2
    assert html.count("A moderator decided not to show it") == 1
    assert html.count("Withdrawn by you") == 1
    assert comments["published"].get_absolute_url() in html
    assert html.count("/edit/") == 2
    assert html.count("/withdraw/") == 3


def test_an_account_changes_and_withdraws_its_comment(client: Client, reader: Person) -> None:
    comment = PostCommentFactory(by=reader, published=True)
    client.force_login(reader)
    response = save(client, f"/me/comments/{comment.pk}/edit/", "Oil first.")
    assert response["Location"] == "/me/comments/"
    assert "Your comment is changed." in shown(client.get("/me/comments/"))
    assert fresh(comment).comment == "Oil first."
    assert client.get(f"/me/comments/{comment.pk}/withdraw/").status_code == 200
    assert fresh(comment).state == "published"
    client.post(f"/me/comments/{comment.pk}/withdraw/")
    assert fresh(comment).state == "removed"


def test_comments_of_others_are_not_there_and_nobody_comes_in_without_an_account(
    client: Client, reader: Person, moderator: Person
) -> None:
    comment = PostCommentFactory(by=reader, published=True)
    pages = [f"/me/comments/{comment.pk}/{page}/" for page in ("edit", "withdraw")]
    for page in ("/me/comments/", *pages):
        assert client.get(page)["Location"].startswith("/accounts/login/")
    client.force_login(moderator)
    for page in pages:
        assert client.get(page).status_code == 404
        assert client.post(page, {"text": "Oil first."}).status_code == 404
    assert (fresh(comment).state, fresh(comment).comment) == ("published", comment.comment)


def test_thirty_comments_cost_as_many_queries_as_one(client: Client, reader: Person) -> None:
    client.force_login(reader)
    counts = []
    for number in (1, 30):
        PostCommentFactory.create_batch(number - PostComment.objects.count())
        PostComment.objects.update(user=reader)
        client.get("/me/comments/")
        with CaptureQueriesContext(connection) as queries:
            html = shown(client.get("/me/comments/"))
        assert html.count('class="own-comment"') == number
        counts.append(len(queries))
    assert counts[0] == counts[1]
