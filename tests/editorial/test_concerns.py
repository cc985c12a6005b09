"""An expression of concern: told in the meantime, ended by the decision."""

import pytest
from django.urls import reverse

from accounts.models import Letter
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from blog.models import Mark, Notice, NoticeKind, NoticeState, Post
from editorial import concerns, merging, undoing
from editorial.models import DisputeState, Finding, Remedy
from editorial.points import Raiser
from tests.factories.accounts import PersonFactory
from tests.factories.editorial import APPOINTMENT, DisputeFactory, clarified, decide

pytestmark = pytest.mark.django_db
RAISER = "ola@example.net"
DOUBT = "Readers question whether parts are free. We have asked the workshop for its price list."
UNSURE = {"finding": Finding.UNVERIFIABLE, "remedy": Remedy.CONCERN, "notice": "Nobody could say."}


@pytest.fixture
def dispute(db):
    return DisputeFactory(under_review=True, raiser=Raiser(email=RAISER))


def express(dispute, editor):
    dispute.refresh_from_db()
    return concerns.express(dispute, editor=editor, text=DOUBT, version=dispute.version)


def page_of(dispute, client):
    return client.get(dispute.claim.post.get_absolute_url()).content.decode()


def test_a_concern_is_told_everywhere_and_the_dispute_stays_open(dispute, editor, client):
    """Scenario 39."""
    # When
    notice = express(dispute, editor)
    # Then
    dispute.refresh_from_db()
    assert dispute.state == DisputeState.UNDER_REVIEW
    page = page_of(dispute, client)
    assert '<section class="banner" data-kind="concern"' in page
    assert f"#dispute-{dispute.public_id}" in page
    assert page.count(DOUBT) == 3  # the banner, the end of the post, JSON-LD
    for address in ("/corrections/", "/corrections/feed/", "/feed/", notice.get_absolute_url()):
        assert DOUBT in client.get(address).content.decode(), address
    told = {letter.to for letter in Letter.objects.filter(body__contains=DOUBT)}
    assert RAISER in told


def test_deciding_supersedes_the_concern_and_the_banner_goes(dispute, editor, client):
    """Scenario 39."""
    notice = express(dispute, editor)
    decision = decide(dispute, editor=editor, **clarified())
    notice.refresh_from_db()
    assert (notice.state, notice.superseded_by) == (NoticeState.SUPERSEDED, decision.notice)
    assert 'class="banner"' not in page_of(dispute, client)
    assert DOUBT in client.get(notice.get_absolute_url()).content.decode()


def test_a_decision_that_changes_nothing_lifts_the_concern_with_its_reason(dispute, editor, client):
    notice = express(dispute, editor)
    decision = decide(dispute, editor=editor)
    notice.refresh_from_db()
    assert (notice.state, notice.lifted_because) == (NoticeState.LIFTED, decision.reason_public)
    assert 'class="banner"' not in page_of(dispute, client)
    assert decision.reason_public in client.get(notice.get_absolute_url()).content.decode()


@pytest.mark.parametrize("how", [clarified(), {}, UNSURE], ids=["clarified", "kept", "unsure"])
def test_taking_the_decision_back_brings_the_concern_back(dispute, editor, client, how):
    notice = express(dispute, editor)
    undoing.undo(decide(dispute, editor=editor, **how), editor=editor)
    notice.refresh_from_db()
    assert (notice.state, notice.lifted_because) == (NoticeState.PUBLISHED, "")
    assert DOUBT in page_of(dispute, client)


def test_a_concern_of_a_merged_dispute_ends_with_the_one_it_was_merged_into(
    dispute, editor, client
):
    notice = express(dispute, editor)
    post = Post.objects.get(pk=notice.post_id)
    root = DisputeFactory(post=post, words=APPOINTMENT, under_review=True)
    dispute.refresh_from_db()
    merging.merge(dispute, into=root, editor=editor, version=dispute.version)
    decide(root, editor=editor)
    notice.refresh_from_db()
    assert notice.state == NoticeState.LIFTED
    assert 'class="banner"' not in page_of(dispute, client)


