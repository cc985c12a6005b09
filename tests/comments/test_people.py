"""The pages about people: found, known, noted about, sanctioned."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from comments import participants, sanctions
from comments.models import House, PostComment, Sanction
from comments.words import Guest
from tests.comments.persons import ANA, LOG, PEOPLE, page_of, said, shown, who_said
from tests.comments.stories import STATES
from tests.factories.accounts import PersonFactory
from tests.factories.comments import GuestFactory, PostCommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def desk(client: Client, moderator: Person) -> Client:
    client.force_login(moderator)
    return client


def addresses_see(*, moderators: bool) -> None:
    House.current()
    house = House.objects.get()
    house.moderators_see_addresses = moderators
    house.save()


# Who may enter


@pytest.mark.parametrize("role", ["", "reader", "author"])
def test_only_moderators_and_above_enter(
    client: Client, request: pytest.FixtureRequest, moderator: Person, role: str
) -> None:
    # Given
    ana = who_said(by=ANA)
    sanction = sanctions.hold(ana, moderator=moderator, reason="Careful")
    looks = (PEOPLE, LOG, page_of(ana))
    acts = {
        f"{page_of(ana)}sanction/": {"kind": "ban", "reason": "Fun"},
        f"{page_of(ana)}note/": {"text": "Fun"},
        f"{LOG}{sanction.pk}/lift/": {},
    }
    if role:
        client.force_login(request.getfixturevalue(role))
    # When
    answers = [client.get(address) for address in looks]
    answers += [client.post(address, fields) for address, fields in acts.items()]
    # Then
    assert {answer.status_code for answer in answers} == ({403} if role else {302})
    assert Sanction.objects.in_force().get() == sanction
    assert not ana.notes.exists()


@pytest.mark.parametrize("role", ["moderator", "editor", "publisher"])
def test_every_moderator_and_above_enters(
    client: Client, request: pytest.FixtureRequest, role: str
) -> None:
    ana = who_said(by=ANA)
    client.force_login(request.getfixturevalue(role))
    for address in (PEOPLE, LOG, page_of(ana)):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert f'href="{PEOPLE}"' in answer.content.decode()


def test_looking_changes_nothing(desk: Client, moderator: Person) -> None:
    ana = who_said(by=ANA)
    sanction = sanctions.hold(ana, moderator=moderator, reason="Careful")
    here = page_of(ana)
    for address in (f"{here}sanction/", f"{here}note/", f"{LOG}{sanction.pk}/lift/"):
        assert desk.get(address).status_code == 405


@pytest.mark.parametrize("pk", ["4711", "0", "99999999999999999999"])
def test_who_is_not_there_is_not_found(desk: Client, pk: str) -> None:
    assert desk.get(f"{PEOPLE}{pk}/").status_code == 404
    assert desk.post(f"{PEOPLE}{pk}/note/", {"text": "x"}).status_code == 404
    assert desk.post(f"{PEOPLE}{pk}/sanction/", {"kind": "hold"}).status_code == 404
    assert desk.post(f"{LOG}{pk}/lift/").status_code == 404


# The list


def listed(html: str) -> list[int]:
    return [int(part.split("/")[0]) for part in html.split(f'person__name" href="{PEOPLE}')[1:]]


def test_who_commented_last_stands_first_and_once(desk: Client) -> None:
    # Given
    ana, olga = who_said(by=ANA), who_said(published=True)
    said(by=ANA)
    # Then
    assert listed(shown(desk, PEOPLE)) == [ana.pk, olga.pk]


def test_nobody_is_a_sentence(desk: Client) -> None:
    assert "Nobody has commented yet." in shown(desk, PEOPLE)
    assert "Nobody who commented used such a name." in shown(desk, PEOPLE, q="Ana")


def test_a_line_tells_the_record_and_what_is_in_force(desk: Client, moderator: Person) -> None:
    # Given
    ana = who_said(by=ANA, published=True)
    said(by=ANA, rejected=True)
    sanctions.lift(sanctions.hold(ana, moderator=moderator, reason="Careful"), moderator=moderator)
    sanctions.suspend(ana, moderator=moderator, hours=3, reason="Heat")
    # When
    html = shown(desk, PEOPLE)
    # Then
    for words in ("2 comments", "1 published", "1 rejected or removed", "Suspended"):
        assert words in html
    assert "Every comment is held" not in html
    assert "guest, address not confirmed" in html


@pytest.mark.parametrize("words", ["Ana", "ana", " an ", "Anastasia", "A."])
def test_people_are_found_by_every_name_they_used(desk: Client, words: str) -> None:
    # Given
    ana = who_said(by=Guest("Anastasia", ANA.email))
    said(by=Guest("A.", ANA.email))
    PostCommentFactory(by=PersonFactory(name="Olga"))
    # Then
    assert listed(shown(desk, PEOPLE, q=words)) == [ana.pk]


def test_people_are_found_by_the_name_of_their_account(desk: Client) -> None:
    olga = who_said(by=PersonFactory(name="Olga"))
    who_said(by=ANA)
    assert listed(shown(desk, PEOPLE, q="olg")) == [olga.pk]


def test_addresses_are_searched_and_shown_only_where_they_may_be_seen(
    client: Client, moderator: Person, editor: Person, publisher: Person
) -> None:
    # Given
    ana = who_said(by=ANA, published=True)
    olga = who_said(by=PersonFactory(name="Olga", email="olga@example.net"))
    for person, allowed, sees in (
        (moderator, False, False),
        (editor, False, False),
        (moderator, True, True),
        (editor, True, True),
        (publisher, False, True),
    ):
        client.force_login(person)
        addresses_see(moderators=allowed)
        # Then
        expected = ([ana.pk], [olga.pk]) if sees else ([], [])
        found = listed(shown(client, PEOPLE, q="ana@ex")), listed(shown(client, PEOPLE, q="olga@"))
        assert found == expected
        for address in (PEOPLE, page_of(ana)):
            assert ("ana@example.net" in shown(client, address)) is sees
        ip = PostComment.objects.filter(participant=ana).get().ip_address
        assert (f">{ip}<" in shown(client, page_of(ana))) is sees


@pytest.mark.parametrize("query", [{"q": "a\x00b"}, {"q": "x" * 999}, {"before": "x"}, {"q": "%"}])
def test_an_odd_address_is_answered(desk: Client, query: dict[str, str]) -> None:
    who_said(by=ANA)
    assert desk.get(PEOPLE, query).status_code == 200


def test_the_list_has_pages_of_twenty_five_and_nobody_is_missed(desk: Client) -> None:
    # Given
    known = [who_said().pk for _ in range(60)]
    # When
    seen, address, pages = [], PEOPLE, 0
    while address:
        html = shown(desk, address)
        seen, pages = [*seen, *listed(html)], pages + 1
        before = html.split('rel="next" href="?')[1].split('"')[0] if 'rel="next"' in html else ""
        address = f"{PEOPLE}?{before}" if before else ""
    # Then
    assert (seen, pages) == (known[::-1], 3)


def test_one_person_and_thirty_cost_the_same_queries(
    desk: Client, moderator: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shown(desk, PEOPLE)  # the publication is in the cache from here on
    for count in (1, 29):
        for number in range(count):
            person = who_said(by=PersonFactory() if number % 2 else GuestFactory())
            sanctions.hold(person, moderator=moderator, reason="Careful")
        with django_assert_num_queries(5):
            html = shown(desk, PEOPLE)
    assert len(listed(html)) == 25


# One person


def test_a_page_tells_the_names_and_all_comments_by_state(desk: Client) -> None:
    # Given
    who_said(by=ANA)
    ana = who_said(by=Guest("Ana Spoke", ANA.email))
    # When
    html = shown(desk, page_of(ana))
    # Then
    assert "<bdi>Ana Spoke</bdi>, <bdi>Ana</bdi>" in html
    assert "<h1><bdi>Ana Spoke</bdi></h1>" in html
    assert html.count("<article") == 2


def test_comments_are_shown_by_state(desk: Client) -> None:
    person = PersonFactory()
    for state in STATES:
        theirs = who_said(
            **({state: True} if state != "held" else {}), by=person, text=f"In {state}."
        )
    for state in STATES:
        html = shown(desk, page_of(theirs), state=state)
        assert html.count("<article") == 1
        assert f"In {state}." in html
    assert shown(desk, page_of(theirs), state="odd").count("<article") == 5


def test_a_comment_of_somebody_else_is_not_on_the_page(desk: Client) -> None:
    ana, _other = who_said(by=ANA), who_said(text="Of somebody else.")
    assert "Of somebody else." not in shown(desk, page_of(ana))


def test_whether_somebody_is_confirmed_is_said(desk: Client, reader: Person) -> None:
    ana = who_said(by=ANA)
    assert "guest, address not confirmed" in shown(desk, page_of(ana))
    participants.confirm(ana)
    assert "guest, address confirmed" in shown(desk, page_of(ana))
    assert "signs in" in shown(desk, page_of(who_said(by=reader)))


def test_one_comment_and_thirty_of_a_person_cost_the_same_queries(
    desk: Client, moderator: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = who_said(by=PersonFactory(name="Olga"), published=True)
    for count in (1, 29):
        for _ in range(count):
            said(by=person.person)
            participants.note(person, moderator=PersonFactory(moderator=True), text="Hm.")
            sanction = sanctions.hold(person, moderator=moderator, reason="Careful")
            sanctions.lift(sanction, moderator=PersonFactory(moderator=True))
        shown(desk, page_of(person))
        with django_assert_num_queries(9):
            html = shown(desk, page_of(person))
    assert html.count("<article") == 25
    assert "Page 1 of 2" in html


def test_markup_stays_text(desk: Client, moderator: Person) -> None:
    ana = who_said(by=Guest(EVIL, "evil@example.net"), text=EVIL)
    participants.note(ana, moderator=moderator, text=EVIL)
    sanctions.hold(ana, moderator=moderator, reason=EVIL)
    for address in (PEOPLE, f"{PEOPLE}?q={EVIL}", page_of(ana), LOG):
        assert EVIL not in desk.get(address).content.decode()
