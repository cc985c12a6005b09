"""The author is heard before a decision: asked, reminded, answered, published with it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter
from editorial import disputes, replies, slips, undoing
from editorial.models import AuthorReply, Dispute, DisputeEventKind
from editorial.points import Raiser
from editorial.replies import Said
from tests.editorial.authors import ANSWER, box, letters_to, link, links_to, to_author
from tests.factories.accounts import ProfileFactory
from tests.factories.blog import an_editor
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    APPOINTMENT,
    PARTS,
    DisputeFactory,
    WorkshopPostFactory,
    decide,
    point,
)

pytestmark = pytest.mark.django_db
RAISER = Raiser(name="Quiet Quentin", email="quentin@example.net", network="203.0.113.9")
DAY = timedelta(days=1)


@pytest.fixture
def dispute():
    return DisputeFactory(under_review=True, raiser=RAISER)


def test_taking_up_gives_the_author_three_days_and_a_link_of_their_own(dispute):
    # Then
    kept = dispute.author_reply
    assert kept.due_at - kept.asked_at == timedelta(hours=72)
    letter = to_author(dispute).get()
    assert links_to(dispute.claim.post, letter.body)
    assert dispute.public_summary in letter.body


def test_how_long_authors_have_is_a_setting(settings):
    settings.AUTHOR_REPLY_HOURS = 5
    kept = DisputeFactory(under_review=True).author_reply
    assert kept.due_at - kept.asked_at == timedelta(hours=5)


def test_several_claims_taken_up_together_are_one_mail_one_page_and_a_box_for_each(client):
    # Given
    post = WorkshopPostFactory()
    words = "You never need one. Parts are never charged."
    comment = PostCommentFactory(published=True, post=post, text=words)
    said = [
        point(APPOINTMENT, quote="You never need one", summary="Saturdays are booked out."),
        point(PARTS, quote="Parts are never charged", summary="New parts are charged."),
    ]
    # When
    made = disputes.open_from_comment(comment, editor=an_editor(), said=said)
    # Then
    [letter] = letters_to(post.author.person)
    assert links_to(post, letter.body) == 1
    page = client.get(link(post)).content.decode()
    for one in made:
        assert f'name="{one.public_id}-text"' in page
        assert one.public_summary in page
    # When
    first, second = made
    client.post(link(post), {**box(first, text="By phone."), **box(second, text=ANSWER)})
    # Then
    assert [one.author_reply.text for one in Dispute.objects.order_by("pk")] == [
        "By phone.",
        ANSWER,
    ]


def test_the_author_never_learns_who_raised_it_or_what_they_wrote(client, dispute):
    # Given
    page = client.get(link(dispute.claim.post)).content.decode()
    told = page + to_author(dispute).get().body
    # Then
    assert dispute.public_summary in told
    for private in ("Quentin", "quentin@example.net", dispute.statement):
        assert private not in told


def test_the_page_says_how_much_time_is_left_without_scripts(client, dispute):
    with time_machine.travel(dispute.author_reply.due_at - 2 * DAY, tick=False):
        page = client.get(link(dispute.claim.post)).content.decode()
    assert "<time-left" in page
    assert "<span data-left>2\xa0days</span> left" in page


def test_an_author_answers_without_an_account_and_changes_it_until_it_is_decided(client, dispute):
    # Given
    url = link(dispute.claim.post)
    # When
    client.post(url, box(dispute, text="Let me look."))
    answered = client.post(url, box(dispute, text=ANSWER), follow=True)
    # Then
    assert "Your answer is kept" in answered.content.decode()
    dispute = Dispute.objects.get(pk=dispute.pk)
    assert dispute.author_reply.text == ANSWER
    # When
    decide(dispute, editor=an_editor())
    late = client.post(url, box(dispute, text="No, wait."))
    # Then
    page = late.content.decode()
    assert "no longer under review" in page
    assert "No, wait." in page  # what was typed is not lost
    assert AuthorReply.objects.get().text == ANSWER


def test_the_same_answer_sent_twice_is_one_step(dispute):
    for _time in range(2):
        replies.reply(dispute, author=None, said=Said(ANSWER))
    assert dispute.events.filter(kind=DisputeEventKind.REPLIED).count() == 1


def test_an_answer_can_be_taken_back_until_it_is_decided(dispute):
    replies.reply(dispute, author=None, said=Said(ANSWER))
    kept = replies.reply(dispute, author=None, said=Said())
    assert (kept.text, kept.replied_at) == ("", None)


def test_whoever_answers_cannot_also_wish_not_to_comment(client, dispute):
    sent = box(dispute, text=ANSWER, has_no_comment="on")
    page = client.post(link(dispute.claim.post), sent).content.decode()
    assert "Please either answer" in page
    assert dispute.author_reply.replied_at is None


def test_the_author_reads_the_words_that_are_questioned(client):
    # Given
    dispute = DisputeFactory(words=PARTS)
    taken_up = {"summary": "New parts are charged.", "claim": "Parts are free."}
    disputes.accept(dispute, editor=an_editor(), version=dispute.version, **taken_up)
    # Then
    assert f"<q>{PARTS}</q>" in client.get(link(dispute.claim.post)).content.decode()


def test_an_empty_box_is_no_answer(client):
    # Given
    post = WorkshopPostFactory()
    one, other = (
        DisputeFactory(post=post, words=words, under_review=True) for words in (PARTS, APPOINTMENT)
    )
    # When
    page = client.post(link(post), {**box(one), **box(other)}).content.decode()
    # Then
    assert "Please answer, or say that you do not wish to comment." in page
    assert not AuthorReply.objects.exclude(replied_at=None).exists()
    # When
    client.post(link(post), {**box(one, text=ANSWER), **box(other)})
    # Then
    assert AuthorReply.objects.exclude(replied_at=None).get().dispute == one


def test_a_box_that_was_not_on_the_page_stays_as_it_is(client, dispute):
    # Given
    replies.reply(dispute, author=None, said=Said(ANSWER))
    # When
    client.post(link(dispute.claim.post), {"something": "else"})
    # Then
    assert AuthorReply.objects.get().text == ANSWER


@pytest.mark.parametrize("reads", ["dispute", "notice"])
def test_the_answer_is_published_with_the_decision_and_not_before(client, reads):
    # Given
    dispute = DisputeFactory(under_review=True)
    replies.reply(dispute, author=None, said=Said(f"{ANSWER} <b>&</b>"))
    assert ANSWER not in client.get(dispute.get_absolute_url()).content.decode()
    # When
    note = {"notice": "New parts are charged.", "note": "Parts cost.", "reason": ""}
    facts = {"finding": "incomplete", "remedy": "clarification", **note}
    decision = decide(dispute, editor=an_editor(), **facts)
    # Then
    where = dispute if reads == "dispute" else decision.notice
    page = client.get(where.get_absolute_url()).content.decode()
    assert f"{ANSWER} &lt;b&gt;&amp;&lt;/b&gt;" in page


def decided_page(client, dispute, *, after):
    with time_machine.travel(dispute.author_reply.asked_at + after, tick=False):
        decide(dispute, editor=an_editor())
    return client.get(dispute.get_absolute_url()).content.decode()


def test_silence_is_stated_neutrally(client, dispute):
    page = decided_page(client, dispute, after=4 * DAY)
    assert "has not answered." in page


def test_a_wish_not_to_comment_is_stated_neutrally(client, dispute):
    replies.reply(dispute, author=None, said=Said(has_no_comment=True))
    page = decided_page(client, dispute, after=4 * DAY)
    assert "did not wish to comment." in page


def test_deciding_before_the_time_is_over_is_allowed_and_said(client, dispute):
    # Given
    client.force_login(an_editor())
    case = client.get(reverse("editorial:case", args=[dispute.public_id])).content.decode()
    assert "You may decide earlier" in case
    # When
    page = decided_page(client, dispute, after=DAY)
    # Then
    assert "it was decided before that" in page
    assert "has not answered" not in page


def test_an_author_who_is_signed_in_finds_the_page_where_they_write(client, dispute):
    # Given
    author = dispute.claim.post.author.person
    client.force_login(author)
    # Then
    page = client.get(reverse("blog:write")).content.decode()
    assert links_to(dispute.claim.post, page)
    assert "please answer by" in page
    # When
    replies.reply(dispute, author=author, said=Said(ANSWER))
    # Then
    assert "you have answered" in client.get(reverse("blog:write")).content.decode()


@pytest.mark.parametrize("token", ["nonsense", "other author"])
def test_a_link_that_is_not_the_authors_opens_nothing(client, dispute, token):
    post = dispute.claim.post
    if token == "other author":
        other = ProfileFactory()
        token = slips.author_link(post_id=post.pk, profile_id=other.pk)
    assert client.get(reverse("editorial:author", args=[token])).status_code == 404


def test_an_old_link_of_an_author_says_so_and_mails_a_new_one_to_the_author_alone(
    client, dispute, settings
):
    # Given
    url = link(dispute.claim.post)
    later = timezone.now() + timedelta(days=settings.AUTHOR_LINK_DAYS + 1)
    Letter.objects.all().delete()
    with time_machine.travel(later, tick=False):
        # When
        page = client.get(url)
        sent = client.post(url, box(dispute, text=ANSWER))
        # Then
        assert page.status_code == sent.status_code == 410
        html = page.content.decode()
        assert "Mail me a new link" in html
        assert dispute.public_summary not in html
        assert AuthorReply.objects.get(dispute=dispute).text == ""
        # When
        for _time in range(5):
            told = client.post(f"{url}link/", follow=True).content.decode()
        # Then
        assert "A new link is on its way" in told
        assert to_author(dispute).count() == Letter.objects.count() == 3  # and no more a day
        [new, *_others] = to_author(dispute)
        assert links_to(dispute.claim.post, new.body) == 1
        assert client.get(link(dispute.claim.post)).status_code == 200


def test_a_new_link_is_asked_for_only_by_a_link_that_was_the_authors(client, dispute):
    Letter.objects.all().delete()
    for token in ("nonsense", "WzFd:1xW0B8:uSYD1ADFKb307J9EFNpjnyGlKljq"):
        assert client.post(reverse("editorial:author_link", args=[token])).status_code == 404
    assert not Letter.objects.exists()


def test_what_was_not_taken_up_is_not_on_the_authors_page(client):
    # Given
    dispute = DisputeFactory(raiser=RAISER)
    # When
    url = link(dispute.claim.post)
    client.post(url, box(dispute, text=ANSWER))
    # Then
    assert not AuthorReply.objects.exists()
    assert "Nothing in your post is under review" in client.get(url).content.decode()


def test_the_authors_page_costs_the_same_for_one_box_and_for_three(
    client, django_assert_max_num_queries
):
    # Given
    post = WorkshopPostFactory()
    for words in (PARTS, APPOINTMENT, "The mechanics have decades of practice"):
        DisputeFactory(post=post, words=words, under_review=True)
    # Then
    with django_assert_max_num_queries(8):
        client.get(link(post))


def test_the_answer_can_be_given_again_after_a_decision_is_taken_back(dispute):

    # Given
    editor = an_editor()
    decision = decide(dispute, editor=editor)
    undoing.undo(decision, editor=editor)
    # When
    kept = replies.reply(dispute, author=None, said=Said(ANSWER))
    # Then
    assert kept.replied_at <= timezone.now()
