"""The staff: invited, given another role, let go; and the second step that a site may ask for."""

import datetime as dt
import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail as post_office
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import slips, staff
from accounts.models import Letter, Person, Role, StaffEvent, StaffInvitation
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from blog import guests
from blog.guests import Invitation
from config.production import one_of
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db

NEW = "new.editor@example.org"
JOIN = re.compile(r"http://[^/\s]+(/me/join/\S+)")


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def invited(publisher: Person, **changes: str) -> StaffInvitation:
    said = {"email": NEW, "name": "Noor", "role": Role.EDITOR} | changes
    return staff.invite(by=publisher, **said)


def log() -> list[tuple[str, str, str]]:
    return [(one.kind, one.from_role, one.to_role) for one in StaffEvent.objects.order_by("pk")]


# --- inviting -----------------------------------------------------------------------------------


def test_somebody_is_invited_accepts_and_signs_in_by_a_code(client, publisher, run_tasks) -> None:
    # Given
    said = {"email": "New.Editor@Example.org", "name": "Noor", "role": "editor"}
    signed_in(publisher).post(reverse("accounts:staff"), said)
    door = JOIN.search(Letter.objects.get(to=NEW).body)[1]
    # When: a scanner that opens the link accepts nothing
    assert "Accept" in client.get(door).content.decode()
    assert not Person.objects.filter(email=NEW).exists()
    assert client.post(door).headers["Location"].startswith(reverse("account_request_login_code"))
    # Then
    assert Person.objects.get(email=NEW).role == Role.EDITOR
    assert log() == [("invited", "", "editor"), ("joined", "reader", "editor")]
    client.post(reverse("account_request_login_code"), {"email": NEW})
    run_tasks()
    code = re.search(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})$", post_office.outbox[-1].body, re.MULTILINE)
    client.post(reverse("account_confirm_login_code"), {"code": code[1]})
    assert client.get(reverse("editorial:desk")).status_code == 200


def test_an_invitation_is_accepted_once(publisher) -> None:
    invitation = invited(publisher)
    person = staff.join(invitation)
    staff.change_role(person, role=Role.READER, by=publisher)
    with pytest.raises(WrongMoment):
        staff.join(invitation)
    assert Person.objects.get(email=NEW).role == Role.READER
    door = reverse("accounts:join", args=(slips.join_token(invitation.pk),))
    assert Client().get(door).status_code == 410


def test_an_invitation_ends_by_time_by_the_publisher_and_with_the_publisher(publisher) -> None:
    # By time
    late = invited(publisher)
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)), pytest.raises(WrongMoment):
        staff.join(late)
    # By a newer one, and by being taken back
    newer = invited(publisher, role=Role.MODERATOR)
    with pytest.raises(WrongMoment):
        staff.join(late)
    signed_in(publisher).post(reverse("accounts:staff_end_invitation", args=(newer.pk,)))
    with pytest.raises(WrongMoment):
        staff.join(newer)
    with pytest.raises(WrongMoment):
        staff.end_invitation(newer, by=publisher)
    # With whoever sent it
    last = invited(publisher)
    staff.close(publisher, by=PersonFactory(publisher=True))
    with pytest.raises(WrongMoment):
        staff.join(last)
    assert not Person.objects.filter(email=NEW).exists()


def test_somebody_with_an_account_gets_the_role_when_they_accept(publisher, reader) -> None:
    invitation = invited(publisher, email=reader.email)
    reader.refresh_from_db()
    assert reader.role == Role.READER
    assert staff.join(invitation) == reader
    reader.refresh_from_db()
    assert reader.role == Role.EDITOR


@pytest.mark.parametrize("role", ["moderator", "editor", "publisher"])
def test_an_invitation_takes_no_role_from_whoever_works_here(publisher, reader, role) -> None:
    # Given one who waits, and one who is asked again
    waiting = invited(publisher, email=reader.email, role=Role.MODERATOR)
    staff.change_role(reader, role=role, by=publisher)
    # When
    with pytest.raises(WrongMoment):
        staff.join(waiting)
    with pytest.raises(Invalid):
        invited(publisher, email=reader.email, role=Role.MODERATOR)
    # Then
    reader.refresh_from_db()
    assert reader.role == role


