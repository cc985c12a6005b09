"""The public figures equal what is counted by hand, and say "no data" where there is none."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from blog import publishing
from blog.models import EditLabel, Post
from editorial import asking, disputes, measures, merging, undoing
from editorial.measures import Share, Spread, spread
from editorial.models import DeclineReason, Dispute
from tests.factories.blog import an_editor
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    BODY,
    DisputeFactory,
    WorkshopPostFactory,
    clarified,
    decide,
    point,
)

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def on_day(day: float) -> time_machine.travel:
    return time_machine.travel(START + day * DAY, tick=False)


def raised(day: float, **facts: object) -> Dispute:
    with on_day(day):
        return DisputeFactory(**facts)


def taken_up(dispute: Dispute, day: float) -> None:
    with on_day(day):
        disputes.accept(
            dispute, editor=an_editor(), summary="Parts are charged.", version=dispute.version
        )


def decided(dispute: Dispute, day: float, **facts: object) -> None:
    with on_day(day):
        decide(dispute, editor=an_editor(), **facts)


def declined(dispute: Dispute, day: float) -> None:
    with on_day(day):
        disputes.decline(
            dispute,
            editor=an_editor(),
            because=DeclineReason.UNCLEAR,
            sentence="It does not say what is wrong.",
            version=dispute.version,
        )


@pytest.mark.django_db
def test_the_figures_equal_those_counted_by_hand():
    """Scenario 48."""
    # Given
    upheld, kept, open_one, unclear, _unread = (raised(day) for day in (0, 1, 2, 3, 4))
    taken_up(upheld, 2)
    taken_up(kept, 2)
    taken_up(open_one, 6)
    decided(upheld, 4, **clarified())
    decided(kept, 11, promises_follow_up=True)
    declined(unclear, 4)
    with on_day(4):
        disputes.open_dispute(WorkshopPostFactory(), editor=an_editor(), point=point())
    # When
    with on_day(40):
        found = measures.counted()
    # Then
    assert (found.received, found.taken_up, found.upheld, found.unchanged) == (4, 3, 1, 1)
    assert found.not_accepted == [(str(DeclineReason.UNCLEAR.label), 1)]
    assert found.first_act == Spread(4, 1.5 * DAY, 4 * DAY)
    assert found.to_decide == Spread(2, 7 * DAY, 10 * DAY)
    assert found.waited_for_raiser == Spread()
    assert (found.open_now, found.oldest_open) == (2, open_one.created_at)
    assert found.reopened == Share(0, 2)
    assert found.raised_by_readers == Share(1, 1)
    assert found.follow_ups_kept == Share(0, 1)
    assert (found.edits_untold, found.corrections_undone) == (0, 0)


@pytest.mark.django_db
def test_an_empty_site_says_no_data_rather_than_zero_days(client: Client):
    """Scenario 48."""
    html = client.get(reverse("editorial:figures")).content.decode()
    assert "There is no data yet" in html
    assert "0 days" not in html


@pytest.mark.django_db
def test_a_report_that_nobody_has_read_changes_no_byte_of_the_figures(client: Client):
    # Given
    decided(DisputeFactory(under_review=True), 1)
    before = client.get(reverse("editorial:figures")).content
    # When
    DisputeFactory()
    cache.clear()
    # Then
    assert client.get(reverse("editorial:figures")).content == before


@pytest.mark.django_db
def test_what_readers_never_saw_moves_no_figure_before_its_month_is_over(client: Client):
    # Given
    with on_day(0):
        post = WorkshopPostFactory()
    into, asked, merged, dropped = (raised(2, post=post) for _time in range(4))
    taken_up(into, 3)

    def figures(day: float) -> bytes:
        cache.clear()
        with on_day(day):
            return client.get(reverse("editorial:figures")).content

    before = figures(20)
    # When
    declined(dropped, 4)
    with on_day(5):
        merging.merge(merged, into=into, editor=an_editor(), version=merged.version)
        asking.ask(asked, editor=an_editor(), text="Which part?", version=asked.version)
    # Then
    assert figures(20) == before
    # When the month is over
    with on_day(40):
        found = measures.counted()
    # Then
    assert (found.received, found.first_act.n) == (3, 3)
    assert found.not_accepted == [(str(DeclineReason.UNCLEAR.label), 1)]
    # When the last one is declined in the next month
    before = figures(50)
    declined(Dispute.objects.get(pk=asked.pk), 41)
    with on_day(41):
        merged.refresh_from_db()
        merging.unmerge(merged, editor=an_editor(), version=merged.version)
    # Then
    assert figures(50) == before


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_the_same_however_much_was_decided(
    client: Client, django_assert_num_queries, number: int
):
    # Given
    for _time in range(number):
        DisputeFactory(under_review=True)
    client.get(reverse("editorial:figures"))
    cache.clear()
    # Then
    with django_assert_num_queries(7):
        measures.counted()


@given(st.lists(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=400))))
def test_half_and_nine_of_ten_are_within_what_is_said(times: list[timedelta]):
    found = spread(times)
    assert found.n == len(times)
    if found.median is None or found.p90 is None:
        assert times == []
        return
    assert 2 * sum(time <= found.median for time in times) >= found.n
    assert 10 * sum(time <= found.p90 for time in times) >= 9 * found.n
    assert 2 * sum(time >= found.median for time in times) >= found.n
    assert found.p90 in times


@pytest.mark.django_db
def test_points_of_a_comment_count_as_read_and_in_no_time_of_a_first_act():
    # Given
    comment = PostCommentFactory(post=WorkshopPostFactory(), published=True, text="Not so.")
    said = [point(quote="Not so")]
    # When
    disputes.open_from_comment(comment, editor=an_editor(), said=said)
    # Then
    found = measures.counted()
    assert (found.received, found.taken_up, found.first_act.n) == (1, 1, 0)


@pytest.mark.django_db
def test_a_decision_that_was_taken_back_at_once_is_in_no_figure():
    # Given
    dispute = DisputeFactory(under_review=True)
    decision = decide(dispute, editor=dispute.assigned_to, promises_follow_up=True, **clarified())
    # When
    undoing.undo(decision, editor=dispute.assigned_to)
    # Then
    found = measures.counted()
    assert (found.upheld, found.unchanged, found.to_decide.n, found.open_now) == (0, 0, 0, 1)
    none = Share(0, 0)
    assert [found.reopened, found.raised_by_readers, found.follow_ups_kept] == [none] * 3
    assert found.corrections_undone == 0


@pytest.mark.django_db
def test_a_decision_taken_back_and_taken_anew_counts_once():
    # Given
    dispute = DisputeFactory(under_review=True)
    undoing.undo(decide(dispute, editor=dispute.assigned_to), editor=dispute.assigned_to)
    # When
    decide(dispute, editor=dispute.assigned_to, **clarified())
    # Then
    found = measures.counted()
    assert (found.upheld, found.unchanged, found.to_decide.n) == (1, 0, 1)
    assert (found.reopened, found.raised_by_readers) == (Share(0, 1), Share(1, 1))


@pytest.mark.django_db
def test_an_edit_nobody_was_asked_about_is_counted():
    # Given
    dispute = DisputeFactory(under_review=True)
    post = Post.objects.get(pk=dispute.claim.post_id)
    facts = {"label": EditLabel.COSMETIC, "reason": "", "base": post.head}
    # When
    publishing.reword(post, by=an_editor(), body=BODY.replace("no extra", "a small extra"), **facts)
    # Then
    assert measures.counted().edits_untold == 1


@pytest.mark.django_db
def test_a_correction_that_an_edit_undid_is_counted():
    # Given
    dispute = DisputeFactory(decided=True)
    post = Post.objects.get(pk=dispute.claim.post_id)
    # When
    facts = {"label": EditLabel.COSMETIC, "reason": "", "base": post.head}
    publishing.reword(post, by=an_editor(), body=BODY, **facts)
    # Then
    assert measures.counted().corrections_undone == 1
