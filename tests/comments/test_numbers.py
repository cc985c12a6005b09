"""The numbers of moderating, against what was reckoned by hand."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Person
from blog.models import Post
from comments import moderation
from comments.durations import middle, p90
from comments.figures import figures, in_words
from comments.models import Batch, DiscardedSpam, PostComment
from comments.numbers import Week, weeks
from comments.sanctions import ban, work_off
from comments.spam import Judgement
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory
from tests.factories.comments import PostCommentFactory, judge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]
PAGE = "/desk/comments/numbers/"
MONDAY = datetime(2025, 3, 3, tzinfo=UTC)
THAT_WEEK = date(2025, 3, 3)
NOW = datetime(2025, 3, 12, 12, tzinfo=UTC)  # a Wednesday, in the week after MONDAY's
Decision = Callable[[PostComment], object]


@pytest.fixture
def old_post(db: None) -> Post:
    with time_machine.travel(MONDAY - timedelta(days=400), tick=False):
        return PostFactory(published=True)


def at(hours: float, act: Callable[[], object]) -> object:
    """Let something happen so many hours after the Monday."""
    with time_machine.travel(MONDAY + timedelta(hours=hours), tick=False):
        return act()


def held_at(hours: float, post: Post, **facts: object) -> PostComment:
    def make() -> PostComment:
        return PostCommentFactory(post=post, left_to_people=True, **facts)

    comment = at(hours, make)
    assert isinstance(comment, PostComment)
    return comment


def decided(comment: PostComment, hours: float, decision: Decision) -> None:
    at(hours, lambda: decision(comment))


def told(monday: date = THAT_WEEK) -> Week:
    with time_machine.travel(NOW, tick=False):
        return next(week for week in weeks() if week.monday == monday)


@pytest.fixture
def publish(moderator: Person) -> Decision:
    return lambda comment: moderation.approve(comment, moderator=moderator)


@pytest.fixture
def reject(moderator: Person) -> Decision:
    return lambda comment: moderation.reject(comment, moderator=moderator)


@pytest.fixture
def undo(moderator: Person) -> Decision:
    return lambda comment: moderation.restore(comment, moderator=moderator)


def test_there_are_26_weeks_from_monday_to_monday_the_current_one_last() -> None:
    with time_machine.travel(NOW, tick=False):
        mondays = [week.monday for week in weeks()]
    assert mondays[-1] == date(2025, 3, 10)
    assert mondays == [mondays[-1] - timedelta(weeks=back) for back in range(25, -1, -1)]


def test_without_anything_there_is_no_data_rather_than_zero() -> None:
    week = told()
    assert week == Week(THAT_WEEK, 0, 0, 0, None, 0, None, None, None)


def test_waiting_and_shares_are_what_was_reckoned_by_hand(
    old_post: Post, publish: Decision, reject: Decision, undo: Decision
) -> None:
    # Given eleven held comments of one Monday: ten are decided about after 1 to 10 hours, of
    # which seven were fine; the eleventh waits on
    comments = [held_at(0, old_post) for _ in range(11)]
    for number, comment in enumerate(comments[:10], start=1):
        decided(comment, number, publish if number <= 7 else reject)
    # and two more decisions, one of which is undone
    published = PostComment.objects.published().first()
    assert published is not None
    for hours, act in ((20, "remove"), (21, "undo")):
        decided(published, hours, undo if act == "undo" else _remover())
    # When
    week = told()
    # Then
    assert (week.received, week.spam) == (11, 0)
    assert (week.decisions, week.undone) == (11, 1 / 11)
    assert (week.settled, week.fine) == (10, 0.7)
    assert week.waited_median == timedelta(hours=5, minutes=30)
    assert week.waited_p90 == timedelta(hours=9)


def _remover() -> Decision:
    return lambda comment: moderation.remove(comment, moderator=PersonFactory(moderator=True))


def test_a_decision_that_was_undone_and_taken_anew_counts_once_from_when_it_was_held(
    old_post: Post, publish: Decision, reject: Decision, undo: Decision
) -> None:
    comment = held_at(0, old_post)
    for hours, act in ((2, reject), (3, undo), (4, publish)):
        decided(comment, hours, act)
    week = told()
    assert (week.decisions, week.undone) == (2, 0.5)
    assert (week.settled, week.fine) == (1, 1.0)
    assert week.waited_median == week.waited_p90 == timedelta(hours=4)


def test_a_decision_counts_in_its_own_week_with_all_the_time_before(
    old_post: Post, publish: Decision
) -> None:
    comment = held_at(0, old_post)
    decided(comment, 7 * 24, publish)
    first, second = told(), told(date(2025, 3, 10))
    assert (first.received, first.settled, first.waited_median) == (1, 0, None)
    assert (second.received, second.settled, second.waited_median) == (0, 1, timedelta(days=7))


def test_what_the_site_or_a_writer_on_the_staff_or_a_ban_does_is_no_decision_of_a_person(
    old_post: Post, moderator: Person
) -> None:
    at(1, lambda: PostCommentFactory(post=old_post, published=True))
    at(2, lambda: PostCommentFactory(post=old_post, by=moderator))
    banned = held_at(3, old_post)
    at(4, lambda: ban(banned.participant, moderator=moderator, reason="Ads", their_comments="spam"))
    at(4, lambda: work_off.call(_only_batch()))
    week = told()
    assert (week.received, week.decisions, week.settled, week.undone) == (3, 0, 0, None)


def _only_batch() -> int:
    return Batch.objects.get().pk


def test_spam_is_counted_with_what_was_thrown_away(old_post: Post) -> None:
    at(1, lambda: PostCommentFactory(post=old_post, spam=True))
    blatant = at(2, lambda: PostCommentFactory(post=old_post))
    at(3, lambda: judge(blatant, Judgement.BLATANT))  # type: ignore[arg-type]
    DiscardedSpam.objects.create(day=date(2025, 3, 9), number=4)
    DiscardedSpam.objects.create(day=date(2025, 3, 10), number=8)
    week = told()
    assert (week.received, week.spam) == (6, 6)
    assert told(date(2025, 3, 10)).spam == 8


def test_weeks_begin_at_midnight_of_the_site(settings: Settings, old_post: Post) -> None:
    settings.TIME_ZONE = "America/New_York"
    timezone.get_default_timezone.cache_clear()
    try:
        at(4.9, lambda: PostCommentFactory(post=old_post))  # still Sunday there
        at(5.1, lambda: PostCommentFactory(post=old_post))
        assert (told(date(2025, 2, 24)).received, told().received) == (1, 1)
    finally:
        timezone.get_default_timezone.cache_clear()


def test_what_is_older_than_26_weeks_is_not_counted(old_post: Post, publish: Decision) -> None:
    comment = held_at(-24 * 7 * 30, old_post)
    decided(comment, -24 * 7 * 29, publish)
    with time_machine.travel(NOW, tick=False):
        assert sum(week.received + week.decisions for week in weeks()) == 0


durations = st.lists(st.integers(0, 10**6).map(lambda n: timedelta(seconds=n)), min_size=1)


@given(durations)
def test_the_percentiles_are_exact(waits: list[timedelta]) -> None:
    ninety, half = p90(waits), middle(waits)
    assert ninety in waits
    assert sum(wait <= ninety for wait in waits) >= 0.9 * len(waits)
    shorter = [wait for wait in waits if wait < ninety]
    assert not shorter or sum(wait <= max(shorter) for wait in waits) < 0.9 * len(waits)
    assert half is not None
    assert 2 * sum(wait <= half for wait in waits) >= len(waits)
    assert 2 * sum(wait >= half for wait in waits) >= len(waits)


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (timedelta(0), "0 seconds"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=59.9), "59 seconds"),
        (timedelta(seconds=60), "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(hours=1), "1.0 hours"),
        (timedelta(hours=47, minutes=30), "47.5 hours"),
        (timedelta(days=2), "2.0 days"),
    ],
)
def test_durations_are_said_as_people_say_them(duration: timedelta, words: str) -> None:
    assert in_words(duration) == words


# The page


def shown(client: Client) -> str:
    with time_machine.travel(NOW, tick=False):
        return unescape(client.get(PAGE).content.decode())


@pytest.fixture
def desk(client: Client, moderator: Person) -> Client:
    with time_machine.travel(NOW, tick=False):
        client.force_login(moderator)
    return client


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("", 302),
        ("reader", 403),
        ("author", 403),
        ("moderator", 200),
        ("editor", 200),
        ("publisher", 200),
    ],
)
def test_moderators_and_above_enter(
    client: Client, request: pytest.FixtureRequest, role: str, status: int
) -> None:
    if role:
        client.force_login(request.getfixturevalue(role))
    assert client.get(PAGE).status_code == status
    assert client.post(PAGE).status_code in (302, 403, 405)


def test_a_page_without_data_says_so_and_draws_nothing(desk: Client) -> None:
    html = shown(desk)
    assert html.count("No data") == 5
    assert '<svg class="plot__svg' not in html
    assert html.count('<span class="numbers__none">no data</span>') == 4 * 26


def test_plots_sum_themselves_up_and_the_table_says_the_same(
    desk: Client, old_post: Post, publish: Decision, reject: Decision
) -> None:
    # Given
    for hours, act in ((1, publish), (2, publish), (3, reject)):
        decided(held_at(0, old_post), hours, act)
    DiscardedSpam.objects.create(day=date(2025, 3, 11), number=8)
    # When
    html = shown(desk)
    # Then
    told = re.findall(r'role="img" aria-label="([^"]*)"', html)
    assert told == [
        "Comments received, by week: from 0 to 8; this week 8.",
        "How long held comments waited for a person. Half waited no longer, by week: from 2.0"
        " hours to 2.0 hours; this week no data. Nine in ten waited no longer, by week: from 3.0"
        " hours to 3.0 hours; this week no data.",
        "Held comments that were fine, by week: from 67 % to 67 %; this week no data.",
        "Decisions that were undone, by week: from 0 % to 0 %; this week no data.",
        "Spam caught, by week: from 0 to 8; this week 8.",
    ]
    row = html.split('datetime="2025-03-03"')[1].split("</tr>")[0]
    cells = [re.sub("<[^>]*>", "", cell).strip() for cell in row.split('<td class="number">')[1:]]
    assert cells == ["3", "3", "2.0 hours", "3.0 hours", "67 %", "0 %", "0"]


def test_one_decision_and_thirty_cost_the_same_queries(
    desk: Client,
    old_post: Post,
    publish: Decision,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    shown(desk)
    for count in (1, 29):
        for number in range(count):
            decided(held_at(number, old_post), 100 + number, publish)
            DiscardedSpam.objects.create(day=NOW - timedelta(days=count + number), number=1)
        with django_assert_num_queries(5):
            shown(desk)


def test_there_are_five_figures() -> None:
    assert len(figures(weeks())) == 5
