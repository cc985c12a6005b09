"""Corrected words that come back are named before they are published, and wait at the desk."""

import pytest
from django.urls import reverse

from accounts.refusals import Invalid, WrongMoment
from blog import publishing, workflow
from blog.models import EditLabel, Notice, Post
from blog.workflow import Draft
from editorial import undoing
from editorial.decisions import Edit
from tests.editorial.edits import (
    ELSEWHERE,
    NEGATED,
    asked_in,
    case_of,
    edited,
    edits_of,
    page_of,
    publish,
)
from tests.factories.blog import RevisionFactory
from tests.factories.editorial import (
    BODY,
    PARTS,
    DisputeFactory,
    WorkshopPostFactory,
    clarified,
    decide,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def dispute():
    return DisputeFactory(under_review=True)


def test_an_old_version_names_the_correction_that_it_would_undo(desk, editor, dispute):
    """Scenario 22."""
    # Given
    decide(dispute, editor=editor, **clarified())
    notice, post = Notice.objects.get(), Post.objects.get()
    # When
    use = reverse("blog:desk_use_again", args=[post.pk, 1])
    page = desk.post(use, follow=True).content.decode()
    # Then the page of the edit warns
    assert "brings back words of which readers were told" in page
    assert notice.get_absolute_url() in page
    # And publishing asks once more
    page = publish(desk, post).content.decode()
    assert post.revisions.count() == 2
    assert PARTS in page
    # When
    publish(desk, post, asked=asked_in(page), why="The prices changed back.")
    # Then
    assert list(Notice.objects.undone()) == [notice]
    event = post.events.get(kind="correction_undone")
    assert event.message == "The prices changed back."
    queue = desk.get(reverse("editorial:disputes"), {"list": "undone"}).content.decode()
    assert notice.text in queue
    assert PARTS in page_of(desk, dispute)


def test_an_undone_correction_leaves_the_queue_when_the_words_are_right_again(editor, dispute):
    # Given
    decide(dispute, editor=editor, **clarified())
    post = Post.objects.get()
    right = post.body
    RevisionFactory(post=post, body=BODY)
    assert Notice.objects.undone().exists()
    # When another edit leaves it undone, then one puts it right
    RevisionFactory(post=post, body=ELSEWHERE)
    assert Notice.objects.undone().exists()
    RevisionFactory(post=post, body=right)
    # Then
    assert not Notice.objects.undone().exists()
    assert post.events.filter(kind="correction_undone").count() == 1


@pytest.mark.parametrize(
    "corrected",
    [
        "Prices hang beside the door",  # nothing of the old words is left
        "There is no extra cost",  # words were only taken out
        "There is no extra cost for parts that were used before",  # words were only added
    ],
)
def test_old_words_are_known_however_the_correction_was_made(editor, dispute, corrected):
    # Given
    right = BODY.replace(PARTS, corrected)
    decide(dispute, editor=editor, **{**clarified(), "edit": Edit(right)})
    post = Post.objects.get()
    # When
    RevisionFactory(post=post, body=right.replace("on Mondays", "on Sundays"))
    # Then
    assert not Notice.objects.undone().exists()
    # When the old words come back in a text that never was
    RevisionFactory(post=post, body=ELSEWHERE)
    # Then
    assert Notice.objects.undone().exists()


def test_a_title_that_was_corrected_is_guarded_too(editor):
    # Given
    post = WorkshopPostFactory(title="All repairs are free")
    dispute = DisputeFactory(post=post, under_review=True)
    decide(dispute, editor=editor, **clarified())
    notice = Notice.objects.get()
    passage = dispute.claim.passages.get()
    passage.field = "title"
    passage.save()
    Notice.objects.filter(pk=notice.pk).update(before="All repairs are free", after="Repairs")
    # When
    draft = Draft(title="All repairs are free", summary="", body=f"{post.body}<p>Bye.</p>")
    post.refresh_from_db()
    workflow.write(post, by=editor, draft=draft, version=post.version)
    publishing.revise(post, by=editor, label=EditLabel.COSMETIC, reason="", base=post.head)
    # Then
    assert Notice.objects.undone().exists()


@pytest.mark.parametrize("role", ["author", "moderator"])
def test_only_editors_use_an_old_version_again(client, request, role, dispute):
    # Given
    client.force_login(request.getfixturevalue(role))
    post = dispute.claim.post
    # Then
    assert client.post(reverse("blog:desk_use_again", args=[post.pk, 1])).status_code == 403
    assert client.post(case_of(dispute, "explain")).status_code == 403


def test_an_old_version_never_takes_the_place_of_an_edit_that_waits(editor, dispute):
    # Given
    post = dispute.claim.post
    RevisionFactory(post=post)
    first = post.revisions.get(number=1)
    # Then
    with pytest.raises(Invalid):
        publishing.use_again(post, editor=editor, revision=post.revisions.get(number=2))
    edited(dispute, editor, NEGATED)
    with pytest.raises(WrongMoment):
        publishing.use_again(post, editor=editor, revision=first)
    with pytest.raises(WrongMoment):
        publishing.use_again(WorkshopPostFactory(), editor=editor, revision=first)


def test_a_decision_that_is_taken_back_undoes_no_correction(editor, dispute):
    # Given
    decision = decide(dispute, editor=editor, **clarified())
    # When
    undoing.undo(decision, editor=editor)
    # Then
    post = Post.objects.get()
    assert PARTS in post.head.text
    assert not post.events.filter(kind="correction_undone").exists()
    assert not Notice.objects.undone().exists()
    assert not edits_of(dispute)
