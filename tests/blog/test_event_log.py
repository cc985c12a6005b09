"""The log of all posts: found by who, what, which and when; kept as a table; never changed."""

import ast
import csv
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from blog import happenings, planning, workflow
from blog.models import Post, PostEvent
from blog.planning import Plan
from tests.blog.desk_pages import HARM, XSS, address, text
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
RULES = ("record", "move", "say", "decide", "show", "_record")


@pytest.fixture
def client(editor: Person) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def found(client: Client, query: str = "") -> list[str]:
    page = client.get(f"{address('desk_log')}?{query}")
    return [f"{event.kind} {event.post.title}" for event in page.context["events"]]


def table(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"{address('desk_log_csv')}?{query}")
    assert answer["Content-Disposition"] == 'attachment; filename="log.csv"'
    return list(csv.DictReader(StringIO(answer.content.decode())))


def two_posts(editor: Person) -> tuple[Post, Post]:
    """One handed in and taken up in March, one handed in in April."""
    with time_machine.travel(datetime(2031, 3, 31, 23, 30, tzinfo=UTC), tick=False):
        first = PostFactory(title="First", submitted=True, editor=editor)
        workflow.take_up(first, editor=editor)
    with time_machine.travel(datetime(2031, 4, 2, 12, tzinfo=UTC), tick=False):
        second = PostFactory(title="Second", submitted=True)
    return first, second


def test_the_log_is_found_by_who_what_which_and_when(
    client: Client, editor: Person, settings
) -> None:
    # Given the site is in Berlin, where the first steps were taken on 1 April
    settings.TIME_ZONE = "Europe/Berlin"
    first, _second = two_posts(editor)
    # Then
    assert found(client) == ["submitted Second", "taken_up First", "submitted First"]
    assert found(client, f"who={editor.pk}") == ["taken_up First", "submitted First"]
    assert found(client, "kind=taken_up") == ["taken_up First"]
    assert found(client, f"post={first.pk}") == ["taken_up First", "submitted First"]
    assert found(client, "since=2031-04-02") == ["submitted Second"]
    assert found(client, "until=2031-04-01") == ["taken_up First", "submitted First"]
    assert found(client, "until=2031-03-31") == []


@pytest.mark.parametrize(
    "query", ["who=%27", "kind=hacked", "post=x", "since=2031-02-30", "until=x", "page=x"]
)
def test_what_is_not_understood_is_not_asked(client: Client, editor: Person, query: str) -> None:
    two_posts(editor)
    assert len(found(client, query)) == 3


def test_the_table_says_the_same_and_counts_nothing(client: Client, editor: Person) -> None:
    # Given
    post = PostFactory(title="=1+1", submitted=True, editor=editor)
    workflow.decline(post, editor=editor, message="@home, we know this.")
    # Then
    rows = table(client, "kind=declined")
    assert [(row["who"], row["from"], row["to"]) for row in rows] == [
        (editor.public_name, "submitted", "draft")
    ]
    assert rows[0]["post"] == "'=1+1"
    assert rows[0]["message"] == "'@home, we know this."
    assert rows[0]["what"] == "declined it: @home, we know this."


def test_a_post_shows_its_newest_steps_and_leads_to_all(client: Client, editor: Person) -> None:
    # Given
    post = PostFactory(submitted=True)
    for number in range(24):
        due = datetime(2031, 1, 1, tzinfo=UTC).date() + timedelta(days=number)
        planning.plan(post, by=editor, plan=Plan(editor_due_on=due))
    # When
    page = text(client, address("desk_post", post))
    # Then
    assert page.count("wants the editor to be done by") == 20
    assert "The whole log of this post: 25 steps" in page
    assert len(found(client, f"post={post.pk}")) == 25


def test_a_name_in_the_log_goes_with_the_person(client: Client, editor: Person) -> None:
    colleague = PersonFactory(editor=True, name="Ines Aldana")
    post = PostFactory(submitted=True)
    planning.plan(post, by=editor, plan=Plan(editor=colleague))
    assert "put it in the hands of Ines Aldana" in text(client, address("desk_log"))
    colleague.delete()
    assert "Ines Aldana" not in text(client, address("desk_log"))


def test_the_log_costs_the_same_for_one_step_and_for_sixty(
    client: Client, django_assert_num_queries
) -> None:
    for count in (1, 59):
        PostFactory.create_batch(count, submitted=True)
        for page, number in ((address("desk_log"), 6), (address("desk_log_csv"), 3)):
            text(client, page)
            with django_assert_num_queries(number):
                text(client, page)


def test_what_happened_is_never_changed(client: Client, publisher: Person) -> None:
    # Given
    PostFactory(submitted=True)
    event = PostEvent.objects.get()
    # Then
    event.message = "It was otherwise."
    with pytest.raises(TypeError):
        event.save()
    # Not in the admin either
    client.force_login(publisher)
    change = reverse("admin:blog_postevent_change", args=[event.pk])
    assert client.post(change, {"message": "It was otherwise."}).status_code == 403
    delete = reverse("admin:blog_postevent_delete", args=[event.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert client.get(reverse("admin:blog_postevent_add")).status_code == 403
    assert PostEvent.objects.get().message == ""


def test_the_log_is_for_editors(author: Person, moderator: Person) -> None:
    for name in ("desk_log", "desk_log_csv"):
        assert Client().get(address(name)).status_code == 302
        for person in (author, moderator):
            stranger = Client()
            stranger.force_login(person)
            assert stranger.get(address(name)).status_code == 403


def test_no_step_lets_a_script_through(client: Client, editor: Person) -> None:
    post = PostFactory(title=XSS[:100], submitted=True)
    workflow.decline(post, editor=editor, message=XSS)
    page = text(client, address("desk_log"))
    assert not any(harm in page for harm in HARM)


def kinds_in(path: Path) -> set[str]:
    """The kinds of events that a module records by name."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return {
        word.value.value
        for call in calls
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in RULES
        for word in call.keywords
        if word.arg == "kind" and isinstance(word.value, ast.Constant)
    }


def test_every_kind_of_step_has_words() -> None:
    recorded = set().union(*(kinds_in(path) for path in (ROOT / "blog").glob("*.py")))
    assert {"begun", "submitted", "declined", "suggested"} <= recorded
    assert recorded - happenings.HAPPENINGS.keys() == set()
