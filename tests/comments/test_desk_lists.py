"""The lists of the desk, their filters, and what stands on a card."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from comments import cards, deskwork, lists, markdown, moderation, queue
from comments.filters import DeskList, Filter, Place, place_at
from comments.models import (
    CommentVersion,
    Flag,
    FlagReason,
    House,
    PostComment,
    SavedFilter,
)
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory
from tests.factories.comments import PostCommentFactory, fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]
DESK = "/desk/comments/"


@pytest.fixture
def desk(client: Client, moderator: Person) -> Client:
    client.force_login(moderator)
    return client


def shown(client: Client, **query: object) -> str:
    return unescape(client.get(DESK, query).content.decode())


def in_list(viewer: Person, query: str) -> list[int]:
    return [row.pk for row in lists.rows(place_at(query), viewer, after=0, most=99)]


def report(comment: PostComment, reporter: str = "a", **facts: object) -> Flag:
    facts = {"reason": FlagReason.ABUSIVE, "words": "He shouts.", **facts}
    return Flag.objects.create(comment=comment, reporter=reporter, **facts)


def test_a_reported_comment_stands_at_the_place_of_its_oldest_report(moderator: Person) -> None:
    # Given
    first, second = PostCommentFactory.create_batch(2, published=True)
    for comment, reporter in ((second, "a"), (first, "b"), (second, "c")):
        report(comment, reporter)
    # Then
    assert in_list(moderator, "list=reported") == [second.pk, first.pk]


def test_what_left_the_page_is_not_in_the_list_of_reports(moderator: Person) -> None:
    comment = PostCommentFactory(published=True)
    report(comment)
    moderation.remove(comment, moderator=moderator)
    assert in_list(moderator, "list=reported") == []


def test_a_card_shows_the_reports_of_readers(desk: Client) -> None:
    report(PostCommentFactory(published=True))
    html = shown(desk, list="reported")
    assert "It is abusive: “He shouts.”" in html
    assert "Keep it, close the reports" in html


def test_published_unread_is_what_nobody_decided_about(moderator: Person) -> None:
    # Given
    by_the_check, by_a_person = PostCommentFactory(published=True), PostCommentFactory()
    moderation.approve(by_a_person, moderator=moderator)
    # Then
    assert in_list(moderator, "list=unread") == [by_the_check.pk]
    # When
    deskwork.keep(by_the_check, moderator=moderator)
    # Then
    assert in_list(moderator, "list=unread") == []


def test_mine_is_what_i_decided_last_the_newest_first(moderator: Person) -> None:
    # Given
    first, second, theirs, undone = PostCommentFactory.create_batch(4)
    for comment in (first, second, theirs, undone):
        moderation.approve(comment, moderator=moderator)
    moderation.mark_spam(theirs, moderator=PersonFactory(moderator=True))
    moderation.restore(undone, moderator=moderator)
    # Then
    assert in_list(moderator, "list=mine") == [second.pk, first.pk]


@pytest.mark.parametrize("name", DeskList.values)
def test_every_list_of_one_and_of_thirty_costs_the_same_queries(
    desk: Client, moderator: Person, django_assert_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    # Given
    shown(desk)
    state = Place(DeskList(name)).name.state or "published"
    for count in (1, 29):
        for number in range(count):
            trait = {state: True} if state != "held" else {}
            comment = PostCommentFactory(**trait, text=f"> So it is.\n\nhttps://x.example {number}")
            report(comment)
            if name == "mine":
                deskwork.decide(comment, moderator=moderator, to="spam")
        # When
        with django_assert_num_queries(13):
            html = shown(desk, list=name)
    # Then
    assert html.count("<article id=") == 30


def test_parts_of_a_list_join_without_gap_or_overlap(moderator: Person) -> None:
    # Given
    comments = PostCommentFactory.create_batch(12)
    # When
    first = lists.rows(Place(), moderator, after=0, most=5)
    second = lists.rows(Place(), moderator, after=first[-1].place, most=99)
    # Then
    assert [row.pk for row in (*first, *second)] == [comment.pk for comment in comments]


def test_more_cards_come_as_a_part_none_of_them_shown(desk: Client) -> None:
    comments = PostCommentFactory.create_batch(14)
    html = shown(desk, part=1, after=comments[1].pk)
    assert "<html" not in html
    assert re.findall(r'<li data-comment="(\d+)" data-state="held" hidden', html) == [
        str(comment.pk) for comment in comments[2:12]
    ]
    assert f'data-loaded="{comments[11].pk}"' in html


def test_the_oldest_in_a_list_says_since_when_it_waits(desk: Client, moderator: Person) -> None:
    # Given
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with time_machine.travel(now - timedelta(hours=9), tick=False):
        PostCommentFactory()
    # When
    with time_machine.travel(now, tick=False):
        PostCommentFactory()
        seen = lists.overview(moderator)
    # Then
    held = next(tab for tab in seen.tabs if tab.name == DeskList.HELD)
    assert (held.count, held.oldest) == (2, now - timedelta(hours=9))


def test_nobody_counts_beyond_a_thousand(desk: Client, moderator: Person) -> None:
    fill(PostFactory(published=True), threads=1_005)
    assert lists.overview(moderator).count(DeskList.UNREAD) == 1_000
    assert 'data-number="unread">1000+' in shown(desk)


@pytest.mark.parametrize(
    ("name", "index"),
    [
        (DeskList.HELD, "comment_by_state"),
        (DeskList.UNREAD, "comment_nobody_looked_at"),
        (DeskList.REPORTED, "flag_open"),
        (DeskList.MINE, "comment_event_of_a_moderator"),
    ],
)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="others plan by what is in the tables")
def test_no_list_reads_more_than_it_shows(moderator: Person, name: DeskList, index: str) -> None:
    plan = lists.found(Place(name), moderator)[:30].explain()
    assert index in plan
    assert "SCAN comments_postcomment" not in plan


def test_filters_join_with_each_other_and_with_lists(moderator: Person) -> None:
    # Given
    wanted = PostCommentFactory(by__name="Ana Ruiz", text="Grease the hub.")
    other_words = PostCommentFactory(post=wanted.post, text="Oil it.")
    other_post = PostCommentFactory(text="Grease the hub.")
    # Then
    for query, found in (
        ("words=GREASE", [wanted, other_post]),
        ("words=ruiz", [wanted]),
        (f"post={wanted.post_id}", [wanted, other_words]),
        (f"post={wanted.post_id}&words=grease", [wanted]),
        (f"person={wanted.participant_id}", [wanted]),
        ("list=spam&words=grease", []),
        ("reason=links", []),
    ):
        assert in_list(moderator, query) == [comment.pk for comment in found], query


def test_a_filter_by_days_includes_both(moderator: Person) -> None:
    for day in (1, 2, 3):
        with time_machine.travel(datetime(2026, 3, day, 23, 59, tzinfo=UTC), tick=False):
            PostCommentFactory()
    assert len(in_list(moderator, "since=2026-03-02&until=2026-03-02")) == 1
    assert len(in_list(moderator, "since=2026-03-02")) == 2
    assert len(in_list(moderator, "until=2026-03-02")) == 2


def test_reports_and_my_decisions_are_filtered_by_their_comments(moderator: Person) -> None:
    wanted, other = PostCommentFactory.create_batch(2, published=True)
    for comment in (wanted, other):
        deskwork.decide(comment, moderator=moderator, to="spam")
        moderation.approve(comment, moderator=moderator)
        report(comment)
    assert in_list(moderator, f"list=reported&post={wanted.post_id}") == [wanted.pk]
    assert in_list(moderator, f"list=mine&words={wanted.writer}") == [wanted.pk]


def test_a_word_with_signs_of_a_pattern_is_only_a_word(moderator: Person) -> None:
    PostCommentFactory(text="Nothing of it.")
    assert in_list(moderator, "words=%25") == in_list(moderator, "words=_") == []


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=90).map(str.strip)


@given(name=st.sampled_from(DeskList.values), word=words, post=st.integers(0, 2**31 - 1))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_place_survives_its_address(name: str, word: str, post: int) -> None:
    place = Place(DeskList(name), Filter(words=word, post=post))
    assert place_at(place.query) == place


def test_a_card_has_what_a_decision_needs(desk: Client) -> None:
    # Given
    parent = PostCommentFactory(published=True, by__name="Olga", text="O" * 300)
    text = "> True the *wheel*\n\nSee https://shop.example/a and <https://www.shop.example/>"
    comment = PostCommentFactory(parent=parent, text=text)
    CommentVersion.objects.create(
        comment=comment,
        text="Before",
        html="<p>Before it was edited.</p>",
        written_at=timezone.now(),
    )
    # When
    html = shown(desk)
    # Then
    for needed in (
        "address not confirmed",
        "First comment of this person",
        f"{'O' * 199}…",
        "“True the wheel”",
        "<code>shop.example</code><code>www.shop.example</code>",
        "Before it was edited.",
    ):
        assert needed in html, needed


def test_the_record_of_a_person_counts_what_became_of_their_comments(desk: Client) -> None:
    start = timezone.now()
    for hours, trait in ((3, {"published": True}), (2, {"rejected": True}), (1, {})):
        with time_machine.travel(start - timedelta(hours=hours)):
            PostCommentFactory(by__email="ana@example.net", **trait)
    assert "3 comments, 1 published, 1 refused" in shown(desk)


def test_banned_and_suspect_words_are_lit_and_nothing_else_changes() -> None:
    # Given
    house = House(banned_words="best casino", suspect_words="casino\nTipp & Co")
    html = "<p>The <em>Best</em> casino, a <b>casino</b>, tipp &amp; co &lt;casino&gt;</p>"
    # When
    lit = cards.lit(html, house)
    # Then
    banned, suspect = (f'<mark class="lit" data-kind="{kind}">' for kind in ("banned", "suspect"))
    assert re.sub(r"</?mark[^>]*>", "", lit) == html
    assert f"<em>{banned}Best</mark></em>{banned} casino</mark>" in lit
    assert f"<b>{suspect}casino</mark></b>" in lit
    assert f"{suspect}casino</mark>&gt;" in lit


@given(text=st.text("casino <&>*_`\n", max_size=60))
def test_lighting_words_never_changes_the_html(text: str) -> None:
    html = markdown.render(text)
    lit = cards.lit(html, House(banned_words="casino\nca", suspect_words="a\nsino"))
    assert re.sub(r'<mark class="lit" data-kind="\w+">|</mark>', "", lit) == html


def test_addresses_are_shown_only_where_the_house_says_so(desk: Client, publisher: Person) -> None:
    # Given
    PostCommentFactory(by__email="ana@example.net", trail__ip="10.9.8.7")
    # Then
    assert "ana@example.net" not in shown(desk)
    assert "10.9.8.7" not in shown(desk)
    # When
    House.objects.update(moderators_see_addresses=True)
    cache.clear()
    # Then
    assert "ana@example.net" in shown(desk)
    # When
    House.objects.update(moderators_see_addresses=False)
    cache.clear()
    desk.force_login(publisher)
    # Then
    assert "10.9.8.7" in shown(desk)


def test_a_filter_is_saved_found_and_deleted(desk: Client, moderator: Person) -> None:
    # When
    typed = {"name": " Grease  only ", "place": "list=spam&words=grease&odd=1"}
    response = desk.post(f"{DESK}filters/", typed)
    # Then
    saved = SavedFilter.objects.get(person=moderator)
    assert (saved.name, saved.query) == ("Grease only", "list=spam&words=grease")
    assert response["Location"] == f"{DESK}?list=spam&words=grease"
    assert f'href="{DESK}?list=spam&words=grease">Grease only' in shown(desk)
    # When
    desk.post(f"{DESK}filters/{saved.pk}/delete/")
    # Then
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a\x00", "Twice"])
def test_a_filter_without_a_name_of_its_own_is_refused(
    desk: Client, moderator: Person, name: str
) -> None:
    queue.save_filter(moderator, name="Twice", query="list=spam")
    response = desk.post(f"{DESK}filters/", {"name": name, "place": "list=spam"}, follow=True)
    assert 'data-state="error"' in response.content.decode()
    assert SavedFilter.objects.count() == 1


def test_a_filter_of_somebody_else_is_not_there(desk: Client) -> None:
    saved = queue.save_filter(PersonFactory(moderator=True), name="Theirs", query="list=spam")
    assert "Theirs" not in shown(desk)
    assert desk.post(f"{DESK}filters/{saved.pk}/delete/").status_code == 404
    assert SavedFilter.objects.exists()
