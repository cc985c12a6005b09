"""Legal hold: the words vanish everywhere at once, the record stays."""

import pytest
from django.urls import reverse

from accounts.models import Letter
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from blog.models import Notice, Post
from editorial import concerns, disputes, merging, withholding
from editorial.decisions import Edit
from editorial.models import DisputeState, Finding, Remedy
from editorial.points import Raiser, Source
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    APPOINTMENT,
    BODY,
    PARTS,
    DisputeFactory,
    WorkshopPostFactory,
    case,
    decide,
    point,
    tell_of_decisions,
)

pytestmark = pytest.mark.django_db
WHY = "A letter of the workshop's lawyer, 12 May."
SUMMARY = "Whether Wilma hides the price list."
WORDS = (SUMMARY, "Wilma keeps it", "parts of tin", "example.net/list", "Wilma says no")
RAISER = "ola@example.net"
OLD = "no extra cost for parts"
HELD = "Withheld on legal grounds since"


@pytest.fixture
def post(db):
    return WorkshopPostFactory()


def everywhere(post, *more):
    own, author = post.get_absolute_url(), post.author.get_absolute_url()
    return [
        *("/", "/posts/", "/feed/", "/comments/feed/", "/sitemap.xml", "/corrections/"),
        *("/corrections/open/", "/corrections/unchanged/", "/corrections/feed/"),
        *("/corrections/feed.json", "/corrections/?q=Wilma"),
        *(own, author, f"{author}feed/", f"{own}feed/", f"{own}history/", f"{own}report/"),
        *(f"{own}history/{number}/" for number in (1, 2)),
        *more,
    ]


def said_anywhere(client, post, *more, words=WORDS):
    """Which of the words stand in any public answer, and where."""
    found = {}
    for address in everywhere(post, *more):
        text = client.get(address, follow=True).content.decode()
        for word in words:
            if word in text:
                found.setdefault(word, []).append(address)
    return found


def annotation_of(dispute):
    return reverse("editorial:annotation", args=[dispute.public_id])


def hold(dispute, publisher, **facts):
    dispute.refresh_from_db()
    given = {"publisher": publisher, "reason": WHY, "version": dispute.version}
    withholding.withhold(dispute, **{**given, **facts})


def release(dispute, publisher):
    dispute.refresh_from_db()
    withholding.release(
        dispute, publisher=publisher, reason="It was settled.", version=dispute.version
    )


def test_the_words_of_a_decision_vanish_and_come_back(post, publisher, editor, client):
    """Scenario 47."""
    # Given
    source = Source("https://example.net/list", "Wilma keeps it here")
    dispute = DisputeFactory(post=post, under_review=True, summary=SUMMARY, sources=(source,))
    concern = concerns.express(
        dispute, editor=editor, text="Wilma says no so far.", version=dispute.version
    )
    decision = decide(
        dispute,
        editor=editor,
        finding=Finding.INACCURATE,
        remedy=Remedy.CORRECTION,
        notice="Wilma keeps it in a drawer.",
        edit=Edit(BODY.replace("no extra cost for parts", "extra cost for parts of tin")),
    )
    pages = (concern.get_absolute_url(), decision.notice.get_absolute_url())
    pages = (*pages, dispute.get_absolute_url(), annotation_of(dispute))
    assert set(said_anywhere(client, post, *pages)) == set(WORDS)
    assert said_anywhere(client, post, *pages, words=[OLD])
    # When
    hold(dispute, publisher)
    # Then
    assert said_anywhere(client, post, *pages, words=[OLD]) == {}
    left = said_anywhere(client, post, *pages)
    now = Post.objects.select_related("head").get(pk=post.pk)
    own = {post.get_absolute_url(), "/feed/", f"{post.author.get_absolute_url()}feed/"}
    report = f"{post.get_absolute_url()}report/"
    assert set(left) <= {"parts of tin"}  # the author's text itself is not withheld
    assert set(left.get("parts of tin", [])) <= {
        *own,
        report,
        f"{post.get_absolute_url()}history/{now.head.number}/",
    }
    for address in (*pages, post.get_absolute_url(), "/corrections/", "/corrections/feed/"):
        assert HELD in client.get(address).content.decode(), address
    dispute.refresh_from_db()
    decision.notice.refresh_from_db()
    assert (dispute.state, dispute.public_summary) == (DisputeState.RESOLVED, SUMMARY)
    assert decision.notice.text == "Wilma keeps it in a drawer."
    # When
    release(dispute, publisher)
    # Then
    assert set(said_anywhere(client, post, *pages)) == set(WORDS)
    assert HELD not in client.get(post.get_absolute_url()).content.decode()


def test_the_words_of_an_open_dispute_vanish_and_its_mark_stays(post, publisher, client):
    """Scenario 47."""
    # Given
    dispute = DisputeFactory(post=post, under_review=True, summary=SUMMARY)
    own = post.get_absolute_url()
    assert SUMMARY in client.get(own).content.decode()
    # When
    hold(dispute, publisher)
    # Then
    assert said_anywhere(client, post, dispute.get_absolute_url()) == {}
    page = client.get(own).content.decode()
    assert HELD in page
    assert f"#dispute-{dispute.public_id}" in page
    shown = client.get(dispute.get_absolute_url()).content.decode()
    assert HELD in shown
    assert PARTS not in shown
    # When
    release(dispute, publisher)
    # Then
    assert SUMMARY in client.get(own).content.decode()


