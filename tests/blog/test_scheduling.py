"""A post goes public and ends at the moment that was chosen, once, whoever was asleep."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter, Person
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from blog import checklist, publishing, removal, scheduling, workflow
from blog.forms.scheduling import ScheduleForm
from blog.models import CheckItem, Need, Post, PostState
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory

pytestmark = [pytest.mark.django_db, pytest.mark.stores]
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SOON = NOW + timedelta(days=2)
LATER = NOW + timedelta(days=9)
NOTE = "This course has taken place."


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def scheduled(editor: Person, **facts: Any) -> Post:
    return scheduling.schedule(PostFactory(accepted=True, **facts), editor=editor, at=SOON)


def again(post: Post) -> Post:
    return Post.objects.select_related("head", "author").get(pk=post.pk)


def is_read(post: Post) -> bool:
    return Client().get(post.get_absolute_url()).status_code == 200


def test_a_scheduled_post_is_read_from_its_moment_on(editor, run_tasks):
    # Given
    post = scheduled(editor)
    Letter.objects.all().delete()
    run_tasks()
    assert (again(post).state, is_read(post)) == (PostState.SCHEDULED, False)
    # When
    with time_machine.travel(SOON + timedelta(seconds=3), tick=False):
        run_tasks()
        # Then
        post = again(post)
        assert (post.state, post.published_at, is_read(post)) == (PostState.PUBLISHED, SOON, True)
        assert post.head.number == 1
        event = post.events.last()
        assert (event.kind, event.actor) == ("published_as_planned", editor)


def test_a_moment_that_was_slept_through_is_caught_up_with_and_keeps_its_date(editor):
    post = scheduled(editor)
    with time_machine.travel(SOON + timedelta(days=3), tick=False):
        call_command("publish_due", verbosity=0)
        assert again(post).published_at == SOON


def test_a_post_is_published_once_however_often_the_moment_is_looked_for(editor, run_tasks):
    # Given
    post = scheduled(editor)
    Letter.objects.all().delete()
    # When
    with time_machine.travel(SOON, tick=False):
        assert (scheduling.publish_due(), scheduling.publish_due()) == (1, 0)
        scheduling.publish_in_time.call(post.pk)
        # Then
        assert post.events.filter(to_state=PostState.PUBLISHED).count() == 1
        assert [letter.to for letter in Letter.objects.all()] == [post.author.person.email]


def test_a_plan_comes_true_although_the_login_of_its_maker_is_gone(editor):
    post = scheduled(editor)
    Person.objects.filter(pk=editor.pk).delete()
    with time_machine.travel(SOON, tick=False):
        assert scheduling.publish_due() == 1
        assert is_read(post)
        assert post.events.last().actor is None


@pytest.mark.django_db(transaction=True)
def test_two_who_look_at_once_publish_once():
    # Given
    with time_machine.travel(NOW, tick=False):
        post = scheduled(PersonFactory(editor=True))
    Letter.objects.all().delete()
    start, done = Barrier(2), []

    def look() -> None:
        start.wait(10)
        done.append(scheduling.publish_due())
        connection.close()

    # When
    with time_machine.travel(SOON, tick=False):
        threads = [Thread(target=look) for _one in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    # Then
    assert sorted(done) == [0, 1]
    assert post.events.filter(to_state=PostState.PUBLISHED).count() == 1
    assert Letter.objects.count() == 1


def test_what_is_wrong_with_one_post_keeps_no_other_from_its_day(editor, monkeypatch):
    broken, sound = scheduled(editor), scheduled(editor)
    Post.objects.filter(pk=broken.pk).update(title="x" * 200, head=None, body="")
    original = publishing.show

    def show(post: Post, **facts: Any) -> Post:
        if post.pk == broken.pk:
            raise ValueError
        return original(post, **facts)

    monkeypatch.setattr(publishing, "show", show)
    with time_machine.travel(SOON, tick=False):
        assert scheduling.publish_due() == 1
        assert (again(broken).state, again(sound).state) == ("scheduled", "published")


def test_a_post_that_lost_what_the_site_requires_is_held_back_and_editors_are_told_once(
    editor, publisher
):
    # Given
    post = scheduled(editor)
    checklist.set_needs(publisher=publisher, needs={CheckItem.INTRODUCTION: Need.REQUIRED})
    Letter.objects.all().delete()
    # When
    with time_machine.travel(SOON, tick=False):
        assert (scheduling.publish_due(), scheduling.publish_due()) == (0, 0)
        # Then
        post = again(post)
        assert (post.state, post.published_at) == (PostState.ACCEPTED, None)
        told = [letter.to for letter in Letter.objects.all()]
        assert {editor.email, publisher.email, post.author.person.email} <= set(told)
        assert len(set(told)) == len(told)
        assert "held back" in Letter.objects.get(to=publisher.email).body


def test_another_moment_takes_the_place_of_the_first(editor, run_tasks):
    post = scheduled(editor)
    scheduling.schedule(post, editor=editor, at=LATER)
    with time_machine.travel(SOON, tick=False):
        run_tasks()
        assert again(post).state == PostState.SCHEDULED
    with time_machine.travel(LATER, tick=False):
        run_tasks()
        assert again(post).published_at == LATER


def test_a_day_that_is_taken_back_does_not_come_and_the_author_is_told(
    editor, run_tasks, mailoutbox
):
    post = scheduling.unschedule(scheduled(editor), editor=editor)
    with time_machine.travel(SOON, tick=False):
        run_tasks()
        post = again(post)
        assert (post.state, post.published_at) == (PostState.ACCEPTED, None)
    subjects = [mail.subject for mail in mailoutbox if mail.to == [post.author.person.email]]
    assert [subject.split(":")[0] for subject in subjects][-2:] == [
        "Your post has a date",
        "Your post has no date for now",
    ]


def test_a_post_given_back_to_its_author_has_no_day_left(editor):
    post = workflow.request_changes(scheduled(editor), editor=editor, message="One more thing.")
    assert again(post).published_at is None
    with time_machine.travel(SOON, tick=False):
        assert scheduling.publish_due() == 0


def test_an_editor_publishes_a_scheduled_post_earlier(editor):
    post = publishing.publish(scheduled(editor), editor=editor)
    assert again(post).published_at == NOW
    with time_machine.travel(SOON, tick=False):
        assert scheduling.publish_due() == 0


def test_who_may_not_and_what_cannot_be_is_refused(editor, publisher):
    accepted, draft = PostFactory(accepted=True), PostFactory(submitted=True)
    public, plan = PostFactory(published=True), scheduled(editor)
    moderator, author = PersonFactory(moderator=True), plan.author.person
    schedule, unschedule = scheduling.schedule, scheduling.unschedule
    expire, keep = scheduling.expire_at, scheduling.keep
    refused = [
        (NotAllowed, lambda: schedule(accepted, editor=moderator, at=SOON)),
        (NotAllowed, lambda: unschedule(plan, editor=author)),
        (WrongMoment, lambda: schedule(accepted, editor=editor, at=NOW)),
        (WrongMoment, lambda: schedule(draft, editor=editor, at=SOON)),
        (WrongMoment, lambda: schedule(public, editor=publisher, at=SOON)),
        (Invalid, lambda: schedule(plan, editor=editor, at=SOON)),
        (WrongMoment, lambda: unschedule(accepted, editor=editor)),
        (WrongMoment, lambda: publishing.publish(accepted, editor=editor, at=SOON)),
        (WrongMoment, lambda: workflow.accept(plan, editor=editor)),
        (NotAllowed, lambda: expire(public, editor=editor, at=SOON, note=NOTE)),
        (NotAllowed, lambda: expire(plan, editor=author, at=LATER, note=NOTE)),
        (Invalid, lambda: expire(plan, editor=editor, at=SOON, note=NOTE)),
        (Invalid, lambda: expire(plan, editor=editor, at=LATER, note=" ")),
        (WrongMoment, lambda: expire(public, editor=publisher, at=NOW, note=NOTE)),
        (WrongMoment, lambda: keep(public, editor=publisher)),
    ]
    posts = (accepted, draft, public, plan)
    before = [(again(post).state, post.events.count()) for post in posts]
    for refusal, act in refused:
        with pytest.raises(refusal):
            act()
    assert before == [(again(post).state, post.events.count()) for post in posts]


def test_a_published_post_ends_at_its_moment_with_a_sentence_for_readers(
    publisher, run_tasks, mailoutbox
):
    # Given
    post = PostFactory(published=True)
    scheduling.expire_at(post, editor=publisher, at=SOON, note=NOTE)
    # When
    with time_machine.travel(SOON, tick=False):
        run_tasks()
        assert scheduling.expire_due() == 0
        # Then
        page = Client().get(post.get_absolute_url())
        assert (page.status_code, NOTE in page.content.decode()) == (410, True)
        event = again(post).events.last()
        assert (event.kind, event.actor, event.message) == ("unpublished", publisher, NOTE)
        assert sum("unpublished" in mail.subject for mail in mailoutbox) == 1


def test_a_post_that_ended_and_comes_back_does_not_end_again(publisher):
    post = PostFactory(published=True)
    scheduling.expire_at(post, editor=publisher, at=SOON, note=NOTE)
    with time_machine.travel(LATER, tick=False):
        scheduling.expire_due()
        post = again(post)
        removal.publish_again(post, by=publisher, version=post.version)
        assert (scheduling.expire_due(), is_read(post)) == (0, True)


def test_an_end_can_be_chosen_with_the_day_and_both_are_caught_up_with(editor):
    post = scheduling.expire_at(scheduled(editor), editor=editor, at=LATER, note=NOTE)
    with time_machine.travel(LATER, tick=False):
        call_command("publish_due", verbosity=0)
        assert [event.kind for event in again(post).events.all()][-2:] == [
            "published_as_planned",
            "unpublished",
        ]


def test_an_end_that_is_taken_back_does_not_come(publisher):
    post = PostFactory(published=True)
    scheduling.expire_at(post, editor=publisher, at=SOON, note=NOTE)
    scheduling.keep(post, editor=publisher)
    with time_machine.travel(SOON, tick=False):
        assert scheduling.expire_due() == 0


BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
CLOCKS = [
    # zone, hour that is left out, hour that comes twice, its first time in UTC
    (BERLIN, "2026-03-29T02:30", "2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    (NEW_YORK, "2026-03-08T02:30", "2026-11-01T01:30", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
]


@pytest.mark.parametrize(("zone", "left_out", "twice", "first"), CLOCKS)
def test_hours_are_those_of_the_site_across_both_changes_of_the_clock(
    zone, left_out, twice, first, publisher
):
    # Given
    client, post = Client(), PostFactory(accepted=True)
    client.force_login(publisher)
    address = reverse("blog:desk_schedule", args=(post.pk,))
    with timezone.override(zone):
        # When / Then
        page = client.post(address, {"at": left_out})
        assert "does not exist" in page.content.decode()
        assert again(post).state == PostState.ACCEPTED
        # When / Then
        page = client.post(address, {"at": twice}, follow=True)
        assert "comes twice" in page.content.decode()
        assert again(post).published_at == first


@pytest.mark.parametrize(
    ("zone", "typed", "meant"),
    [
        ("Europe/Berlin", "2026-03-29T01:59", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("Europe/Berlin", "2026-03-29T03:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("America/New_York", "2026-07-04T12:00:00", datetime(2026, 7, 4, 16, 0, tzinfo=UTC)),
    ],
)
def test_an_hour_means_what_the_clock_of_the_site_shows(zone, typed, meant):
    with timezone.override(zone):
        form = ScheduleForm({"at": typed})
        assert form.is_valid()
        assert (form.cleaned_data["at"].at, form.comes_twice) == (meant, False)


@pytest.mark.parametrize("typed", ["", "tomorrow", "2026-13-40T99:99", "\0", "0001-01-01T00:00"])
def test_what_is_no_hour_is_asked_for_again(typed):
    with timezone.override("Asia/Tokyo"):
        assert not ScheduleForm({"at": typed}).is_valid()


def test_the_workbench_offers_what_can_be_planned_now(editor, publisher):
    client = Client()
    client.force_login(editor)
    plan = scheduling.expire_at(scheduled(editor), editor=editor, at=LATER, note=NOTE)
    page = client.get(reverse("blog:desk_post", args=(plan.pk,))).content.decode()
    assert 'value="2026-03-03T09:00"' in page
    assert 'value="2026-03-10T09:00"' in page
    assert "Accept the text" not in page
    public = reverse("blog:desk_post", args=(PostFactory(published=True).pk,))
    assert "Give it an end" not in client.get(public).content.decode()
    client.force_login(publisher)
    assert "Give it an end" in client.get(public).content.decode()


@pytest.mark.parametrize("name", ["schedule", "unschedule", "expire", "keep"])
def test_only_editors_come_through_the_doors_and_only_by_post(name, client, author, editor):
    address = reverse(f"blog:desk_{name}", args=(PostFactory(accepted=True).pk,))
    client.force_login(author)
    assert client.post(address).status_code == 403
    client.force_login(editor)
    assert client.get(address).status_code == 405
    assert client.post(reverse(f"blog:desk_{name}", args=(99_999,))).status_code == 404