@pytest.mark.parametrize("role", ["reader", "author", "moderator", "editor"])
def test_only_the_publisher_acts_on_the_staff(publisher, role) -> None:
    # Given
    person, other = PersonFactory(role=role), PersonFactory(editor=True)
    invitation = invited(publisher)
    # Then
    for refused in (
        lambda: staff.invite(email="x@example.org", name="X", role="publisher", by=person),
        lambda: staff.end_invitation(invitation, by=person),
        lambda: staff.change_role(other, role=Role.READER, by=person),
        lambda: staff.change_role(person, role=Role.PUBLISHER, by=person),
        lambda: staff.close(other, by=person),
        lambda: staff.open_again(other, by=person),
    ):
        with pytest.raises(NotAllowed):
            refused()
    client = signed_in(person)
    assert client.get(reverse("accounts:staff")).status_code == 403
    given = client.post(reverse("accounts:staff_role", args=(person.pk,)), {"role": "publisher"})
    assert given.status_code == 403
    person.refresh_from_db()
    assert person.role == role


@pytest.mark.parametrize(
    "changes", [{"role": "reader"}, {"role": "king"}, {"email": " "}, {"name": " "}]
)
def test_what_is_no_invitation_is_refused(publisher, changes) -> None:
    with pytest.raises(Invalid):
        invited(publisher, **changes)


def test_a_token_that_we_did_not_sign_opens_nothing(publisher) -> None:
    token = slips.join_token(invited(publisher).pk)
    for wrong in ("1", token[:-1], f"9{token}", "x" * 300):
        assert Client().post(reverse("accounts:join", args=(wrong,))).status_code == 404


# --- roles and logins ---------------------------------------------------------------------------


def test_a_role_changes_is_logged_and_told(publisher, editor) -> None:
    page = reverse("accounts:staff_role", args=(editor.pk,))
    signed_in(publisher).post(page, {"role": "moderator"})
    editor.refresh_from_db()
    assert editor.role == Role.MODERATOR
    assert log() == [("role", "editor", "moderator")]
    assert "Moderator" in Letter.objects.get(to=editor.email).body
    with pytest.raises(Invalid):
        staff.change_role(editor, role=Role.MODERATOR, by=publisher)
    with pytest.raises(Invalid):
        staff.change_role(editor, role="king", by=publisher)


def test_nobody_changes_or_closes_themselves(publisher) -> None:
    for refused in (
        lambda: staff.change_role(publisher, role=Role.EDITOR, by=publisher),
        lambda: staff.close(publisher, by=publisher),
        lambda: invited(publisher, email=publisher.email),
    ):
        with pytest.raises(NotAllowed):
            refused()
    client = signed_in(publisher)
    client.post(reverse("accounts:staff_role", args=(publisher.pk,)), {"role": "reader"})
    client.post(reverse("accounts:staff_close", args=(publisher.pk,)))
    publisher.refresh_from_db()
    assert (publisher.role, publisher.is_active) == (Role.PUBLISHER, True)


def test_of_two_publishers_who_demote_each_other_one_stays(publisher) -> None:
    other = PersonFactory(publisher=True)
    staff.change_role(other, role=Role.EDITOR, by=publisher)
    with pytest.raises(NotAllowed):  # `other` still holds the row as it was
        staff.change_role(publisher, role=Role.EDITOR, by=other)
    assert Person.objects.filter(role=Role.PUBLISHER, is_active=True).count() == 1


def test_closing_a_login_ends_its_sessions_and_can_be_taken_back(publisher, editor) -> None:
    # Given
    visitor = signed_in(editor)
    assert visitor.get(reverse("editorial:desk")).status_code == 200
    client = signed_in(publisher)
    # When
    client.post(reverse("accounts:staff_close", args=(editor.pk,)))
    # Then
    assert visitor.get(reverse("editorial:desk")).status_code == 302
    with pytest.raises(WrongMoment):
        staff.close(editor, by=publisher)
    # When
    client.post(reverse("accounts:staff_open", args=(editor.pk,)))
    # Then
    assert signed_in(editor).get(reverse("editorial:desk")).status_code == 200
    with pytest.raises(WrongMoment):
        staff.open_again(editor, by=publisher)
    assert [kind for kind, _before, _after in log()] == ["closed", "opened"]


