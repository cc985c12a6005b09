"""The rules of the house: set by the publisher alone, in force at once, never half."""

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed
from blog.models import Discussion, Post, Publication
from comments import house, pipeline
from comments.models import AtOnce, House, Phase, PostComment
from comments.models.house import CACHE_KEY
from tests.comments.visitors import hidden, send
from tests.factories.blog import PostFactory, TopicFactory

pytestmark = pytest.mark.django_db
PAGE = "/desk/comments/rules/"
GOOD: dict[str, str] = {
    "at_once": "signed_in",
    "rules": "Be *kind*.",
    "banned_words": "  Casino \r\ncasino\n\nfree   money",
    "suspect_words": "oil",
    "most_links": "3",
    "only_logs": "on",
    "keeps_addresses_days": "30",
    "keeps_spam_days": "7",
}


@pytest.fixture
def desk(client: Client, publisher: Person) -> Client:
    client.force_login(publisher)
    return client


def shown(client: Client) -> str:
    return unescape(client.get(PAGE).content.decode())


def saved(client: Client, **changes: str) -> tuple[int, str]:
    """Open the form, fill it in and send it."""
    given = {**GOOD, "seen": hidden(shown(client), "seen"), **changes}
    response = client.post(PAGE, given, follow=True)
    return response.status_code, unescape(response.content.decode())


def rules() -> dict[str, object]:
    return {name: getattr(House.objects.get(), name) for name in house.RULES}


# The rule


@pytest.mark.parametrize("role", ["reader", "author", "moderator", "editor"])
def test_only_the_publisher_sets_rules(request: pytest.FixtureRequest, role: str) -> None:
    before = house.stored()
    with pytest.raises(NotAllowed):
        house.set_rules(publisher=request.getfixturevalue(role), at_once=AtOnce.HAM)
    assert House.objects.get().at_once == before.at_once


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("at_once", "odd"),
        ("most_links", -1),
        ("most_links", 101),
        ("keeps_addresses_days", 0),
        ("keeps_addresses_days", 3651),
        ("keeps_spam_days", 0),
        ("keeps_spam_days", 366),
        ("rules", "x" * 10_001),
        ("rules", "a\x00b"),
        ("banned_words", "a\x00b"),
        ("banned_words", "x" * 101),
        ("banned_words", "\n".join(str(number) for number in range(1001))),
        ("suspect_words", "-"),
        ("suspect_words", "fine\n?!"),
        ("suspect_words", "\u200b"),
    ],
)
def test_what_a_rule_cannot_be_is_refused_and_nothing_changes(
    publisher: Person, name: str, value: object
) -> None:
    house.stored()
    before = rules()
    with pytest.raises(Invalid):
        house.set_rules(publisher=publisher, **{"most_links": 7, name: value})
    assert rules() == before


@pytest.mark.parametrize("name", ["pk", "id", "rules_html", "objects", "odd"])
def test_what_is_no_rule_is_an_error_of_whoever_calls(publisher: Person, name: str) -> None:
    with pytest.raises(TypeError):
        house.set_rules(publisher=publisher, **{name: "x"})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Casino \r\n casino\n\nCASINO", "Casino"),
        ("free   money\nfree money", "free money"),
        ("don\u2019t\ndon't", "don\u2019t"),
        ("C++\n\U0001f346\n赌场", "C++\n\U0001f346\n赌场"),
        ("", ""),
        (" \n\n", ""),
    ],
)
def test_a_list_is_kept_tidy(publisher: Person, typed: str, kept: str) -> None:
    house.set_rules(publisher=publisher, banned_words=typed)
    assert House.objects.get().banned_words == kept


def test_a_thousand_words_fit(publisher: Person) -> None:
    listed = "\n".join(f"word{number}" for number in range(1000))
    house.set_rules(publisher=publisher, banned_words=listed)
    assert House.objects.get().banned_words == listed


