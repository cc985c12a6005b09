"""The model story, whole: one comment, three statements, three endings (scenarios 1-3, 5-7, 9)."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from lxml import html as lxml_html

from accounts.models import Letter
from blog.models import Mark, Notice, NoticeKind, Post
from comments.models import PostComment, Voice
from editorial import decisions, disputes
from editorial.decisions import Edit
from editorial.models import Decision, Dispute, DisputeState, Finding, FollowUp, Grounds, Remedy
from tests.factories.blog import an_editor
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    APPOINTMENT,
    BODY,
    PARTS,
    PRACTICE,
    WorkshopPostFactory,
    case,
    point,
    tell_of_decisions,
)

pytestmark = pytest.mark.django_db
F, R = Finding, Remedy

COMMENT = (
    "Three things are not right:\n\n"
    "1. On Saturdays you do need an appointment.\n"
    "2. New parts are charged.\n"
    "3. Some mechanics started last year.\n"
)
SAID = (
    ("On Saturdays you do need an appointment.", APPOINTMENT, "An appointment is needed at times."),
    ("New parts are charged.", PARTS, "New parts are charged."),
    ("Some mechanics started last year.", PRACTICE, "Not every mechanic has long practice."),
)


@pytest.fixture
def comment(db):
    return PostCommentFactory(post=WorkshopPostFactory(), text=COMMENT, published=True)


@pytest.fixture
def three(comment):
    said = [
        point(words, quote=quote, summary=summary, grounds=Grounds.ERROR)
        for quote, words, summary in SAID
    ]
    Letter.objects.all().delete()
    return disputes.open_from_comment(comment, editor=an_editor(), said=said)


def letters() -> list[str]:
    return sorted(Letter.objects.values_list("to", flat=True))


def page(client, post: Post) -> str:
    return client.get(post.get_absolute_url()).content.decode()


def decide_the_story(three, editor):
    one, two, three_ = three
    body = BODY.replace("an appointment.", "an appointment, except on Saturdays.")
    return decisions.decide(
        [
            case(
                one,
                finding=F.INCOMPLETE,
                remedy=R.CLARIFICATION,
                notice="This post did not say that Saturdays need an appointment.",
            ),
            case(
                two,
                finding=F.INCOMPLETE,
                remedy=R.CLARIFICATION,
                notice="This post did not say that new parts are charged. A note says so now.",
                note="Used parts are free; please ask for the price of new ones.",
            ),
            case(three_, finding=F.STANDS, remedy=R.NO_CHANGE, promises_follow_up=True),
        ],
        editor=editor,
        base=Post.objects.get(pk=one.claim.post_id).head,
        edit=Edit(body),
        answer="Thank you. We have clarified the first two points; we keep the third.",
    )


def test_one_comment_becomes_three_disputes_each_at_its_own_passage(three, comment):
    """Scenario 1."""
    # Then
    assert {dispute.state for dispute in three} == {DisputeState.UNDER_REVIEW}
    assert {dispute.source_comment_id for dispute in three} == {comment.pk}
    assert [(dispute.comment_quote, dispute.claim.passages.get().exact) for dispute in three] == [
        (quote, words) for quote, words, _summary in SAID
    ]


def test_commenter_and_author_get_one_mail_each_that_names_all_three(three, comment):
    """Scenario 1."""
    # Given
    author = comment.post.author.person.email
    # Then
    told = Letter.objects.all()
    assert sorted(told.values_list("to", flat=True)) == sorted((author, comment.user_email))
    for letter in told:
        for _quote, words, summary in SAID:
            assert words in letter.body
            assert summary in letter.body


def test_the_author_is_not_told_who_raised_it(three, comment):
    # Given
    letter = Letter.objects.get(to=comment.post.author.person.email, subject__contains="review")
    # Then
    assert comment.user_name not in letter.body
    assert comment.user_email not in letter.body


def test_readers_see_what_is_open_and_no_date_moves(client, three, comment):
    """Scenario 2."""
    # When
    html = page(client, comment.post)
    # Then
    assert html.count("[disputed") == 3
    assert "3 statements in this post are under review." in html
    for dispute in three:
        assert f'href="#dispute-{dispute.public_id}"' in html
        assert f'id="dispute-{dispute.public_id}"' in html
        assert dispute.public_summary in html
    assert Post.objects.get(pk=comment.post_id).updated_at is None
    assert "CorrectionComment" not in html
    assert Notice.objects.count() == 0


def test_replies_about_tone_change_no_claim(three, comment):
    """Scenario 3."""
    # When
    for text in ("This is rude to the author.", "I found the tone of it fair."):
        PostCommentFactory(parent=comment, text=text, published=True)
    # Then
    assert Dispute.objects.count() == 3
    assert {dispute.state for dispute in Dispute.objects.all()} == {DisputeState.UNDER_REVIEW}
    assert not {"tone", "rude", "opinion"} & set(Grounds.values)


def test_the_decision_happens_in_one_piece(client, three, comment, editor):
    """Scenario 5."""
    # When
    decide_the_story(three, editor)
    # Then
    post = Post.objects.select_related("head").get(pk=comment.post_id)
    assert post.head.number == 2
    assert post.updated_at is not None
    marks = [dispute.claim.passages.get().mark for dispute in three]
    assert marks == [Mark.CLARIFIED, Mark.CLARIFIED, Mark.NONE]
    notices = Notice.objects.order_by("pk")
    assert [notice.kind for notice in notices] == [NoticeKind.CLARIFICATION] * 2
    assert [(notice.before, notice.after) for notice in notices] == [
        (f"{APPOINTMENT}.", f"{APPOINTMENT}, except on Saturdays."),
        ("", ""),
    ]
    assert [notice.revision_after.number for notice in notices] == [2, 1]
    assert [note.text for note in post.notes.all()] == [
        "Used parts are free; please ask for the price of new ones."
    ]
    assert [(d.finding, d.remedy) for d in Decision.objects.order_by("pk")] == [
        (F.INCOMPLETE, R.CLARIFICATION),
        (F.INCOMPLETE, R.CLARIFICATION),
        (F.STANDS, R.NO_CHANGE),
    ]


def test_after_it_the_page_shows_what_was_done(client, three, comment, editor):
    """Scenario 5."""
    # Given
    decide_the_story(three, editor)
    # When
    html = page(client, comment.post)
    # Then
    assert html.count("[clarified") == 2
    assert "[disputed" not in html
    assert "under review" not in html
    assert "Checked, not changed: 1 statement" in html
    assert "A follow-up post was promised on" in html
    assert html.count('"CorrectionComment"') == 2


def test_the_log_and_the_feed_have_two_entries(client, three, comment, editor):
    """Scenario 5."""
    # Given
    decide_the_story(three, editor)
    # Then
    log = client.get(reverse("blog:corrections")).content.decode()
    feed = client.get(reverse("blog:corrections_feed")).content.decode()
    assert log.count("record__item") - log.count("record__items") == 2
    assert feed.count("<entry>") == 2
    assert PRACTICE not in log
    assert PRACTICE not in feed


def test_what_was_kept_is_listed_apart_with_its_reason(client, three, comment, editor):
    """Scenario 6."""
    # Given
    decide_the_story(three, editor)
    # When
    html = client.get(reverse("blog:corrections_unchanged")).content.decode()
    # Then
    assert PRACTICE in html
    assert "We asked the workshop" in html
    assert FollowUp.objects.promised().get().claim == three[2].claim


def test_an_official_answer_stands_under_the_comment(three, comment, editor):
    """Scenario 7."""
    # When
    decide_the_story(three, editor)
    # Then
    answer = PostComment.objects.get(in_reply_to=comment)
    assert answer.voice == Voice.OFFICIAL
    assert answer.comment.startswith("Thank you. We have clarified")


def test_everybody_hears_the_result_once(three, comment, editor):
    # Given
    Letter.objects.all().delete()
    # When
    decide_the_story(three, editor)
    tell_of_decisions()
    # Then
    assert set(letters()) >= {comment.user_email, comment.post.author.person.email}
    decided = [letter for letter in Letter.objects.all() if "decided" in letter.subject]
    assert len(decided) == 2
    for letter in decided:
        assert "Saturdays need an appointment" in letter.body
        assert "We checked this and keep it." in letter.body


def test_letters_of_the_story_can_be_delivered(three, mailoutbox):
    # When
    call_command("deliver_mail")
    # Then
    assert any("under review" in mail.subject for mail in mailoutbox)


def test_a_notice_leads_to_what_was_questioned_and_names_who_decided(
    client, three, comment, editor
):
    # Given
    decide_the_story(three, editor)
    reworded, noted = Notice.objects.order_by("pk")
    # When
    html = client.get(reworded.get_absolute_url()).content.decode()
    # Then
    assert three[0].get_absolute_url() in html
    assert comment.get_absolute_url() in html
    assert f"by <bdi>{editor.name}</bdi>" in html
    # When the words stayed and a note was set
    html = client.get(noted.get_absolute_url()).content.decode()
    # Then
    assert "please ask for the price of new ones" in html
    assert "with what it changed" not in html


def test_every_public_decision_names_who_decided(client, three, comment, editor):
    decide_the_story(three, editor)
    signed = f"by <bdi>{editor.name}</bdi>"
    kept = client.get(three[2].get_absolute_url()).content.decode()
    listed = client.get(reverse("blog:corrections_unchanged")).content.decode()
    assert (signed in kept, signed in listed, signed in page(client, comment.post)) == (True,) * 3


def test_the_page_of_a_dispute_shows_the_words_then_and_now(client, three, comment, editor):
    decide_the_story(three, editor)
    html = client.get(three[0].get_absolute_url()).content.decode()
    lines = lxml_html.fromstring(html).xpath("//dl[@class='record__change']//dd")
    before, after = [" ".join(line.text_content().split()) for line in lines]
    assert before.replace("deleted: ", "") == f"{APPOINTMENT}."
    assert after.replace("inserted: ", "") == f"{APPOINTMENT}, except on Saturdays."


def test_entries_of_the_log_are_told_apart_by_their_statements(client, three, comment, editor):
    decide_the_story(three, editor)
    log = client.get(reverse("blog:corrections")).content.decode()
    assert log.count(f">{three[0].claim.statement}</a></h3>") == 1
    assert f"{APPOINTMENT[:-12]}" in log
    assert "appointment, except on Saturdays.</ins>" in log


def test_the_comment_says_what_became_of_its_three_points(client, three, comment, editor):
    """Scenario 7."""
    # When they are under review
    html = page(client, comment.post)
    # Then
    assert html.count("<strong>Under review</strong>") == 3
    # When they are decided
    decide_the_story(three, editor)
    html = page(client, comment.post)
    # Then
    assert html.count("<strong>Clarification</strong></li>") == 2
    assert html.count("<strong>Checked, not changed</strong></li>") == 1
    assert "<strong>Under review</strong>" not in html
