"""What author and editors say beside a draft: at words that move with the text, told once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Letter, Person
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from blog import (
    bylines,
    draft_comments,
    draft_news,
    draft_suggestions,
    publishing,
    workflow,
)
from blog.anchoring import Quote
from blog.bylines import Signature
from blog.models import BylineRole, CommentState, DraftComment, Post
from blog.projection import project
from tests.blog.desk_pages import HARM, XSS, address, text
from tests.blog.guest_pages import GUEST, invited, let_in
from tests.editorial.test_concurrency import all_at_once
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import BODY, WORDS, PostFactory, an_editor

pytestmark = pytest.mark.django_db
RESTED = timedelta(minutes=16)


@pytest.fixture
def post(author: Person, editor: Person) -> Post:
    """A post that an editor has taken up."""
    written = PostFactory(author=ProfileFactory(person=author), in_review=True, editor=editor)
    Letter.objects.all().delete()
    return written


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def said(post: Post, by: Person, words: str = WORDS, text: str = "Which size?") -> DraftComment:
    return draft_comments.comment(post, by=by, text=text, quote=Quote(words))


def words_at(comment: DraftComment) -> str | None:
    comment.refresh_from_db()
    if comment.start is None:
        return None
    return project(Post.objects.get(pk=comment.post_id).body).text[comment.start : comment.end]


def rewritten(post: Post, body: str, by: Person) -> Post:
    post.refresh_from_db()
    draft = workflow.Draft(title=post.title, summary=post.summary, body=body)
    return workflow.write(post, by=by, draft=draft, version=post.version)


# Saying it


def test_both_sides_talk_and_resolve_and_open_again(
    post: Post, author: Person, editor: Person
) -> None:
    # Given
    thread = said(post, editor)
    # When
    draft_comments.reply(thread, by=author, text="The small one.")
    draft_comments.resolve(thread, by=author)
    # Then
    thread.refresh_from_db()
    assert (thread.state, thread.decided_by) == (CommentState.RESOLVED, author)
    with pytest.raises(WrongMoment):
        draft_comments.resolve(thread, by=editor)
    assert draft_comments.reopen(thread, by=editor).is_open
    kinds = list(post.events.values_list("kind", flat=True))
    assert kinds[-4:] == ["commented", "commented", "comment_resolved", "comment_reopened"]


def test_an_answer_to_an_answer_stands_in_the_same_thread(
    post: Post, author: Person, editor: Person
) -> None:
    thread = said(post, editor)
    first = draft_comments.reply(thread, by=author, text="The small one.")
    assert draft_comments.reply(first, by=editor, text="Thank you.").parent == thread
    with pytest.raises(Invalid):
        draft_comments.resolve(first, by=editor)


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_nobody_else_takes_part(post: Post, editor: Person, role: str) -> None:
    # Given
    stranger, thread = PersonFactory(role=role), said(post, editor)
    for act in (
        lambda: said(post, stranger),
        lambda: draft_comments.reply(thread, by=stranger, text="Me too."),
        lambda: draft_comments.resolve(thread, by=stranger),
        lambda: draft_comments.reopen(thread, by=stranger),
    ):
        with pytest.raises(NotAllowed):
            act()
    # Then
    page = client_of(stranger).get(address("write_comments", post))
    assert page.status_code == (403 if role == "reader" else 404)
    assert Client().get(address("write_comments", post)).status_code == 302


@pytest.mark.parametrize(
    ("words", "given_"),
    [("no such words", "Why?"), (WORDS, " "), ("x" * 601, "Why?"), (WORDS, "x" * 4_001)],
)
def test_a_comment_needs_words_that_stand_there_and_its_own(
    post: Post, editor: Person, words: str, given_: str
) -> None:
    with pytest.raises(Invalid):
        said(post, editor, words, given_)


# It stands at its words


def test_a_comment_moves_with_its_words_and_keeps_its_thread_when_they_go(
    post: Post, editor: Person
) -> None:
    # Given
    thread = said(post, editor)
    # When words come before
    rewritten(post, f"<h2>Tools</h2>{BODY}", editor)
    # Then
    assert words_at(thread) == WORDS
    # When the sentence goes
    rewritten(post, "<p>True the wheel before the tyre goes on.</p>", editor)
    # Then
    assert words_at(thread) is None
    assert thread.is_open
    assert thread.has_lost_its_words
    # When it comes back between its neighbours
    rewritten(post, BODY, editor)
    # Then
    assert words_at(thread) == WORDS


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    edits=st.lists(
        st.sampled_from(["before", "after", "inside", "gone", "twice", "as it was"]), max_size=6
    )
)
def test_whatever_is_written_a_comment_never_jumps_to_other_words(edits: list[str]) -> None:
    # Given
    bodies = {
        "before": f"<p>First of all.</p>{BODY}",
        "after": f"{BODY}<p>A wrench is a tool.</p>",
        "inside": BODY.replace("spoke wrench", "good spoke wrench"),
        "gone": "<p>True the wheel before the tyre goes on.</p>",
        "twice": f"{BODY}<p>Another spoke wrench.</p>",
        "as it was": BODY,
    }
    editor, post = an_editor(), PostFactory()
    thread = said(post, editor)
    for edit in edits:
        rewritten(post, bodies[edit], editor)
        # Then
        at = words_at(thread)
        assert at is None or "wrench" in at
        if at is not None:
            assert "all it takes" in project(bodies[edit]).text[thread.end :]


# Told once


def test_a_round_of_comments_is_one_mail_with_the_step(
    post: Post, author: Person, editor: Person, run_tasks: Callable
) -> None:
    # Given
    said(post, editor, text="Which size?")
    said(post, editor, "True the wheel", text="Lovely.")
    # When
    workflow.request_changes(post, editor=editor, message="Nearly there.")
    # Then
    letter = Letter.objects.get()
    assert letter.to == author.email
    assert f"“{WORDS}”" in letter.body
    assert "Which size?" in letter.body
    assert "Lovely." in letter.body
    # When time passes
    with time_machine.travel(timezone.now() + RESTED):
        run_tasks()
        call_command("tell_draft_comments")
    # Then
    assert not Letter.objects.exists()  # delivered, and none written


def test_what_no_step_followed_is_told_when_it_has_rested(
    post: Post, author: Person, editor: Person
) -> None:
    # Given
    now = timezone.now()
    said(post, editor)
    with time_machine.travel(now + timedelta(minutes=10)):
        said(post, editor, "True the wheel", text="Lovely.")
    # When somebody is still talking
    with time_machine.travel(now + RESTED):
        assert draft_news.tell_due() == 0
    # When it has rested
    with time_machine.travel(now + timedelta(minutes=30)):
        assert draft_news.tell_due() == 1
        assert draft_news.tell_due() == 0
    # Then
    letter = Letter.objects.get()
    assert letter.to == author.email
    assert "Lovely." in letter.body


def test_what_the_author_says_is_told_to_the_editor_in_charge(
    post: Post, author: Person, editor: Person
) -> None:
    PersonFactory(editor=True)
    said(post, author)
    with time_machine.travel(timezone.now() + RESTED):
        draft_news.tell_due()
    assert Letter.objects.get().to == editor.email


def test_an_author_without_a_login_is_written_to_by_nobody(editor: Person) -> None:
    post = PostFactory(author=ProfileFactory(guest=True), in_review=True, editor=editor)
    Letter.objects.all().delete()
    said(post, editor)
    with time_machine.travel(timezone.now() + RESTED):
        draft_news.tell_due()
    assert not Letter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_sweeps_at_once_tell_a_round_once() -> None:
    # Given
    editor = an_editor()
    post = PostFactory(in_review=True, editor=editor)
    said(post, editor)
    DraftComment.objects.update(created_at=timezone.now() - RESTED)
    Letter.objects.all().delete()
    # When
    told = all_at_once([draft_news.tell_due] * 4)
    # Then
    assert sum(int(str(one)) for one in told) == 1
    assert Letter.objects.count() == 1


# On the page


def test_whoever_accepts_or_publishes_sees_what_is_still_open(post: Post, editor: Person) -> None:
    desk = client_of(editor)
    assert "still open" not in text(desk, address("desk_post", post))
    said(post, editor)
    assert "One comment beside the text is still open" in text(desk, address("desk_post", post))


def test_the_author_reads_and_answers_on_the_page_beside_the_text(
    post: Post, author: Person, editor: Person
) -> None:
    # Given
    thread, client = said(post, editor), client_of(author)
    assert "One comment beside your text" in text(client, address("write_post", post))
    # When
    page = text(client, address("write_comments", post))
    # Then
    assert f'id="beside-{thread.pk}"' in page
    assert "Which size?" in page
    assert "Propose other words" not in page
    # When
    answer = f"/write/{post.pk}/comments/{thread.pk}/reply/"
    assert "The small one." in text(client, answer, text="The small one.")
    assert "A comment needs words." in text(client, answer, text=" ")
    given_ = {"words": WORDS, "text": "A picture?", "revision": post.version}
    page = text(client, address("write_comments", post), **given_)
    assert "A picture?" in page
    assert post.draft_comments.threads().count() == 2


def test_words_that_stand_twice_are_asked_about_and_nothing_typed_is_lost(
    post: Post, editor: Person
) -> None:
    seen = rewritten(post, f"{BODY}{BODY}", editor).version
    given_ = {"words": WORDS, "text": "An hour of thought", "at": "desk", "revision": seen}
    page = text(client_of(editor), address("write_comments", post), **given_)
    assert "These words stand more than once." in page
    assert "An hour of thought</textarea>" in page
    assert 'name="place"' in page
    assert "What happens next" in page  # at the desk


def test_a_comment_of_another_post_is_not_found_under_this_one(
    post: Post, author: Person, editor: Person
) -> None:
    other = said(PostFactory(in_review=True), editor)
    client = client_of(author)
    for post_pk in (post.pk, other.post_id):
        answer = client.post(f"/write/{post_pk}/comments/{other.pk}/resolve/")
        assert answer.status_code == 404
    assert client.get(f"/write/{post.pk}/comments/{other.pk}/resolve/").status_code == 405


def test_readers_never_see_it(post: Post, editor: Person, author: Person) -> None:
    # Given
    said(post, editor, text="Between us and nobody else.")
    post.refresh_from_db()
    workflow.accept(post, editor=editor)
    post = publishing.publish(post, editor=editor)
    # Then
    reader = Client()
    for page in (post.get_absolute_url(), "/", "/feed/", f"{post.get_absolute_url()}history/"):
        assert "Between us" not in reader.get(page).content.decode()
    assert WORDS in post.body
    assert "mark" not in post.body


def test_no_comment_lets_a_script_through(post: Post, author: Person, editor: Person) -> None:
    thread = said(post, editor, text=XSS)
    draft_comments.reply(thread, by=author, text=XSS)
    for person, name in ((editor, "desk_review"), (author, "write_comments")):
        page = text(client_of(person), address(name, post))
        assert not any(harm in page for harm in HARM)


def test_the_pages_cost_the_same_for_one_and_for_thirty_comments(
    post: Post, editor: Person, django_assert_num_queries
) -> None:
    client = client_of(editor)
    for count in (1, 29):
        for _number in range(count):
            draft_comments.reply(said(post, editor), by=editor, text="Yes.")
        for name, number in (("write_comments", 5), ("desk_review", 12)):
            text(client, address(name, post))
            with django_assert_num_queries(number):
                text(client, address(name, post))


# Guests and several authors


def test_a_guest_without_an_account_talks_through_the_personal_link(editor: Person) -> None:
    # Given
    post = invited(editor)
    post = rewritten(post, BODY, editor)
    guest = let_in(post)
    workflow.submit(post, by=post.author.person)
    thread = said(post, editor)
    one = draft_suggestions.suggest(post, by=editor, quote=Quote(WORDS), proposed="spoke key")
    workflow.request_changes(post, editor=editor, message="More.")
    letter = Letter.objects.get(to=GUEST, subject__startswith="The editors ask")
    assert "spoke key" in letter.body
    # When
    page = text(guest, address("write_comments", post))
    assert "Which size?" in page
    text(guest, f"/write/{post.pk}/comments/{thread.pk}/reply/", text="The small one.")
    version = Post.objects.get(pk=post.pk).version
    text(guest, f"/write/{post.pk}/comments/{one.pk}/accept/", version=version)
    # Then
    assert thread.replies.get().author == post.author.person
    assert "spoke key" in Post.objects.get(pk=post.pk).body
    # And of no other post
    other = said(PostFactory(in_review=True), editor)
    assert guest.get(address("write_comments", other.post)).status_code == 302


def test_all_who_sign_a_post_take_part_and_are_told(
    post: Post, author: Person, editor: Person
) -> None:
    # Given
    second = ProfileFactory()
    bylines.sign(post, editor=editor, signatures=[Signature(second, BylineRole.CO_AUTHOR)])
    Letter.objects.all().delete()
    # When
    said(post, editor)
    draft_comments.reply(post.draft_comments.get(), by=second.person, text="The small one.")
    with time_machine.travel(timezone.now() + RESTED):
        draft_news.tell_due()
    # Then
    told = {letter.to: letter.body for letter in Letter.objects.all()}
    assert set(told) == {author.email, second.person.email, editor.email}
    assert "The small one." in told[editor.email]
    assert "Which size?" in told[second.person.email]