def test_the_concern_about_one_that_was_merged_into_it_is_withheld_with_it(
    post, publisher, editor, client
):
    # Given
    merged = DisputeFactory(post=post, under_review=True, words=APPOINTMENT)
    words = "Wilma says no so far."
    concern = concerns.express(merged, editor=editor, text=words, version=merged.version)
    root = DisputeFactory(post=post, under_review=True)
    merged.refresh_from_db()
    merging.merge(merged, into=root, editor=editor, version=merged.version)
    assert words in client.get(post.get_absolute_url()).content.decode()
    # When
    hold(root, publisher)
    # Then
    more = (root.get_absolute_url(), concern.get_absolute_url())
    assert said_anywhere(client, post, *more, words=(words,)) == {}
    # When
    release(root, publisher)
    # Then
    assert words in client.get(post.get_absolute_url()).content.decode()


def test_the_comment_it_was_made_of_loses_its_words_about_it(post, publisher, editor, client):
    comment = PostCommentFactory(post=post, published=True, text="Parts are not free at all.")
    [dispute] = disputes.open_from_comment(
        comment, editor=editor, said=[point(quote="Parts are not free", claim="Wilma keeps it")]
    )
    own = post.get_absolute_url()
    assert "Wilma keeps it" in client.get(own).content.decode()
    hold(dispute, publisher)
    assert "Wilma keeps it" not in client.get(own).content.decode()
    release(dispute, publisher)
    assert "Wilma keeps it" in client.get(own).content.decode()


def test_a_note_beside_the_words_is_withheld_with_its_notice(post, publisher, editor, client):
    dispute = DisputeFactory(post=post, under_review=True, summary="Whether parts are free.")
    decide(
        dispute,
        editor=editor,
        finding=Finding.INCOMPLETE,
        remedy=Remedy.EDITORS_NOTE,
        notice="A note has been added.",
        note="Wilma says no.",
    )
    own = post.get_absolute_url()
    assert "Wilma says no." in client.get(own).content.decode()
    hold(dispute, publisher)
    assert said_anywhere(client, post) == {}
    release(dispute, publisher)
    assert "Wilma says no." in client.get(own).content.decode()


def test_what_is_decided_while_it_is_withheld_is_withheld_too(post, publisher, editor, client):
    raiser = Raiser(email=RAISER)
    dispute = DisputeFactory(post=post, under_review=True, summary=SUMMARY, raiser=raiser)
    hold(dispute, publisher)
    Letter.objects.all().delete()
    decide(dispute, editor=editor, reason="Wilma says no, and we believe her.")
    tell_of_decisions()
    [letter] = Letter.objects.filter(to=RAISER)
    assert HELD in letter.body
    assert [word for word in WORDS if word in letter.body] == []
    assert said_anywhere(client, post, dispute.get_absolute_url()) == {}
    other = DisputeFactory(post=post, under_review=True, words="closed on Mondays")
    hold(other, publisher)
    decide(
        other,
        editor=editor,
        finding=Finding.UNVERIFIABLE,
        remedy=Remedy.CONCERN,
        notice="Wilma says no.",
    )
    assert said_anywhere(client, post, Notice.objects.get().get_absolute_url()) == {}


@pytest.mark.parametrize("role", ["author", "moderator", "editor"])
def test_only_the_publisher_withholds_and_releases(post, publisher, role):
    dispute, person = DisputeFactory(post=post, under_review=True), PersonFactory(role=role)
    with pytest.raises(NotAllowed):
        hold(dispute, person)
    hold(dispute, publisher)
    with pytest.raises(NotAllowed):
        release(dispute, person)


def test_withholding_is_refused_without_a_reason_twice_on_an_old_version_and_in_private(
    post, publisher
):
    received = DisputeFactory(post=post)
    with pytest.raises(WrongMoment):
        hold(received, publisher)
    dispute = DisputeFactory(under_review=True)
    with pytest.raises(Invalid):
        hold(dispute, publisher, reason=" ")
    with pytest.raises(Conflict):
        hold(dispute, publisher, version=dispute.version - 1)
    with pytest.raises(WrongMoment):
        release(dispute, publisher)
    hold(dispute, publisher)
    with pytest.raises(WrongMoment):
        hold(dispute, publisher)


def test_the_publisher_withholds_and_releases_at_the_desk(post, publisher, editor, client):
    dispute = DisputeFactory(post=post, under_review=True, summary=SUMMARY)
    page = reverse("editorial:case", args=[dispute.public_id])
    address = reverse("editorial:withhold", args=[dispute.public_id])
    client.force_login(editor)
    assert "Legal grounds" not in client.get(page).content.decode()
    facts = {"hold-reason": WHY, "hold-version": dispute.version}
    assert client.post(address, facts).status_code == 403
    client.force_login(publisher)
    done = client.post(address, facts, follow=True).content.decode()
    assert SUMMARY in done  # the desk sees the record
    dispute.refresh_from_db()
    assert dispute.withheld_at is not None
    client.post(address, {**facts, "hold-version": dispute.version})
    dispute.refresh_from_db()
    assert dispute.withheld_at is None
    assert case(dispute)
