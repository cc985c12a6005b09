"""The daily mail to moderators about what waits."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail as post_office
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Letter, Person, Role
from blog.models import PassagePosition, PositionStatus
from comments import moderation
from comments.models import Flag, FlagReason, PostComment
from config.management.commands.sweep import SWEEPS
from editorial import digest
from tests.comments.test_concurrency import all_at_once
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory, TrailFactory
from tests.factories.editorial import DisputeFactory, WorkshopPostFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 7, 20, tzinfo=UTC)
DAY = timedelta(days=1)


def held(*, days: float = 1, **facts: object) -> PostComment:
    """A comment that has waited for a person since so many days."""
    comment = PostCommentFactory(left_to_people=True, **facts)
    submitted = NOW - timedelta(days=days)
    PostComment.objects.filter(pk=comment.pk).update(submit_date=submitted)
    return comment


def report(comment: PostComment, reader: str, *, days: float = 1) -> Flag:
    at = NOW - timedelta(days=days)
    return Flag.objects.create(
        comment=comment, reporter=reader, reason=FlagReason.SPAM, created_at=at
    )


def sweep(at: datetime = NOW) -> None:
    with time_machine.travel(at, tick=False):
        call_command("send_moderators_digest", stdout=StringIO())


def digests(person: Person) -> list[Letter]:
    sent = Letter.objects.filter(to=person.email, body__contains="You get this mail once a day")
    return list(sent.order_by("written_at"))


def body(person: Person) -> str:
    [letter] = digests(person)
    return letter.body.replace("\xa0", " ")


def test_a_moderator_is_told_what_waits_and_since_when(moderator):
    # Given
    held(days=3)
    held(days=1)
    shown = PostCommentFactory.create_batch(2, published=True)
    report(shown[0], "one", days=2)
    report(shown[0], "two")
    report(shown[1], "one")
    DisputeFactory()
    # When
    sweep()
    # Then
    [letter] = digests(moderator)
    assert letter.subject.startswith("4 things wait for you at ")
    assert "Comments held: 2, the oldest for 3 days" in body(moderator)
    assert "Comments reported: 2, the oldest for 2 days" in body(moderator)
    assert "http://localhost:8000/desk/comments/" in body(moderator)
    assert "Disputes" not in body(moderator)


@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_an_editor_hears_of_disputes_as_well(request, role):
    # Given
    person = request.getfixturevalue(role)
    with time_machine.travel(NOW - 5 * DAY, tick=False):
        DisputeFactory()
    # When
    sweep()
    # Then
    assert digests(person)[0].subject.startswith("One thing waits for you")
    assert "Disputes received: 1, the oldest for 5 days" in body(person)
    assert "/desk/disputes/?list=received" in body(person)
    assert "Comments" not in body(person)


def test_an_editor_hears_of_what_is_late_and_of_what_lost_its_words(editor):
    # Given
    with time_machine.travel(NOW - 9 * DAY, tick=False):
        DisputeFactory(under_review=True)
        lost = DisputeFactory(under_review=True)
        PassagePosition.objects.filter(passage__claims=lost.claim).update(
            status=PositionStatus.ORPHAN, start=None, end=None
        )
    # When
    sweep()
    # Then
    assert "Disputes that should be decided by now: 2, the oldest for 1 week" in body(editor)
    assert "Disputes that lost their words: 1" in body(editor)
    assert "/desk/disputes/?list=overdue" in body(editor)


def test_nothing_is_sent_while_nothing_waits(moderator, editor):
    # Given
    PostCommentFactory(published=True)
    PostCommentFactory(spam=True)
    DisputeFactory(declined=True)
    flag = report(PostCommentFactory(published=True), "one")
    Flag.objects.filter(pk=flag.pk).update(state="dismissed", decided_at=NOW)
    # When
    sweep()
    # Then
    assert digests(moderator) == digests(editor) == []


def test_a_moderator_hears_nothing_of_disputes_alone(moderator):
    DisputeFactory()
    sweep()
    assert digests(moderator) == []


def test_it_is_sent_once_a_day_however_often_the_sweep_runs(moderator):
    # Given
    held()
    # When
    for minutes in (0, 1, 20, 600):
        sweep(NOW + timedelta(minutes=minutes))
    # Then
    assert len(digests(moderator)) == 1
    # When
    sweep(NOW + DAY)
    # Then
    assert len(digests(moderator)) == 2


def test_it_is_sent_from_seven_on_in_the_zone_of_the_site(moderator, settings):
    # Given
    settings.TIME_ZONE = "America/Caracas"  # four hours behind
    held()
    numbers = []
    # When
    for hour, minute in ((7, 30), (10, 59), (11, 0)):
        sweep(NOW.replace(hour=hour, minute=minute))
        numbers.append(len(digests(moderator)))
    # Then
    assert numbers == [0, 0, 1]


def test_when_nothing_waited_at_seven_it_is_sent_later_that_day(moderator):
    # Given
    sweep()
    # When
    held(days=-0.1)
    sweep(NOW + timedelta(hours=4))
    # Then
    assert len(digests(moderator)) == 1


@pytest.mark.parametrize(
    "change", [{"wants_digest": False}, {"is_active": False}, {"role": Role.AUTHOR}]
)
def test_whoever_does_not_want_it_or_is_no_moderator_gets_none(moderator, change):
    held()
    Person.objects.filter(pk=moderator.pk).update(**change)
    sweep()
    assert digests(moderator) == []


def test_each_of_the_oldest_comments_is_listed_with_all_a_decision_needs(moderator):
    # Given
    post = WorkshopPostFactory(title="Workshop or shop")
    comment = held(days=2, post=post, by__name="Ana", text="Grease first.\n\nThen oil.")
    # When
    sweep()
    # Then
    text = body(moderator)
    assert "Ana on “Workshop or shop”, 2 days ago\n> Grease first. Then oil.\n" in text
    assert "Why it is held: Judged: unknown.\n" in text
    links = re.findall(r"http://localhost:8000/desk/comments/by-mail/[\w:.-]+/", text)
    assert len(links) == 2
    assert comment.user_email not in text


def test_at_most_ten_are_listed_the_oldest_first_and_long_ones_are_cut(moderator):
    # Given
    for days in range(1, 13):
        held(days=days, by__name=f"Guest of day {days}", text=f"{days} " + "word " * 100)
    # When
    sweep()
    # Then
    names = [int(day) for day in re.findall(r"^Guest of day (\d+)", body(moderator), re.MULTILINE)]
    assert names == list(range(12, 2, -1))
    assert "Comments held: 12" in body(moderator)
    quoted = re.findall(r"^> (.*)$", body(moderator), re.MULTILINE)
    assert {len(words) for words in quoted} == {300}


def test_the_words_of_strangers_never_look_like_ours(moderator):
    # Given
    trap = "Fine.\n\nPublish it: https://evil.example/\r\nIt is spam: https://evil.example/"
    held(text=trap)
    held(text=f"a{chr(0x2028)}Publish it: https://evil.example/")
    # When
    sweep()
    # Then
    ours = re.findall(r"^(?:Publish it|It is spam): (\S+)$", body(moderator), re.MULTILINE)
    assert len(ours) == 4
    assert {link.partition("/desk/")[0] for link in ours} == {"http://localhost:8000"}
    evil = [line for line in body(moderator).splitlines() if "evil" in line]
    assert [line for line in evil if not line.startswith("> ")] == []


def test_the_links_in_the_mail_decide_as_the_moderator_who_got_it(client, moderator):
    # Given
    other = PersonFactory(moderator=True)
    comment = held()
    sweep()
    mine, theirs = (
        re.findall(r"Publish it: http://localhost:8000(\S+)", body(person))
        for person in (moderator, other)
    )
    # When
    with time_machine.travel(NOW + timedelta(hours=1)):
        first = client.post(mine[0], {"edition": ""})
        second = client.post(theirs[0], {"edition": ""})
    # Then
    comment.refresh_from_db()
    assert (first.status_code, second.status_code, comment.state) == (302, 409, "published")
    assert [event.actor for event in comment.events.filter(kind="decided")] == [moderator]


def test_it_can_be_ended_with_one_click_in_a_mail_program(client, moderator, run_tasks):
    # Given
    held()
    sweep()
    run_tasks()
    [sent] = [sent for sent in post_office.outbox if sent.to == [moderator.email]]
    address = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert address in sent.body
    # When
    with time_machine.travel(NOW + 2 * DAY):
        answer = client.post(
            address.removeprefix("http://localhost:8000"), {"List-Unsubscribe": "One-Click"}
        )
        held()
        sweep(NOW + 2 * DAY)
    # Then
    moderator.refresh_from_db()
    assert (answer.status_code, moderator.wants_digest) == (200, False)
    assert digests(moderator) == []


def test_neither_an_address_nor_an_ip_of_a_writer_is_in_the_mail(moderator):
    held(by__email="ana@example.net", trail=TrailFactory(ip="203.0.113.9"))
    sweep()
    assert [one for one in ("ana@example.net", "203.0.113.9") if one in body(moderator)] == []


def test_a_comment_decided_by_somebody_is_not_listed(moderator):
    # Given
    comment = held(text="Decided already.")
    held(text="Still here.")
    moderation.approve(comment, moderator=moderator)
    # When
    sweep()
    # Then
    assert "Decided already." not in body(moderator)
    assert "Still here." in body(moderator)


def test_thirty_held_comments_cost_no_more_queries_than_one(moderator):
    # Given
    post = WorkshopPostFactory()

    def queries(number: int) -> int:
        for _one in range(number):
            held(post=post)
        Person.objects.exclude(pk=moderator.pk).update(wants_digest=False)
        Person.objects.update(digest_on=None)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            sweep()
        return len(captured)

    # Then
    assert queries(2) == queries(28)


@pytest.mark.django_db(transaction=True)
def test_sweeps_at_once_send_one_digest(moderator):
    # Given
    held()
    # When
    with time_machine.travel(NOW, tick=False):
        written = all_at_once([digest.send_due] * 4)
    # Then
    assert len(digests(moderator)) == 1
    people = Person.objects.filter(digest_on=NOW.date()).count()
    assert (
        sum(written) == people == Letter.objects.filter(subject__contains="waits for you").count()
    )


def test_the_sweep_of_the_site_sends_it():
    assert ("send_moderators_digest", {}) in SWEEPS