def test_a_saved_rule_is_in_force_at_once_in_this_process(
    publisher: Person, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    # Given somebody reads the rules while they are being saved, and keeps the old ones
    old = House.current()
    with django_capture_on_commit_callbacks(execute=True):
        house.set_rules(publisher=publisher, at_once=AtOnce.NOBODY)
        assert House.current().at_once == AtOnce.NOBODY
        cache.set(CACHE_KEY, old)
    # Then
    assert House.current().at_once == AtOnce.NOBODY


def test_of_two_who_looked_at_the_same_rules_the_second_is_told(publisher: Person) -> None:
    seen = house.fingerprint(house.stored())
    house.set_rules(publisher=publisher, seen=seen, most_links=2)
    with pytest.raises(Conflict):
        house.set_rules(publisher=publisher, seen=seen, most_links=3)
    assert House.objects.get().most_links == 2


# The page


@pytest.mark.parametrize("role", ["", "reader", "author", "moderator", "editor"])
def test_nobody_else_enters(client: Client, request: pytest.FixtureRequest, role: str) -> None:
    house.stored()
    before = rules()
    if role:
        client.force_login(request.getfixturevalue(role))
    answers = [client.get(PAGE), client.post(PAGE, GOOD), client.post(PAGE, {"preview": "1"})]
    assert {answer.status_code for answer in answers} == ({403} if role else {302})
    assert rules() == before


def test_the_form_begins_with_the_rules_in_force(desk: Client, publisher: Person) -> None:
    house.set_rules(publisher=publisher, rules="Be kind.", banned_words="casino\nslots")
    html = shown(desk)
    assert "Be kind.</textarea>" in html
    assert "casino\nslots</textarea>" in html
    assert 'value="known" required id="id_at_once_1" checked' in html
    assert "Banned words: 2 entries." in html


def test_what_is_saved_is_stored_and_told(desk: Client) -> None:
    _status, html = saved(desk)
    assert "The rules are saved and in force." in html
    assert rules() == {
        "at_once": "signed_in",
        "rules": "Be *kind*.",
        "banned_words": "Casino\nfree money",
        "suspect_words": "oil",
        "most_links": 3,
        "keeps_addresses_days": 30,
        "keeps_spam_days": 7,
        "only_logs": True,
        "sends_email": False,
        "sends_address": False,
        "moderators_see_addresses": False,
    }
    assert House.objects.get().rules_html == "<p>Be <em>kind</em>.</p>"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("at_once", "odd"),
        ("rules", "x" * 10_001),
        ("banned_words", "y" * 101),
        ("suspect_words", "?!"),
        ("suspect_words", "a\x00b"),
        ("most_links", "-1"),
        ("most_links", "many"),
        ("keeps_addresses_days", "3651"),
        ("keeps_addresses_days", ""),
        ("keeps_spam_days", "366"),
    ],
)
def test_an_error_stands_beside_its_field_and_what_was_typed_is_kept(
    desk: Client, field: str, typed: str
) -> None:
    house.stored()
    before = rules()
    status, html = saved(desk, **{"rules": "Typed rules.", field: typed})
    assert status == 422
    assert re.findall(r'class="errorlist" id="id_(\w+)_error"', html) == [field]
    assert "Typed rules." in html or field == "rules"
    assert typed.strip("\x00") in html or field == "at_once"
    assert rules() == before


def test_the_house_rules_are_previewed_and_nothing_is_saved(desk: Client) -> None:
    house.stored()
    before = rules()
    status, html = saved(desk, preview="1", rules="Be *very* kind. <b>x</b>", most_links="-5")
    assert status == 200
    assert (
        "<p>Be <em>very</em> kind. &lt;b&gt;x&lt;/b&gt;</p>"
        in desk.post(
            PAGE, {**GOOD, "preview": "1", "rules": "Be *very* kind. <b>x</b>"}
        ).content.decode()
    )
    assert "errorlist" not in html
    assert 'value="-5"' in html
    assert rules() == before


def test_whoever_saves_over_somebody_else_is_told_first(desk: Client, publisher: Person) -> None:
    # Given
    seen = hidden(shown(desk), "seen")
    house.set_rules(publisher=publisher, most_links=9)
    # When
    refused = desk.post(PAGE, {**GOOD, "seen": seen})
    html = unescape(refused.content.decode())
    # Then
    assert refused.status_code == 422
    assert "Somebody else changed the rules meanwhile." in html
    assert 'value="3"' in html
    assert House.objects.get().most_links == 9
    # When they look at it and send it again
    desk.post(PAGE, {**GOOD, "seen": hidden(html, "seen")})
    # Then
    assert House.objects.get().most_links == 3


def test_saved_rules_decide_about_the_next_comment(desk: Client, post: Post) -> None:
    saved(desk, banned_words="grease")
    send(Client(), post, text="Grease first.")
    assert PostComment.objects.get().state == "rejected"


def test_the_page_tells_the_documented_order(desk: Client) -> None:
    told = re.findall(r'<li data-phase="(\w+)">', shown(desk))
    assert told == [phase for phase in Phase.values if phase != Phase.PERSON]
    steps = [step.__name__ for step in (*pipeline.BEFORE_STORING, *pipeline.WHILE_STORING)]
    names = {"is_open": "open", "banned_words": "banned", "suspect_words": "suspect"}
    assert told[: len(steps)] == [names.get(step, step) for step in steps]


def test_the_page_shows_what_topics_and_posts_say_and_where_to_change_it(desk: Client) -> None:
    # Given
    plain, closed = TopicFactory(), TopicFactory(discussion=Discussion.CLOSED)
    held, by_rule = PostFactory(discussion=Discussion.HOLD), PostFactory()
    Publication.objects.update_or_create(pk=1, defaults={"closes_after_days": 30})
    cache.clear()
    # When
    html = shown(desk)
    # Then
    assert "Discussions close 30 days after publication." in html
    assert f'<a href="/desk/topics/{closed.pk}/">{closed.name}</a>: Closed' in html
    assert f'details/#id_discussion">{held.title}</a>: Open, every comment is held' in html
    assert plain.name not in html
    assert by_rule.title not in html


def test_one_exception_and_thirty_cost_the_same_queries(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shown(desk)
    for count in (1, 29):
        TopicFactory.create_batch(count, discussion=Discussion.HOLD)
        PostFactory.create_batch(count, discussion=Discussion.HOLD)
        with django_assert_num_queries(5):
            html = shown(desk)
    assert html.count("#id_discussion") == 25


@pytest.mark.parametrize("role", ["moderator", "editor", "publisher"])
def test_the_desk_leads_to_the_numbers_and_the_publisher_to_the_rules(
    client: Client, request: pytest.FixtureRequest, role: str
) -> None:
    client.force_login(request.getfixturevalue(role))
    html = client.get("/desk/comments/").content.decode()
    assert 'href="/desk/comments/numbers/"' in html
    assert ('href="/desk/comments/rules/"' in html) is (role == "publisher")
