"""The lists of the disputes' desk: what is in which, since when, the oldest first."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from editorial.desk_lists import DeskList
from editorial.models import AuthorReply, Dispute, DisputeState, Question
from tests.factories.blog import RevisionFactory, an_editor
from tests.factories.editorial import (
    APPOINTMENT,
    BODY,
    PARTS,
    PRACTICE,
    DisputeFactory,
    WorkshopPostFactory,
    decide,
)

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def look(client, name="", **facts):
    response = client.get(reverse("editorial:disputes"), {"list": name, **facts})
    return response.context["listing"]


def shown(client, name=""):
    return list(look(client, name).page)


def numbers(client):
    return {tab.name: tab.number for tab in look(client).tabs if tab.number}


def test_each_dispute_is_in_the_lists_where_it_waits(desk, editor):
    # Given
    received = DisputeFactory()
    mine = DisputeFactory(under_review=True, editor=editor)
    theirs = DisputeFactory(under_review=True)
    decide(DisputeFactory(under_review=True), editor=editor)
    # Then
    assert shown(desk) == [received, mine, theirs]
    assert shown(desk, "received") == [received]
    assert shown(desk, "review") == [mine, theirs]
    assert shown(desk, "mine") == [mine]
    assert shown(desk, "unassigned") == [received]
    assert shown(desk, "hearing") == [mine, theirs]
    counted = {"waiting": 3, "received": 1, "review": 2, "mine": 1, "unassigned": 1, "hearing": 2}
    assert numbers(desk) == counted


def test_the_oldest_comes_first_with_its_age(desk):
    # Given
    young, old = DisputeFactory(), DisputeFactory()
    Dispute.objects.filter(pk=old.pk).update(created_at=timezone.now() - 3 * A_DAY)
    # Then
    assert shown(desk, "received") == [old, young]
    html = desk.get(reverse("editorial:disputes")).content.decode()
    assert "3\u00a0days" in html
    assert "waits since" in html


def test_what_is_late_by_our_own_aims_is_told(desk):
    # Given
    late, young = DisputeFactory(under_review=True), DisputeFactory(under_review=True)
    Dispute.objects.filter(pk=late.pk).update(created_at=timezone.now() - 20 * A_DAY)
    # Then
    assert shown(desk, "overdue") == shown(desk, "owed") == [late]
    assert young in shown(desk)


def test_who_was_asked_and_has_not_answered_is_waited_for(desk, editor):
    # Given
    waits, answered = DisputeFactory(), DisputeFactory()
    Dispute.objects.filter(pk=waits.pk).update(state=DisputeState.NEEDS_INFORMATION)
    since = timezone.now() - A_DAY
    Question.objects.create(dispute=waits, asked_by=editor, text="Which chain?", asked_at=since)
    Question.objects.create(
        dispute=answered, text="When?", answer="In May.", answered_at=timezone.now()
    )
    # Then
    [one] = shown(desk, "asked")
    assert (one, one.since) == (waits, since)


def test_the_author_is_waited_for_until_the_reply(desk):
    # Given
    waits, replied = (DisputeFactory(under_review=True) for _one in "12")
    for dispute, facts in ((waits, {}), (replied, {"text": "True.", "replied_at": timezone.now()})):
        AuthorReply.objects.update_or_create(
            dispute=dispute, defaults={"due_at": timezone.now() + 3 * A_DAY, **facts}
        )
    # Then
    assert shown(desk, "hearing") == [waits]


def test_wishes_wait_too(desk):
    # Given
    dispute = DisputeFactory(under_review=True)
    Dispute.objects.filter(pk=dispute.pk).update(wish="withdraw", wished_at=timezone.now())
    # Then
    assert shown(desk, "wishes") == [dispute]
    html = desk.get(reverse("editorial:disputes"), {"list": "wishes"}).content.decode()
    assert "Asks to take it back" in html


def test_words_that_were_edited_away_are_a_task(desk):
    # Given
    dispute = DisputeFactory(under_review=True)
    DisputeFactory(under_review=True)
    RevisionFactory(post=dispute.claim.post, body=BODY.replace(PARTS, "Ask at the counter"))
    # Then
    assert shown(desk, "lost") == [dispute]


def test_promises_are_listed_until_they_end(desk, editor):
    # Given
    decision = decide(DisputeFactory(under_review=True), editor=editor, promises_follow_up=True)
    # Then
    assert shown(desk, "promised") == [decision.follow_up]


def test_a_list_that_is_not_there_is_all_that_is_open(desk):
    assert look(desk, "no such list").shown == DeskList.WAITING


@pytest.mark.parametrize("name", [DeskList.WAITING, DeskList.ASKED, DeskList.RECEIVED])
def test_a_list_costs_the_same_for_one_and_for_thirty(desk, django_assert_max_num_queries, name):
    # Given
    post, editor = WorkshopPostFactory(), an_editor()

    def fill(number):
        for at in range(number):
            words = (PARTS, APPOINTMENT, PRACTICE)[at % 3]
            dispute = DisputeFactory(post=post, words=words, under_review=at % 2 == 0)
            Question.objects.create(dispute=dispute, text="Which chain?", asked_by=editor)
            Dispute.objects.filter(pk=dispute.pk).update(wish="reopen", wished_at=timezone.now())

    url = reverse("editorial:disputes")
    fill(2)
    desk.get(url, {"list": name})
    with django_assert_max_num_queries(20) as for_one:
        desk.get(url, {"list": name})
    assert sum("raised_by_id" in one["sql"] and "abuse" in one["sql"] for one in for_one) == 1
    # When
    fill(30)
    # Then
    with django_assert_max_num_queries(len(for_one)):
        desk.get(url, {"list": name})


def test_the_address_keeps_the_list_on_the_next_page(desk):
    # Given
    post = WorkshopPostFactory()
    first = DisputeFactory(post=post)
    for number in range(30):
        Dispute.objects.create(
            claim=first.claim,
            origin="form",
            grounds="error",
            statement=f"Note {number}.",
            created_at=timezone.now() - timedelta(hours=number),
        )
    # When
    html = desk.get(reverse("editorial:disputes"), {"list": "received"}).content.decode()
    # Then
    assert "?list=received&amp;page=2" in html
    assert len(look(desk, "received", page="2").page.object_list) == 1