def test_an_editor_lifts_a_concern_with_a_reason(dispute, editor, client):
    notice = express(dispute, editor)
    with pytest.raises(Invalid):
        concerns.lift(notice, editor=editor, reason=" ")
    concerns.lift(notice, editor=editor, reason="The workshop sent its price list.")
    assert DOUBT not in page_of(dispute, client)
    assert "sent its price list" in client.get(notice.get_absolute_url()).content.decode()
    assert dispute.events.last().told == "The workshop sent its price list."
    with pytest.raises(WrongMoment):
        concerns.lift(notice, editor=editor, reason="Twice.")
    assert express(dispute, editor).state == NoticeState.PUBLISHED


def test_what_could_not_be_established_may_be_decided_with_a_concern(dispute, editor, client):
    before = express(dispute, editor)
    decision = decide(dispute, editor=editor, **UNSURE)
    dispute.refresh_from_db()
    before.refresh_from_db()
    assert dispute.state == DisputeState.RESOLVED
    assert decision.notice.kind == NoticeKind.CONCERN
    assert decision.result_revision is None
    assert before.superseded_by == decision.notice
    assert {one.mark for one in dispute.claim.passages.all()} == {Mark.NONE}
    assert "Nobody could say." in page_of(dispute, client)
    concerns.lift(decision.notice, editor=editor, reason="Now somebody can.")
    assert "Nobody could say." not in page_of(dispute, client)


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_only_an_editor_expresses_and_lifts_a_concern(dispute, editor, role):
    person = PersonFactory(role=role)
    with pytest.raises(NotAllowed):
        express(dispute, person)
    notice = express(dispute, editor)
    with pytest.raises(NotAllowed):
        concerns.lift(notice, editor=person, reason="No.")


def test_a_concern_is_refused_before_and_after_the_review_twice_and_on_an_old_version(editor):
    received, decided = DisputeFactory(), DisputeFactory(decided=True)
    for dispute in (received, decided):
        with pytest.raises(WrongMoment):
            express(dispute, editor)
    dispute = DisputeFactory(under_review=True)
    with pytest.raises(Conflict):
        concerns.express(dispute, editor=editor, text=DOUBT, version=dispute.version - 1)
    with pytest.raises(Invalid):
        concerns.express(dispute, editor=editor, text="It is […].", version=dispute.version)
    express(dispute, editor)
    with pytest.raises(WrongMoment):
        express(dispute, editor)
    assert Notice.objects.filter(kind=NoticeKind.CONCERN).count() == 1


def test_the_desk_expresses_and_lifts_a_concern(dispute, editor, client):
    client.force_login(editor)
    case = reverse("editorial:case", args=[dispute.public_id])
    facts = {"concern-version": dispute.version}
    address = reverse("editorial:express_concern", args=[dispute.public_id])
    refused = client.post(address, {**facts, "concern-text": "See […]."})
    assert "Please complete the notice" in refused.content.decode()
    done = client.post(address, {**facts, "concern-text": DOUBT}, follow=True)
    assert "stands on the post" in done.content.decode()
    notice = Notice.objects.get(kind=NoticeKind.CONCERN)
    address = reverse("editorial:lift_concern", args=[dispute.public_id, notice.public_id])
    assert "Lift the expression of concern" in client.get(case).content.decode()
    client.post(address, {"lift-reason": "It was a misprint of the list."})
    notice.refresh_from_db()
    assert notice.state == NoticeState.LIFTED


def test_the_updated_date_moves_when_readers_are_told_and_told_otherwise(dispute, editor):
    notice = express(dispute, editor)
    told = Post.objects.get(pk=notice.post_id).updated_at
    assert told == notice.published_at
    concerns.lift(notice, editor=editor, reason="The list was sent.")
    assert Post.objects.get(pk=notice.post_id).updated_at > told
