"""Somebody deletes their account, or an editor leaves: the record stands, nobody is named."""

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import Letter, Person
from blog.models import Notice
from editorial import disputes, review
from editorial.models import Decision, Dispute, DisputeEventKind
from editorial.points import Raiser
from tests.editorial.authors import to_author
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import an_editor
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    APPOINTMENT,
    DisputeFactory,
    WorkshopPostFactory,
    clarified,
    decide,
    point,
    tell_of_decisions,
)

pytestmark = pytest.mark.django_db
NAME, EMAIL = "Zdenka Zahnkranz", "zdenka@example.net"


def traces(*words):
    """The tables in which one of these words is left."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            text = str(cursor.fetchall())
            found |= {table for word in words if word in text}
    return found


def test_the_account_of_a_raiser_goes_and_the_record_stays(client, caplog):
    """Scenario 26."""
    # Given
    raiser = PersonFactory(name=NAME, email=EMAIL)
    thanked = Raiser(person=raiser, wants_credit=True, network="203.0.113.9")
    dispute = DisputeFactory(decided=True, raiser=thanked)
    still_open = DisputeFactory(under_review=True, raiser=thanked)
    assert NAME in client.get(dispute.decision.notice.get_absolute_url()).content.decode()
    # When
    raiser.delete()
    # Then
    assert traces(NAME, EMAIL) == set()
    client.force_login(an_editor())
    pages = [
        dispute.get_absolute_url(),
        dispute.decision.notice.get_absolute_url(),
        dispute.claim.post.get_absolute_url(),
        reverse("blog:corrections"),
        reverse("blog:corrections_json"),
        reverse("blog:corrections_feed"),
        *(reverse("editorial:case", args=[one.public_id]) for one in (dispute, still_open)),
    ]
    for page in pages:
        shown = client.get(page)
        assert shown.status_code == 200
        assert NAME not in shown.content.decode()
        assert EMAIL not in shown.content.decode()
    assert NAME not in caplog.text
    assert EMAIL not in caplog.text
    # When
    decide(still_open, editor=an_editor())
    tell_of_decisions()
    # Then
    assert not Letter.objects.filter(to=EMAIL).exists()
    assert (Dispute.objects.count(), Decision.objects.count()) == (2, 2)


def test_a_commenter_whose_login_is_deleted_hears_no_more_of_it():
    """Scenario 26."""
    # Given
    person = PersonFactory(name=NAME, email=EMAIL)
    post = WorkshopPostFactory()
    words = "You never need one."
    comment = PostCommentFactory(published=True, post=post, text=words, by=person)
    said = [point(APPOINTMENT, quote=words)]
    [dispute] = disputes.open_from_comment(comment, editor=an_editor(), said=said)
    # When
    person.delete()
    decide(dispute, editor=an_editor())
    tell_of_decisions()
    # Then
    assert not Letter.objects.filter(to=EMAIL).exists()


@pytest.mark.parametrize("keep", [True, False])
def test_what_a_guest_author_wrote_stands_signed_as_the_site_likes(client, settings, keep):
    """Scenario 27."""
    # Given
    settings.FORMER_CONTRIBUTORS_KEEP_THEIR_NAME = keep
    profile = ProfileFactory(name=NAME, slug="zdenka-zahnkranz", bio="I ride.", person__name=NAME)
    post = WorkshopPostFactory(author=profile)
    dispute = DisputeFactory(post=post, under_review=True)
    assert to_author(dispute).exists()
    # When
    Person.objects.filter(pk=profile.person_id).delete()
    # Then
    page = client.get(post.get_absolute_url()).content.decode()
    assert (NAME in page) is keep
    assert ("Former contributor" in page) is not keep
    assert client.get(reverse("blog:author", args=["zdenka-zahnkranz"])).status_code == (
        200 if keep else 404
    )
    decide(dispute, editor=an_editor())  # nobody is left to be told
    tell_of_decisions()


def test_what_an_editor_decided_stays_decided_by_an_editor(client, settings):
    """Scenario 27."""
    # Given
    settings.FORMER_CONTRIBUTORS_KEEP_THEIR_NAME = False
    editor = ProfileFactory(name=NAME, person__role="editor", person__name=NAME).person
    dispute = DisputeFactory(under_review=True)
    review.assign(dispute, editor=editor, to=editor, version=dispute.version)
    decide(dispute, editor=editor, **clarified())
    # When
    editor.delete()
    # Then
    notice = Notice.objects.get()
    page = client.get(notice.get_absolute_url()).content.decode()
    assert "Former contributor" in page
    assert "by an editor." in page
    assert traces(NAME) == set()


def test_to_whom_a_dispute_was_given_is_read_from_the_account(client):
    # Given
    giver, editor, namesake = an_editor(), PersonFactory(role="editor", name=NAME), an_editor()
    dispute = DisputeFactory(under_review=True, editor=giver)
    review.assign(dispute, editor=giver, to=editor, version=dispute.version)
    namesake.name = NAME
    namesake.save()
    page = reverse("editorial:case", args=[dispute.public_id])
    client.force_login(giver)
    assert f"to {NAME}" in client.get(page).content.decode()
    # When
    editor.name = "Zdenka Backenzahn"
    editor.save()
    # Then
    assert "to Zdenka Backenzahn" in client.get(page).content.decode()
    # When
    editor.delete()
    # Then
    assert "Backenzahn" not in client.get(page).content.decode()
    assert traces("Backenzahn") == set()
    assert dispute.events.filter(given_to=giver).exists()


@pytest.mark.parametrize("leaves", ["deleted", "closed", "demoted"])
def test_what_an_editor_had_taken_up_goes_to_nobody(leaves):
    """Scenario 27."""
    # Given
    editor = an_editor()
    dispute = DisputeFactory(under_review=True, editor=editor)
    done = DisputeFactory(unchanged=True, editor=editor)
    # When
    if leaves == "deleted":
        editor.delete()
    elif leaves == "closed":
        editor.is_active = False
        editor.save()
    else:
        editor.role = "author"
        editor.save()
    # Then
    dispute.refresh_from_db()
    assert dispute.assigned_to is None
    assert dispute.is_under_review
    assert dispute.events.filter(kind=DisputeEventKind.ASSIGNED, actor=None).count() == 1
    assert Decision.objects.filter(disputes=done).exists()


def test_an_editor_who_changes_their_name_keeps_their_work(dispute_of):
    editor, dispute = dispute_of
    editor.name = NAME
    editor.save()
    dispute.refresh_from_db()
    assert dispute.assigned_to == editor


@pytest.fixture
def dispute_of():
    editor = an_editor()
    return editor, DisputeFactory(under_review=True, editor=editor)
