"""Other words for a passage of a draft: proposed, accepted through the rule that writes, undone."""

import pytest
from django.test import Client

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from blog import draft_comments, draft_suggestions, workflow
from blog.anchoring import Quote
from blog.models import CommentState, DraftComment, Post
from tests.blog.desk_pages import address, text
from tests.editorial.test_concurrency import all_at_once
from tests.factories.accounts import ProfileFactory
from tests.factories.blog import BODY, WORDS, PostFactory, an_editor

pytestmark = pytest.mark.django_db
BETTER = "spoke key & a light"


@pytest.fixture
def post(author: Person, editor: Person) -> Post:
    """A post that its author has to change."""
    profile = ProfileFactory(person=author)
    return PostFactory(author=profile, changes_requested=True, editor=editor)


def suggested(post: Post, by: Person, proposed: str = BETTER, words: str = WORDS) -> DraftComment:
    return draft_suggestions.suggest(post, by=by, quote=Quote(words), proposed=proposed)


def now(post: Post) -> Post:
    return Post.objects.get(pk=post.pk)


def accepted(one: DraftComment, by: Person) -> Post:
    version = now(one.post).version
    return draft_suggestions.accept(one, by=by, version=version)


def test_an_author_accepts_words_and_takes_them_back(
    post: Post, author: Person, editor: Person
) -> None:
    # Given
    one = suggested(post, editor)
    # When
    accepted(one, author)
    # Then
    assert now(post).body == BODY.replace(WORDS, "spoke key &amp; a light")
    one.refresh_from_db()
    assert (one.state, one.decided_by) == (CommentState.ACCEPTED, author)
    with pytest.raises(WrongMoment):
        accepted(one, author)
    # When
    draft_suggestions.take_back(one, by=author, version=now(post).version)
    # Then
    assert now(post).body == BODY
    one.refresh_from_db()
    assert one.is_open
    accepted(one, author)
    assert "spoke key" in now(post).body


def test_a_declined_suggestion_says_why_and_can_be_opened_again(
    post: Post, author: Person, editor: Person
) -> None:
    one = suggested(post, editor)
    with pytest.raises(Invalid):
        draft_suggestions.decline(one, by=author, reason=" ")
    draft_suggestions.decline(one, by=author, reason="A wrench is what they call it.")
    assert now(post).body == BODY
    one.refresh_from_db()
    assert (one.state, one.reason) == (CommentState.DECLINED, "A wrench is what they call it.")
    assert draft_comments.reopen(one, by=author).is_open


def test_an_author_proposes_nothing_and_closes_no_suggestion_silently(
    post: Post, author: Person, editor: Person
) -> None:
    with pytest.raises(NotAllowed):
        suggested(post, author)
    one = suggested(post, editor)
    with pytest.raises(Invalid):
        draft_comments.resolve(one, by=author)
    assert draft_comments.resolve(one, by=editor).state == CommentState.RESOLVED


def test_a_comment_is_no_suggestion(post: Post, author: Person, editor: Person) -> None:
    one = draft_comments.comment(post, by=editor, text="Why?", quote=Quote(WORDS))
    with pytest.raises(Invalid):
        accepted(one, author)
    with pytest.raises(Invalid):
        draft_suggestions.decline(one, by=author, reason="No.")


def test_an_author_accepts_only_while_the_text_is_theirs(
    post: Post, author: Person, editor: Person
) -> None:
    one = suggested(post, editor)
    workflow.submit(post, by=author)
    with pytest.raises(WrongMoment):
        accepted(one, author)
    assert accepted(one, editor).pk == post.pk  # she may write


@pytest.mark.parametrize("body", [BODY.replace(WORDS, "wrench for spokes"), "<p>Other.</p>"])
def test_words_that_changed_meanwhile_are_a_conflict_and_stay(
    post: Post, author: Person, editor: Person, body: str
) -> None:
    # Given
    one = suggested(post, editor)
    draft = workflow.Draft(post.title, post.summary, body)
    workflow.write(post, by=author, draft=draft, version=now(post).version)
    # When
    with pytest.raises(Conflict):
        accepted(one, author)
    # Then
    assert now(post).body == body
    one.refresh_from_db()
    assert one.is_open