def test_an_editor_who_invites_a_reader_to_write_leaves_a_line_in_the_log(editor, reader) -> None:
    guests.invite(Invitation("R", reader.email, "A post"), editor=editor)
    [event] = StaffEvent.objects.all()
    assert (event.actor, event.person, event.to_role) == (editor, reader, "author")


def test_the_admin_neither_changes_roles_nor_deletes_a_publisher(publisher, editor) -> None:
    client, other = signed_in(publisher), PersonFactory(publisher=True)
    page = f"/admin/accounts/person/{editor.pk}/change/"
    given = {"email": editor.email, "name": "E", "role": "reader", "is_active": ""}
    client.post(page, given)
    editor.refresh_from_db()
    assert (editor.name, editor.role, editor.is_active) == ("E", Role.EDITOR, True)
    for person in (publisher, other):
        answer = client.post(f"/admin/accounts/person/{person.pk}/delete/", {"post": "yes"})
        assert answer.status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}
    client.post("/admin/accounts/person/", chosen)
    assert Person.objects.filter(role=Role.PUBLISHER).count() == 2


def test_the_page_costs_the_same_for_one_and_for_thirty(
    publisher, django_assert_num_queries
) -> None:
    client = signed_in(publisher)
    staff.change_role(PersonFactory(editor=True), role=Role.MODERATOR, by=publisher)
    invited(publisher)
    client.get(reverse("accounts:staff"))
    with django_assert_num_queries(6):
        client.get(reverse("accounts:staff"))
    for number in range(29):
        staff.change_role(PersonFactory(editor=True), role=Role.MODERATOR, by=publisher)
        invited(publisher, email=f"e{number}@example.org")
    with django_assert_num_queries(6):
        client.get(reverse("accounts:staff"))


# --- the second step ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_the_staff_are_led_to_a_second_step_and_then_in(settings, publisher, kind) -> None:
    # Given
    settings.REQUIRE_SECOND_FACTOR = "staff"
    client = signed_in(publisher)
    # Then
    for path in (reverse("editorial:desk"), reverse("blog:desk_posts"), reverse("blog:write")):
        where = client.get(path).headers["Location"]
        assert where == f"{reverse('accounts:second_step')}?next={path}"
    assert client.get("/admin/").headers["Location"] == reverse("accounts:second_step")
    page = client.get(reverse("accounts:second_step")).content.decode()
    assert reverse("mfa_activate_totp") in page
    assert client.get(reverse("mfa_activate_totp")).status_code == 200  # not locked out
    assert client.get(reverse("accounts:me")).status_code == 200
    # When
    Authenticator.objects.create(user=publisher, type=kind, data={})
    # Then
    assert client.get(reverse("editorial:desk")).status_code == 200
    assert client.get("/admin/").status_code == 200


def test_recovery_codes_alone_are_no_second_step(settings, editor) -> None:
    settings.REQUIRE_SECOND_FACTOR = "staff"
    codes = Authenticator.Type.RECOVERY_CODES
    Authenticator.objects.create(user=editor, type=codes, data={})
    assert signed_in(editor).get(reverse("editorial:desk")).status_code == 302


def test_authors_and_readers_are_asked_for_nothing(settings, author) -> None:
    settings.REQUIRE_SECOND_FACTOR = "staff"
    assert signed_in(author).get(reverse("blog:write")).status_code == 200


def test_a_post_to_the_desk_without_the_second_step_does_nothing(settings, publisher) -> None:
    settings.REQUIRE_SECOND_FACTOR = "staff"
    said = {"email": NEW, "name": "Noor", "role": "editor"}
    assert signed_in(publisher).post(reverse("accounts:staff"), said).status_code == 302
    assert not StaffInvitation.objects.exists()


def test_a_word_that_we_do_not_know_never_switches_the_second_step_off() -> None:
    for unknown in ("Staff", "all", "true"):
        with pytest.raises(ImproperlyConfigured, match="REQUIRE_SECOND_FACTOR must be one of"):
            one_of(("", "staff"), REQUIRE_SECOND_FACTOR=unknown)
    assert one_of(("", "staff"), REQUIRE_SECOND_FACTOR="") == ""
