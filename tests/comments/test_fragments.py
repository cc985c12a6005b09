"""What the page shows for a comment."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import people
from accounts.models import Person, Role
from blog.models import Post, PostState
from comments import discussion, fragments, moderation
from comments.models import CommentState, PostComment
from comments.paths import LEVELS
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import PostFactory, PublicationFactory
from tests.factories.comments import PostCommentFactory

pytestmark = pytest.mark.django_db
RunTasks = Callable[[], int]


def marks_of(comment: PostComment) -> list[str]:
    comment = fragments.for_showing(PostComment.objects.filter(pk=comment.pk)).get()
    return [mark.kind for mark in fragments.marks(comment)]


def test_it_holds_name_link_date_permalink_and_words() -> None:
    # Given
    comment = PostCommentFactory(
        by__name="Ana", by__url="https://ana.example/", text="Grease *first*.", published=True
    )
    html = comment.fragment
    # Then
    assert f'<article class="comment" id="comment-{comment.pk}"' in html
    assert (
        '<a class="comment__name" href="https://ana.example/" rel="ugc nofollow noopener">' in html
    )
    assert f'<a href="/comments/{comment.pk}/"><time datetime="' in html
    assert re.search(r'datetime="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"', html)
    assert "<p>Grease <em>first</em>.</p>" in html


def test_it_tells_nobody_what_is_private() -> None:
    comment = PostCommentFactory(
        by__email="ana@example.net",
        trail__ip="192.0.2.77",
        trail__user_agent="Old/1",
        published=True,
    )
    for secret in ("ana@example.net", "192.0.2.77", "Old/1", "example.net/from"):
        assert secret not in comment.fragment


@settings(max_examples=50, deadline=None)
@given(name=st.text(min_size=1, max_size=50))
def test_a_name_is_shown_as_the_characters_it_is(name: str) -> None:
    post = Post(pk=1, slug="wheels")
    comment = PostComment(
        pk=1, post=post, user_name=f"<b>{name}", state=CommentState.PUBLISHED, html="<p>x</p>"
    )
    fragments.draw(comment)
    assert "<b>" not in comment.fragment


def test_who_speaks_is_marked(post: Post) -> None:
    # Given
    host = ProfileFactory(person__role=Role.EDITOR)
    PublicationFactory(host=host)
    speakers = {
        "host": host.person,
        "author": post.author.person,
        "editor": PersonFactory(editor=True),
        "moderator": PersonFactory(moderator=True),
        "signed-in": PersonFactory(),
    }
    # Then
    for kind, person in speakers.items():
        assert marks_of(PostCommentFactory(post=post, by=person, published=False)) == [kind]
    assert marks_of(PostCommentFactory(post=post)) == []


def test_the_author_of_another_post_is_just_signed_in(post: Post) -> None:
    stranger = PostFactory(published=True).author.person
    assert marks_of(PostCommentFactory(post=post, by=stranger)) == ["signed-in"]


def test_an_official_answer_says_so_and_by_whom(editor: Person) -> None:
    # Given
    parent = PostCommentFactory(published=True)
    # When
    answer = discussion.answer(parent, editor=editor, text="You are right.")
    # Then
    assert marks_of(answer) == ["official", "editor"]
    assert 'data-voice="official"' in answer.fragment
    assert "Official answer" in answer.fragment


def test_a_guest_cannot_look_like_the_host(post: Post) -> None:
    # Given
    host = ProfileFactory(person__role=Role.EDITOR, person__name="Hanna")
    PublicationFactory(host=host)
    # When
    comment = PostCommentFactory(post=post, by__name="Hanna", published=True)
    # Then
    assert "badge" not in comment.fragment


def test_a_reply_on_the_last_level_says_what_it_answers(post: Post) -> None:
    # Given
    chain = [PostCommentFactory(post=post, published=True)]
    while len(chain) < LEVELS:
        chain.append(PostCommentFactory(parent=chain[-1], by__name="Olga", published=True))
    # When
    deeper = PostCommentFactory(parent=chain[-1], published=True)
    # Then
    assert f'In reply to <a href="/comments/{chain[-1].pk}/"><bdi>Olga</bdi></a>' in deeper.fragment
    assert "In reply to" not in chain[-1].fragment


def test_a_change_of_role_changes_the_mark(post: Post, reader: Person, run_tasks: RunTasks) -> None:
    # Given
    comment = PostCommentFactory(post=post, by=reader, published=True)
    assert "Signed in" in comment.fragment
    # When
    reader.role = Role.EDITOR
    reader.save(update_fields=["role"])
    run_tasks()
    # Then
    assert "Signed in" not in PostComment.objects.get().fragment


def test_signing_in_draws_nothing_again(reader: Person) -> None:
    before = DBTaskResult.objects.count()
    reader.save(update_fields=["last_login"])
    assert DBTaskResult.objects.count() == before


def test_another_host_changes_the_marks(post: Post, run_tasks: RunTasks) -> None:
    # Given
    profile = ProfileFactory()
    PostCommentFactory(post=post, by=profile.person, published=True)
    # When
    PublicationFactory(host=profile)
    run_tasks()
    # Then
    assert ">Host<" in PostComment.objects.get().fragment


def test_drawing_everything_again_changes_nothing_that_is_right(post: Post) -> None:
    # Given
    root = PostCommentFactory(post=post, published=True)
    PostCommentFactory(parent=root, published=True)
    PostCommentFactory(post=post)
    PostCommentFactory(post=post, removed=True)
    before = list(PostComment.objects.order_by("pk").values_list("fragment", flat=True))
    # When
    out = io.StringIO()
    call_command("render_comments", "--anew", stdout=out)
    # Then
    assert out.getvalue() == "0 comments changed\n"
    assert list(PostComment.objects.order_by("pk").values_list("fragment", flat=True)) == before


def test_drawing_everything_again_mends_what_is_old(post: Post, moderator: Person) -> None:
    # Given
    root = PostCommentFactory(post=post, published=True, text="*Grease*")
    PostCommentFactory(parent=root, published=True)
    moderation.remove(root, moderator=moderator)
    shown = list(PostComment.objects.on_page(post).values_list("fragment", flat=True))
    PostComment.objects.update(fragment="<p>old</p>", html="<p>old</p>")
    # When
    out = io.StringIO()
    call_command("render_comments", "--anew", stdout=out)
    # Then
    assert out.getvalue() == "2 comments changed\n"
    assert list(PostComment.objects.on_page(post).values_list("fragment", flat=True)) == shown


def test_drawing_again_leaves_alone_what_somebody_just_changed(
    post: Post, moderator: Person
) -> None:
    # Given
    comment = PostCommentFactory(post=post, published=True)
    as_read = fragments.for_showing(PostComment.objects.all()).get(pk=comment.pk)
    as_read.user_name = "Olga"
    # When
    moderation.remove(comment, moderator=moderator)
    fragments.refresh([as_read])
    # Then
    assert not PostComment.objects.on_page(post).exists()


def test_a_post_under_review_shows_the_same_fragments(post: Post) -> None:
    PostCommentFactory(post=post, published=True)
    Post.objects.update(state=PostState.RETRACTED)
    assert fragments.refresh_all() == 0


def test_an_edited_comment_says_since_when(post: Post) -> None:
    # Given
    comment = PostCommentFactory(post=post, published=True)
    assert "edited" not in comment.fragment
    # When
    PostComment.objects.filter(pk=comment.pk).update(
        edited_at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    )
    fragments.refresh_all()
    # Then
    comment.refresh_from_db()
    edited = 'edited <time datetime="2026-03-01T09:30:00+00:00">1 March 2026, 09:30</time>'
    assert edited in comment.fragment


def test_initials_are_for_those_who_see_and_come_from_nowhere_else(post: Post) -> None:
    comment = PostCommentFactory(post=post, by__name="Ana Brandt", published=True)
    assert re.search(
        r'<span class="disc" data-tone="\d" aria-hidden="true">AB</span>', comment.fragment
    )
    assert "<img" not in comment.fragment


def test_a_comment_bears_the_new_name_of_its_writer(reader: Person, run_tasks: RunTasks) -> None:
    comment = PostCommentFactory(by=reader, published=True)
    people.rename(reader, by=reader, name="Ada Spoke")
    run_tasks()
    comment.refresh_from_db()
    assert "Ada Spoke" in comment.fragment
