"""Posts at the desk: whose they are, by when, and how an editor finds them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Letter, Person
from accounts.refusals import Invalid, NotAllowed
from blog import planning, workflow
from blog.models import Post, PostState
from blog.planning import Plan
from editorial import digest
from tests.blog.desk_pages import address, text
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import PostFactory, TopicFactory

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = timedelta(days=-1), timedelta(days=1)


@pytest.fixture
def client(editor: Person) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def day(distance: timedelta) -> date:
    return timezone.localdate() + distance


def titles(client: Client, query: str = "") -> list[str]:
    page = client.get(f"{address('desk_posts')}{query}")
    return [post.title for post in page.context["page"]]


# In whose hands, and by when


def test_a_post_is_put_into_the_hands_of_an_editor_who_gets_one_mail(editor: Person) -> None:
    # Given
    post, colleague = PostFactory(submitted=True), PersonFactory(editor=True)
    Letter.objects.all().delete()
    given = Plan(editor=colleague, editor_due_on=date(2031, 5, 6))
    # When it is said twice
    planning.plan(post, by=editor, plan=given)
    planning.plan(post, by=editor, plan=given)
    # Then
    post.refresh_from_db()
    assert (post.assigned_to, post.editor_due_on) == (colleague, date(2031, 5, 6))
    letter = Letter.objects.get()
    assert letter.to == colleague.email
    assert "6 May 2031" in letter.body
    assert post.events.get(kind="assigned").given_to == colleague
    assert post.events.get(kind="editor_due").message == "2031-05-06"


def test_who_takes_a_post_themselves_gets_no_mail(editor: Person) -> None:
    post = PostFactory(submitted=True)
    Letter.objects.all().delete()
    planning.plan(post, by=editor, plan=Plan(editor=editor))
    assert not Letter.objects.exists()


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_only_editors_plan_and_only_editors_are_in_charge(editor: Person, role: str) -> None:
    post, person = PostFactory(submitted=True), PersonFactory(role=role)
    with pytest.raises(NotAllowed):
        planning.plan(post, by=person, plan=Plan(editor=editor))
    with pytest.raises(Invalid):
        planning.plan(post, by=editor, plan=Plan(editor=person))
    post.refresh_from_db()
    assert post.assigned_to is None


def test_a_plan_never_makes_a_conflict_for_who_is_writing(editor: Person) -> None:
    post = PostFactory()
    seen = post.version
    planning.plan(post, by=editor, plan=Plan(editor=editor, author_due_on=day(TOMORROW)))
    draft = workflow.Draft(title=post.title, summary="", body="<p>On I write.</p>")
    assert workflow.write(post, by=editor, draft=draft, version=seen).body == draft.body


def test_the_desk_plans_by_a_form_that_names_editors_only(client: Client, author: Person) -> None:
    # Given
    post, colleague = PostFactory(submitted=True), PersonFactory(editor=True)
    given = {"editor": author.pk, "author_due_on": "", "editor_due_on": ""}
    # Then
    assert "Select a valid choice" in text(client, address("desk_plan", post), **given)
    # When
    page = text(client, address("desk_plan", post), **given | {"editor": colleague.pk})
    # Then
    assert f"In the hands of {colleague.public_name}" in page
    assert f"put it in the hands of {colleague.public_name}" in page


def test_an_author_reads_by_when_the_post_is_due(editor: Person) -> None:
    # Given
    post, client = PostFactory(), Client()
    planning.plan(post, by=editor, plan=Plan(author_due_on=date(2031, 5, 6)))
    client.force_login(post.author.person)
    # Then
    for page in (address("write"), address("write_post", post)):
        assert "It is due on 6 May 2031." in text(client, page)
    workflow.submit(post, by=post.author.person)  # now it is the editors' turn
    assert "It is due" not in text(client, address("write_post", post))


# What waits


def test_what_waits_for_me_is_mine_or_nobodys(client: Client, editor: Person) -> None:
    # Given
    hers = PersonFactory(editor=True)
    for title, person in (("Mine", editor), ("Nobody's", None), ("Hers", hers)):
        post = PostFactory(title=title, submitted=True)
        planning.plan(post, by=editor, plan=Plan(editor=person))
    # Then
    assert titles(client) == ["Mine", "Nobody's"]
    assert titles(client, "?state=submitted") == ["Hers", "Nobody's", "Mine"]


@pytest.mark.parametrize(
    ("state", "author_due", "editor_due", "is_late"),
    [
        ("changes_requested", YESTERDAY, TOMORROW, True),
        ("changes_requested", TOMORROW, YESTERDAY, False),
        ("submitted", YESTERDAY, TOMORROW, False),
        ("submitted", TOMORROW, YESTERDAY, True),
        ("accepted", None, timedelta(), False),
        ("published", YESTERDAY, YESTERDAY, False),
    ],
)
def test_overdue_is_who_has_the_post_and_is_late(
    client: Client, editor: Person, state: str, author_due, editor_due, is_late: bool
) -> None:
    # Given
    post = PostFactory(title="Late?", **{state: True})
    days = [None if one is None else day(one) for one in (author_due, editor_due)]
    planning.plan(post, by=editor, plan=Plan(author_due_on=days[0], editor_due_on=days[1]))
    # Then
    assert titles(client, "?overdue=1") == (["Late?"] if is_late else [])
    post.refresh_from_db()
    assert post.is_overdue is is_late
    assert ("overdue since" in text(client, address("desk_post", post))) is is_late


def test_the_daily_mail_names_what_is_overdue_to_whom_it_concerns(run_tasks: Callable) -> None:
    # Given
    mine, other = PersonFactory(editor=True), PersonFactory(editor=True)
    post = PostFactory(submitted=True, editor=mine)
    planning.plan(post, by=mine, plan=Plan(editor=mine, editor_due_on=day(YESTERDAY)))
    Letter.objects.all().delete()
    # When
    with time_machine.travel(timezone.localtime().replace(hour=9), tick=False):
        digest.send_due()
    # Then
    letter = Letter.objects.get()
    assert letter.to == mine.email
    assert "Posts that are overdue: 1" in letter.body
    client = Client()
    client.force_login(mine)
    assert "overdue=1&editor=care" in letter.body
    assert titles(client, "?overdue=1&editor=care") == [post.title]
    client.force_login(other)
    assert titles(client, "?overdue=1&editor=care") == []
    assert other.email != letter.to


def test_posts_are_found_by_all_that_is_known_of_them(client: Client, editor: Person) -> None:
    # Given
    topic, writer = TopicFactory(), ProfileFactory(name="Ines Aldana")
    post = PostFactory(title="Straight spokes", author=writer, topics=[topic], submitted=True)
    planning.plan(post, by=editor, plan=Plan(editor=editor))
    PostFactory(title="Round rims")
    # Then
    for query in (
        "?state=submitted",
        "?editor=me",
        f"?editor={editor.pk}",
        f"?author={writer.pk}",
        f"?topic={topic.pk}",
        "?words=spokes+straight",
        "?words=aldana",
    ):
        assert titles(client, query) == ["Straight spokes"], query
    assert titles(client, "?editor=nobody") == ["Round rims"]
    assert titles(client, "?editor=me&state=draft") == []


@pytest.mark.parametrize(
    "query", ["editor=%27", "author=9999999999999", "topic=x", "words=%00", "page=x"]
)
def test_what_is_not_understood_is_not_asked(client: Client, query: str) -> None:
    for name in ("desk_posts", "desk_board", "desk_calendar"):
        assert client.get(f"{address(name)}?{query}&month=0000-77").status_code == 200


# Board and calendar


def test_the_board_has_a_column_a_state_and_says_what_it_leaves_out(client: Client) -> None:
    # Given
    PostFactory.create_batch(14, submitted=True)
    first = Post.objects.order_by("pk").first()
    PostFactory(title="Out", published=True)
    # When
    columns = {one.state: one for one in client.get(address("desk_board")).context["columns"]}
    # Then
    assert next(iter(columns)) == PostState.DRAFT
    submitted = columns[PostState.SUBMITTED]
    assert (submitted.number, len(submitted.posts), submitted.more) == (14, 12, 2)
    assert submitted.posts[0] == first  # what waits longest
    assert [post.title for post in columns[PostState.PUBLISHED].posts] == ["Out"]


def days_of(client: Client, month: str) -> dict[str, list[tuple[str, str]]]:
    shown = client.get(f"{address('desk_calendar')}?month={month}").context["month"]
    return {
        one.on.isoformat(): [(entry.kind, entry.post.title) for entry in one.entries]
        for one in shown.days
        if one.entries
    }


def test_the_calendar_shows_what_comes_out_and_what_is_due_in_the_sites_zone(
    client: Client, editor: Person, settings
) -> None:
    # Given half past eleven in the evening in UTC, which is tomorrow in Berlin
    settings.TIME_ZONE = "Europe/Berlin"
    late = datetime(2031, 3, 29, 23, 30, tzinfo=UTC)
    PostFactory(title="Out at night", published=True, at=late)
    due = PostFactory(title="To read", submitted=True)
    planning.plan(due, by=editor, plan=Plan(editor_due_on=date(2031, 3, 31)))
    # Then
    assert days_of(client, "2031-03") == {
        "2031-03-30": [("out", "Out at night")],
        "2031-03-31": [("editor", "To read")],
    }
    assert days_of(client, "2031-05") == {}
    page = text(client, f"{address('desk_calendar')}?month=2031-03")
    assert "?month=2031-02&" in page
    assert "?month=2031-04&" in page
    assert '<th scope="col"><abbr title="Sunday">' in page


def test_lists_board_and_calendar_cost_the_same_for_one_and_for_thirty(
    client: Client, editor: Person, django_assert_num_queries
) -> None:
    # Given
    soon = {"editor_due_on": day(timedelta()), "editor": editor}
    pages = (("desk_posts", 8), ("desk_board", 7), ("desk_calendar", 6))
    for count in (1, 29):
        for post in PostFactory.create_batch(count, submitted=True):
            planning.plan(post, by=editor, plan=Plan(**soon))
        for page, number in pages:
            text(client, address(page))
            # Then
            with django_assert_num_queries(number):
                text(client, address(page))


@pytest.mark.parametrize("name", ["desk_board", "desk_calendar"])
def test_board_and_calendar_are_for_editors(author: Person, moderator: Person, name: str) -> None:
    for person in (author, moderator):
        stranger = Client()
        stranger.force_login(person)
        assert stranger.get(address(name)).status_code == 403
    assert Client().get(address(name)).status_code == 302