def test_a_page_that_is_too_old_accepts_nothing(post: Post, author: Person, editor: Person) -> None:
    one, seen = suggested(post, editor), now(post).version
    draft = workflow.Draft(post.title, post.summary, f"{BODY}<p>More.</p>")
    workflow.write(post, by=author, draft=draft, version=seen)
    with pytest.raises(Conflict):
        draft_suggestions.accept(one, by=author, version=seen)
    assert "spoke key" not in now(post).body


def test_words_that_were_edited_after_they_were_accepted_are_not_taken_back(
    post: Post, author: Person, editor: Person
) -> None:
    one = suggested(post, editor)
    accepted(one, author)
    body = now(post).body.replace("a light", "a lamp")
    draft = workflow.Draft(post.title, post.summary, body)
    version = workflow.write(post, by=author, draft=draft, version=now(post).version).version
    with pytest.raises(Conflict):
        draft_suggestions.take_back(one, by=author, version=version)
    assert now(post).body == body


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>All it <em>really</em> takes.</p>", "it really takes"),
        ("<p>All it <a href='https://example.org'>takes</a> is time.</p>", "it takes is"),
        ("<p>All it</p><p>takes is time.</p>", "it takes"),
        ("<p>All it<br>takes is time.</p>", "it takes"),
    ],
)
def test_words_with_formatting_or_a_break_inside_are_refused(
    author: Person, editor: Person, body: str, words: str
) -> None:
    post = PostFactory(author=ProfileFactory(person=author), body=body)
    with pytest.raises(Invalid):
        suggested(post, editor, words=words)


def test_words_inside_formatting_keep_it(author: Person, editor: Person) -> None:
    body = "<p>All <em>it really</em> takes &amp; gives.</p>"
    post = PostFactory(author=ProfileFactory(person=author), body=body)
    accepted(suggested(post, editor, "it truly", "it really"), author)
    assert now(post).body == "<p>All <em>it truly</em> takes &amp; gives.</p>"
    accepted(suggested(post, editor, "takes <and> gives", "takes & gives"), author)
    assert "</em> takes &lt;and&gt; gives.</p>" in now(post).body


@pytest.mark.parametrize("proposed", ["", "  ", WORDS, "x" * 1_001])
def test_a_proposal_is_other_words_and_not_a_new_text(
    post: Post, editor: Person, proposed: str
) -> None:
    with pytest.raises(Invalid):
        suggested(post, editor, proposed)


@pytest.mark.django_db(transaction=True)
def test_a_suggestion_accepted_and_declined_at_once_has_one_end() -> None:
    # Given
    editor = an_editor()
    post = PostFactory(changes_requested=True, editor=editor)
    writer = post.author.person
    one = suggested(post, editor)
    seen = now(post).version
    # When
    results = all_at_once(
        [
            lambda: draft_suggestions.accept(one, by=writer, version=seen),
            lambda: draft_suggestions.decline(one, by=writer, reason="No."),
            lambda: draft_suggestions.accept(one, by=writer, version=seen),
        ]
    )
    # Then
    assert sum(isinstance(result, (Conflict, WrongMoment)) for result in results) == 2
    one.refresh_from_db()
    assert ("spoke key" in now(post).body) is (one.state == CommentState.ACCEPTED)


def test_the_whole_way_by_the_pages(post: Post, author: Person, editor: Person) -> None:
    # Given
    desk, writer = Client(), Client()
    desk.force_login(editor)
    writer.force_login(author)
    say = {"words": WORDS, "proposed": BETTER, "revision": post.version, "at": "desk"}
    assert "spoke key &amp; a light" in text(desk, address("write_comments", post), **say)
    one = post.draft_comments.get()
    act = f"/write/{post.pk}/comments/{one.pk}/"
    # When
    assert "Accept these words" in text(writer, address("write_comments", post))
    page = text(writer, f"{act}accept/", version=now(post).version)
    # Then
    assert "The proposed words stand in the text." in page
    assert "spoke key" in now(post).body
    # When
    page = text(writer, f"{act}take-back/", version=now(post).version)
    # Then
    assert "The old words stand in the text again." in page
    assert now(post).body == BODY
    assert "has changed meanwhile" not in text(writer, f"{act}accept/", version="x")
    assert now(post).body == BODY
