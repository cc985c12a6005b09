"""What the demo shows. It is loaded once for all of these tests."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.models import Person, Profile
from blog.models import (
    DraftComment,
    EditorNote,
    Mark,
    NoteKind,
    Notice,
    Passage,
    Post,
    PostState,
    Publication,
    Topic,
)
from comments.models import CommentState, PostComment, Voice
from config.demo import load
from config.demo.dates import OUR_APPS
from config.demo.logins import LOGINS, demo_logins_open
from editorial.models import Decision, Dispute, DisputeState, Finding, FollowUp, Remedy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_demo")]


@pytest.fixture(scope="module")
def _demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load.load()
        yield
        transaction.set_rollback(True)


def test_six_posts_by_three_guests_and_the_host_can_be_read() -> None:
    # When
    posts = Post.objects.published()

    # Then
    assert posts.count() == 6
    assert set(posts.values_list("author__name", flat=True)) == set(
        Profile.objects.values_list("name", flat=True)
    )
    assert Publication.current().host == Profile.objects.get(person__role="editor")
    assert all(topic.posts.exists() for topic in Topic.objects.all())


def test_the_long_post_has_a_note_of_every_kind_and_a_paid_link() -> None:
    # When
    post = Post.objects.get(slug="workshop-or-shop")

    # Then
    assert set(EditorNote.objects.filter(post=post).values_list("kind", flat=True)) == set(NoteKind)
    assert post.head is not None
    assert post.head.has_affiliate_links


def test_everything_happened_in_the_past_and_in_order() -> None:
    # When
    for post in Post.objects.published():
        events = list(post.events.exclude(kind="note_written").order_by("pk"))

        # Then
        assert post.published_at is not None
        assert post.created_at < post.published_at < timezone.now() - timedelta(days=1)
        assert [event.kind for event in events[:5]] == [
            "begun",
            "described",
            "submitted",
            "accepted",
            "published",
        ]
        assert [event.at for event in events[:5]] == sorted(event.at for event in events[:5])


@pytest.mark.parametrize(
    "field",
    [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if model._meta.app_label in OUR_APPS and isinstance(field, models.DateTimeField)
    ],
    ids=str,
)
def test_nothing_bears_the_time_of_loading(field: models.DateTimeField) -> None:
    # When
    around = (timezone.now() - timedelta(hours=1), timezone.now() + timedelta(hours=1))

    # Then
    assert not field.model._base_manager.filter(**{f"{field.name}__range": around}).exists()


def test_a_text_is_with_its_author_one_waits_and_one_has_its_day() -> None:
    # When
    in_work = Post.objects.exclude(state=PostState.PUBLISHED)

    # Then
    assert set(in_work.values_list("state", flat=True)) == {
        PostState.CHANGES_REQUESTED,
        PostState.SUBMITTED,
        PostState.SCHEDULED,
    }
    scheduled = in_work.get(state=PostState.SCHEDULED)
    assert scheduled.published_at > timezone.now() + timedelta(days=1)
    assert DraftComment.objects.filter(post__state=PostState.CHANGES_REQUESTED).count() == 2


def test_ten_comments_stand_under_the_long_post_and_the_host_speaks_last() -> None:
    # When
    comments = PostComment.objects.on_page(Post.objects.get(slug="workshop-or-shop"))

    # Then
    assert comments.count() == comments.published().count() == 10
    official = comments.get(voice=Voice.OFFICIAL)
    assert official == comments.order_by("submit_date").last()
    assert official.user == Publication.current().host.person
    assert official.in_reply_to.user_name == "Colm Hanratty"


def test_guests_members_and_threads_are_among_them() -> None:
    # When
    comments = PostComment.objects.filter(post__slug="workshop-or-shop").published()
    guests = comments.filter(user=None)

    # Then
    assert guests.exclude(user_url="").exists()
    assert guests.filter(user_url="").exists()
    assert comments.filter(user__role="reader").count() == 1
    assert comments.roots().count() == 4
    assert max(comments.values_list("depth", flat=True)) == 3


def test_one_comment_is_held_and_four_are_spam_and_nobody_is_asked_again() -> None:
    # Then
    assert PostComment.objects.held().count() == 1
    assert PostComment.objects.filter(state=CommentState.SPAM).count() == 4
    assert not PostComment.objects.due_for_a_check().exists()
    assert not PostComment.objects.due_for_a_report().exists()


def test_a_comment_shows_the_day_on_which_it_was_written() -> None:
    # When
    for comment in PostComment.objects.published():
        # Then
        assert comment.submit_date.strftime("%Y-%m-%d") in comment.fragment


def test_one_comment_became_three_claims_that_were_decided() -> None:
    # When
    disputes = Dispute.objects.filter(source_comment__user_name="Colm Hanratty")
    decisions = Decision.objects.filter(disputes__in=disputes).order_by("pk")

    # Then
    assert [dispute.state for dispute in disputes] == [DisputeState.RESOLVED] * 3
    assert [(decision.finding, decision.remedy) for decision in decisions] == [
        (Finding.INCOMPLETE, Remedy.CLARIFICATION),
        (Finding.INCOMPLETE, Remedy.CLARIFICATION),
        (Finding.STANDS, Remedy.NO_CHANGE),
    ]
    assert [decision.notice is not None for decision in decisions] == [True, True, False]
    assert decisions[2].reason_public


def test_one_clarification_is_new_wording_and_one_is_a_note_beside_the_old() -> None:
    # When
    reworded, annotated = Notice.objects.order_by("pk")

    # Then
    assert "0.75 per cent" in reworded.before
    assert "0.5 per cent" in reworded.after
    assert annotated.before == annotated.after == ""
    assert annotated.passage.note.text.startswith("So it is at Lantern Street")
    assert Passage.objects.filter(mark=Mark.CLARIFIED).count() == 2


def test_a_follow_up_is_promised_for_a_day_to_come() -> None:
    # When
    promise = FollowUp.objects.promised().get()

    # Then
    assert promise.claim.disputes.get().decision.remedy == Remedy.NO_CHANGE
    assert promise.due_on > timezone.localdate()


def test_one_dispute_about_another_post_is_still_open() -> None:
    # When
    dispute = Dispute.objects.waiting().get()

    # Then
    assert dispute.state == DisputeState.UNDER_REVIEW
    assert dispute.claim.post.slug == "before-winter"
    assert dispute.claim.passages.get().mark == Mark.DISPUTED
    assert dispute.created_at < dispute.taken_up_at < timezone.now() - timedelta(days=1)


def test_every_decision_comes_after_its_dispute_and_its_comment() -> None:
    # When
    for decision in Decision.objects.all():
        dispute = decision.disputes.get()

        # Then
        assert dispute.source_comment.submit_date < dispute.created_at < decision.decided_at
        assert abs(dispute.closed_at - decision.decided_at) < timedelta(seconds=9)


def test_its_people_live_at_example_addresses() -> None:
    # When
    hosts = {email.partition("@")[2] for email in Person.objects.values_list("email", flat=True)}

    # Then
    assert hosts <= {"example.org", "example.com"}


def test_only_the_four_demo_people_have_a_password() -> None:
    # When
    able = [person.email for person in Person.objects.all() if person.has_usable_password()]

    # Then
    assert sorted(able) == sorted(LOGINS)
    assert demo_logins_open() == list(LOGINS)


def test_a_login_with_another_password_is_closed() -> None:
    # Given
    publisher = Person.objects.get(email="publisher@example.org")
    publisher.set_password("a long sentence that nobody printed")
    publisher.save()

    # When / Then
    assert "publisher@example.org" not in demo_logins_open()


def test_a_login_that_may_not_sign_in_is_closed() -> None:
    # Given
    Person.objects.filter(email="editor@example.org").update(is_active=False)

    # When / Then
    assert "editor@example.org" not in demo_logins_open()
