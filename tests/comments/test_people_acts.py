"""Notes about people and sanctions against them, on their pages."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from comments import participants, sanctions
from comments.models import Sanction
from comments.words import Guest
from tests.comments.persons import ANA, LOG, page_of, sanctioned, sent, shown, who_said
from tests.factories.accounts import PersonFactory
from tests.factories.comments import GuestFactory, PostCommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]


@pytest.fixture
def desk(client: Client, moderator: Person) -> Client:
    client.force_login(moderator)
    return client


def test_a_note_is_kept_and_shown_to_moderators_alone(
    desk: Client, moderator: Person, client: Client
) -> None:
    # Given
    comment = PostCommentFactory(by=ANA, published=True)
    assert comment.participant is not None
    # When
    _status, html = sent(desk, f"{page_of(comment.participant)}note/", text="Calm after a mail.")
    # Then
    assert "Calm after a mail." in html
    assert moderator.public_name in html
    client.logout()
    assert "Calm after" not in shown(client, comment.post.get_absolute_url())


@pytest.mark.parametrize("text", ["", " ", "x" * 2001, "a\x00b"])
def test_a_note_that_cannot_be_kept_is_refused_beside_its_field(desk: Client, text: str) -> None:
    ana = who_said(by=ANA)
    status, html = sent(desk, f"{page_of(ana)}note/", text=text)
    assert status == 422
    assert 'class="errorlist" id="id_text_error"' in html
    assert text.strip("\x00 ") in html
    assert not ana.notes.exists()


@pytest.mark.parametrize(
    ("kind", "stored", "hours"),
    [
        ("hold", "hold", None),
        ("1", "suspension", 1),
        ("3", "suspension", 3),
        ("24", "suspension", 24),
        ("168", "suspension", 168),
        ("ban", "ban", None),
    ],
)
@time_machine.travel("2026-03-01T12:00:00Z", tick=False)
def test_a_sanction_is_imposed_and_stands_in_the_history_and_in_the_log(
    desk: Client, moderator: Person, kind: str, stored: str, hours: int | None
) -> None:
    # Given
    ana = who_said(by=ANA)
    # When
    _status, html = sanctioned(desk, ana, kind=kind, reason="Heat in a thread")
    # Then
    sanction = ana.sanctions.get()
    until = timezone.now() + timedelta(hours=hours) if hours else None
    assert (sanction.kind, sanction.set_by, sanction.until) == (stored, moderator, until)
    for page in (html, shown(desk, LOG)):
        assert "Heat in a thread" in page
        assert moderator.public_name in page
    assert ("until it is lifted" in shown(desk, LOG)) is (until is None)
    assert "<bdi>Ana</bdi>" in shown(desk, LOG)


def test_a_ban_does_what_was_chosen_for_the_comments(desk: Client, run_tasks) -> None:
    comment = PostCommentFactory(by=ANA, published=True)
    assert comment.participant is not None
    sanctioned(desk, comment.participant, kind="ban", reason="Ads", their_comments="spam")
    run_tasks()
    comment.refresh_from_db()
    assert comment.state == "spam"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "", "reason": "Heat"}, "kind"),
        ({"kind": "2", "reason": "Heat"}, "kind"),
        ({"kind": "ban", "reason": ""}, "reason"),
        ({"kind": "ban", "reason": "x" * 301}, "reason"),
        ({"kind": "ban", "reason": "a\x00b"}, "reason"),
        ({"kind": "ban", "reason": "Heat", "their_comments": "burn"}, "their_comments"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field_and_kept(
    desk: Client, fields: dict[str, str], field: str
) -> None:
    ana = who_said(by=ANA)
    status, html = sanctioned(desk, ana, **fields)
    assert status == 422
    assert f'id="id_{field}_error"' in html
    assert fields["reason"].strip("\x00") in html
    assert not ana.sanctions.exists()


def test_a_second_one_of_a_kind_is_refused_with_a_sentence(desk: Client) -> None:
    ana = who_said(by=ANA)
    for _ in range(2):
        status, html = sanctioned(desk, ana, kind="hold", reason="Typed reason")
    assert status == 422
    assert "There is such a sanction already" in html
    assert "Typed reason</textarea>" in html
    assert ana.sanctions.count() == 1


def test_staff_is_not_offered_a_sanction_and_the_rule_refuses_one(
    desk: Client, editor: Person
) -> None:
    theirs = participants.of(editor)
    assert "sanction/" not in shown(desk, page_of(theirs)).split('id="sanctions"')[1]
    status, _html = sanctioned(desk, theirs, kind="ban", reason="Quarrel")
    assert status == 422
    assert not Sanction.objects.exists()


def test_lifting_happens_once_and_is_told_with_its_name(desk: Client, moderator: Person) -> None:
    # Given
    ana = who_said(by=ANA)
    other = PersonFactory(moderator=True, name="Olga")
    sanction = sanctions.ban(ana, moderator=other, reason="Ads")
    assert "Lift: Banned" in shown(desk, page_of(ana))
    # When
    _status, html = sent(desk, f"{LOG}{sanction.pk}/lift/")
    # Then
    assert f"lifted by {moderator.public_name}" in html
    assert "Lift: Banned" not in html
    assert f"lifted by {moderator.public_name}" in shown(desk, LOG)
    # When
    _status, html = sent(desk, f"{LOG}{sanction.pk}/lift/")
    # Then
    assert "This sanction is not in force any more." in html


def test_a_sanction_of_the_login_is_told_on_the_page_of_the_guest(
    desk: Client, moderator: Person, reader: Person
) -> None:
    theirs = participants.of(reader)
    guest = who_said(by=Guest("Me", reader.email))
    sanctions.ban(theirs, moderator=moderator, reason="Ads")
    html = shown(desk, page_of(guest))
    assert "of the login with this address" in html
    assert reader.email not in html


def test_the_log_has_pages_and_costs_the_same_queries(
    desk: Client, moderator: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert "Nobody was ever sanctioned." in shown(desk, LOG)
    for count in (1, 29):
        for number in range(count):
            person = who_said(by=PersonFactory() if number % 2 else GuestFactory())
            sanctions.hold(person, moderator=PersonFactory(moderator=True), reason=f"No. {number}")
        with django_assert_num_queries(4):
            html = shown(desk, LOG)
    assert html.count("until it is lifted") == 25
    assert html.index("No. 28") < html.index("No. 27")
    assert shown(desk, LOG, page="2").count("until it is lifted") == 5
