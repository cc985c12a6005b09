"""Ten minutes to take a decision back: mails wait, and everything it did can be undone."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter
from accounts.refusals import NotAllowed, WrongMoment
from blog import publishing, workflow
from blog.models import Mark, Notice, NoticeState, Post, Severity
from comments.models import CommentState, Notification, PostComment, Voice
from editorial import disputes, follow_ups, telling, undoing
from editorial.decisions import Edit
from editorial.models import (
    Decision,
    DisputeEventKind,
    DisputeState,
    Finding,
    FollowUp,
    FollowUpState,
    Remedy,
)
from editorial.points import Raiser
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory, an_editor
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    APPOINTMENT,
    BODY,
    PARTS,
    DisputeFactory,
    WorkshopPostFactory,
    case,
    clarified,
    decide,
    decide_all,
    point,
)
from tests.factories.following import FollowFactory

pytestmark = pytest.mark.django_db
RAISER = "ola@example.net"
TEN_MINUTES = timedelta(minutes=10)
ANSWER = "Thank you. The first is clarified, the second we keep."


@pytest.fixture
def dispute(db):
    return DisputeFactory(under_review=True, raiser=Raiser(email=RAISER))


def post_of(dispute):
    return Post.objects.select_related("head").get(pk=dispute.claim.post_id)


def later(minutes=10):
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False)


def decided_together(editor, post=None):
    """Two points of one comment: one reworded with a note, one kept with a promise."""
    comment = PostCommentFactory(
        post=post or WorkshopPostFactory(), text="Parts are charged. Come early.", published=True
    )
    said = [point(quote="Parts are charged."), point(APPOINTMENT, quote="Come early.")]
    one, two = disputes.open_from_comment(comment, editor=editor, said=said)
    facts = clarified()
    edit = facts.pop("edit")
    note = "Ask for the price of new parts."
    cases = [case(one, note=note, **facts), case(two, promises_follow_up=True)]
    return decide_all(cases, editor=editor, edit=edit, answer=ANSWER)


def test_readers_see_a_decision_at_once_and_nobody_gets_a_mail_yet(client, dispute, editor):
    # Given
    Letter.objects.all().delete()
    # When
    decision = decide(dispute, editor=editor, **clarified())
    # Then
    assert "[clarified" in client.get(post_of(dispute).get_absolute_url()).content.decode()
    assert not Letter.objects.exists()
    assert decision.told_at is None


def test_after_ten_minutes_everybody_is_told_once(dispute, editor, run_tasks):
    # Given
    Letter.objects.all().delete()
    decision = decide(dispute, editor=editor, **clarified())
    run_tasks()
    assert not Letter.objects.exists()
    # When
    with later():
        telling.tell.call(decision.pk)
        telling.tell.call(decision.pk)
        telling.tell_due()
    # Then
    author = dispute.claim.post.author.person.email
    assert sorted(Letter.objects.values_list("to", flat=True)) == sorted([RAISER, author])
    decision.refresh_from_db()
    assert decision.told_at is not None


def test_the_sweep_tells_what_a_lost_task_left(dispute, editor):
    # Given
    Letter.objects.all().delete()
    decide(dispute, editor=editor, **clarified())
    call_command("tell_decisions", verbosity=0)
    assert not Letter.objects.exists()
    # When
    with later():
        call_command("tell_decisions", verbosity=0)
        call_command("tell_decisions", verbosity=0)
    # Then
    assert Letter.objects.filter(to=RAISER).count() == 1


def test_undoing_puts_everything_back(client, editor):
    # Given
    made = decided_together(editor)
    one, two = (decision.disputes.get() for decision in made)
    base = made[0].base_revision
    Letter.objects.all().delete()
    # When
    taken_back = undoing.undo(made[0], editor=editor)
    # Then the disputes are open again, with their marks
    assert {decision.pk for decision in taken_back} == {decision.pk for decision in made}
    for dispute in (one, two):
        dispute.refresh_from_db()
        assert (dispute.state, dispute.decision) == (DisputeState.UNDER_REVIEW, None)
        last = dispute.events.last()
        assert (last.kind, last.actor) == (DisputeEventKind.UNDONE, editor)
        passage = dispute.claim.passages.get()
        assert (passage.mark, passage.reference) == (Mark.DISPUTED, dispute.public_id)
    # and the words, by a revision of their own, with the passages where they were
    post = post_of(one)
    assert (post.head.number, post.head.body_html) == (3, base.body_html)
    assert post.head.reason == "A decision was taken back before anybody was told."
    for passage in post.passages.filter(claims__isnull=False):
        was, now = (passage.positions.get(revision=text) for text in (base, post.head))
        assert (now.start, now.end, now.status) == (was.start, was.end, was.status)
    assert not Notice.objects.undone().exists()
    # and what was promised and said
    assert not post.notes.standing().exists()
    assert FollowUp.objects.get().state == FollowUpState.DROPPED
    answer = PostComment.objects.get(voice=Voice.OFFICIAL)
    assert answer.state == CommentState.REMOVED
    html = client.get(post.get_absolute_url()).content.decode()
    assert html.count("[disputed") == 2
    assert "clarified" not in html
    # and nobody is told
    with later(20):
        telling.tell_due()
    assert not Letter.objects.exists()


def test_the_notice_keeps_its_address_and_stands_nowhere_else(client, dispute, editor):
    # Given
    facts = clarified() | {"finding": Finding.INACCURATE, "remedy": Remedy.CORRECTION}
    decision = decide(dispute, editor=editor, severity=Severity.PREMISE, **facts)
    assert post_of(dispute).title_label
    # When
    undoing.undo(decision, editor=editor)
    # Then
    notice = Notice.objects.get()
    assert notice.state == NoticeState.TAKEN_BACK
    page = client.get(notice.get_absolute_url())
    assert page.status_code == 200
    assert "taken back before anybody was told" in page.content.decode()
    post = post_of(dispute)
    assert post.title_label == ""
    addresses = ("blog:corrections", "blog:corrections_feed")
    for url in (*map(reverse, addresses), post.get_absolute_url(), "/sitemap.xml"):
        assert notice.public_id not in client.get(url).content.decode()


def test_it_can_be_decided_again_with_a_note_at_the_same_words(dispute, editor):
    # Given
    facts = clarified() | {"edit": None, "note": "New parts are charged."}
    undoing.undo(decide(dispute, editor=editor, **facts), editor=editor)
    # When
    again = decide(dispute, editor=editor, **facts | {"note": "Only used parts are free."})
    # Then
    assert again.number == 1
    [note] = post_of(dispute).notes.standing()
    assert note.text == "Only used parts are free."
    assert note.passage == dispute.claim.passages.get()


def test_followers_do_not_hear_of_an_answer_that_was_taken_back(editor, run_tasks):
    # Given
    post = WorkshopPostFactory()
    FollowFactory(post=post)
    made = decided_together(editor, post)
    run_tasks()
    answer = PostComment.objects.get(voice=Voice.OFFICIAL)
    heard = Notification.objects.filter(comment=answer)
    assert heard.get().due_at >= made[0].decided_at + TEN_MINUTES
    # When
    undoing.undo(made[0], editor=editor)
    # Then
    assert not heard.exists()


def refused(decision, editor):
    with pytest.raises(WrongMoment) as caught:
        undoing.undo(decision, editor=editor)
    return caught.value.sentence


def test_it_is_too_late_after_ten_minutes_even_if_nobody_was_told_yet(dispute, editor):
    decision = decide(dispute, editor=editor, **clarified())
    with later():
        assert "too late" in refused(decision, editor)
    assert Notice.objects.get().state == NoticeState.PUBLISHED


def test_it_is_undone_once(dispute, editor):
    decision = decide(dispute, editor=editor, **clarified())
    undoing.undo(decision, editor=editor)
    assert "already" in refused(decision, editor)
    assert post_of(dispute).head.number == 3


def test_it_is_not_undone_over_a_later_edit(dispute, editor):
    # Given
    decision = decide(dispute, editor=editor, **clarified())
    post = post_of(dispute)
    draft = workflow.Draft(post.title, post.summary, f"{post.body}<p>Bring gloves.</p>")
    post = workflow.write(post, by=editor, draft=draft, version=post.version)
    # When an edit waits
    assert "not published yet" in refused(decision, editor)
    # When it is published
    publishing.revise(post, by=editor, label="cosmetic", reason="", base=post.head)
    assert "edited after" in refused(decision, editor)


def test_a_published_follow_up_is_not_taken_back(dispute, editor):
    decision = decide(dispute, editor=editor, promises_follow_up=True)
    follow_ups.keep(decision.follow_up, editor=editor, post=PostFactory(reach="published"))
    assert "follow-up" in refused(decision, editor)


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_only_editors_take_a_decision_back(client, dispute, editor, role):
    # Given
    decision = decide(dispute, editor=editor, **clarified())
    person = PersonFactory(role=role)
    client.force_login(person)
    # Then
    with pytest.raises(NotAllowed):
        undoing.undo(decision, editor=person)
    assert client.post(reverse("editorial:undo", args=[decision.pk])).status_code == 403
    assert client.get(reverse("editorial:decided", args=[decision.pk])).status_code == 403


def test_the_page_after_deciding_and_the_case_offer_to_undo_while_there_is_time(
    client, dispute, editor
):
    # Given
    decision = decide(dispute, editor=editor, **clarified())
    client.force_login(editor)
    pages = [
        reverse("editorial:decided", args=[decision.pk]),
        reverse("editorial:case", args=[dispute.public_id]),
    ]
    url = reverse("editorial:undo", args=[decision.pk])
    # Then
    for page in pages:
        assert f'action="{url}"' in client.get(page).content.decode()
    with later():
        for page in pages:
            assert f'action="{url}"' not in client.get(page).content.decode()
    # When
    response = client.post(url, follow=True)
    # Then
    assert "nobody was told" in response.content.decode()
    assert response.context["dispute"] == dispute
    # When it is tried twice
    response = client.post(url)
    assert response.status_code == 409
    assert "taken back already" in response.content.decode()


def test_a_site_may_give_no_time_at_all(dispute, editor, settings):
    # Given
    settings.UNDO_MINUTES = 0
    Letter.objects.all().delete()
    # When
    decision = decide(dispute, editor=editor, **clarified())
    telling.tell.call(decision.pk)
    # Then
    assert Letter.objects.filter(to=RAISER).count() == 1
    assert "too late" in refused(decision, editor)


def test_words_that_stood_elsewhere_in_the_edit_are_set_back_too(dispute, editor):
    """The edit is undone as a whole, though no notice names those words."""
    facts = clarified() | {"edit": Edit(f"{BODY}<p>Bring gloves.</p>"), "note": "Ask first."}
    decision = decide(dispute, editor=editor, **facts)
    undoing.undo(decision, editor=editor)
    post = post_of(dispute)
    assert post.head.body_html == BODY
    assert PARTS in post.head.text
    assert Decision.objects.get().undone_at is not None


def test_what_was_typed_for_a_decision_that_is_taken_back_can_be_sent_again(client, dispute):
    # Given
    editor = an_editor()
    client.force_login(editor)
    decision = decide(dispute, editor=editor, **{**clarified(), "note": "Used parts are free."})
    # When
    page = client.post(reverse("editorial:undo", args=[decision.pk]), follow=True)
    # Then
    form = page.context["deciding"].cases[0]
    typed = {name: form[name].value() for name in ("finding", "remedy", "notice", "note")}
    assert typed == {
        "finding": Finding.INCOMPLETE,
        "remedy": Remedy.CLARIFICATION,
        "notice": "This post did not say that new parts are charged.",
        "note": "Used parts are free.",
    }
    assert "no extra cost for used parts" in page.context["deciding"].text["body"].value()
