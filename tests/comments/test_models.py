"""What the database holds about a comment, and what of the library stays switched off."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models.signals import pre_save
from django.urls import NoReverseMatch, get_resolver, reverse
from django_comments.models import Comment, CommentFlag
from django_comments_xtd import get_model
from django_comments_xtd.models import XtdComment, publish_or_unpublish_on_pre_save

from accounts.models import Person
from blog.models import Post
from comments.models import CommentState, DiscardedSpam, PostComment
from comments.paths import LEVELS, step
from tests.factories.blog import PostFactory
from tests.factories.comments import PostCommentFactory, fill

pytestmark = pytest.mark.django_db


def test_our_model_is_the_library_s_and_not_called_comment() -> None:
    assert get_model() is PostComment
    assert PostComment.__name__ != "Comment"


def test_the_library_s_receiver_is_disconnected() -> None:
    receivers, _asynchronous = pre_save._live_receivers(PostComment)
    assert publish_or_unpublish_on_pre_save not in receivers


def test_no_address_of_the_library_is_served() -> None:
    names = {str(name) for name in get_resolver().reverse_dict}
    assert not [name for name in names if name.startswith("comments-")]
    with pytest.raises(NoReverseMatch):
        reverse("comments-xtd-reply", args=[1])


def test_saving_a_published_parent_leaves_its_spam_reply_spam() -> None:
    # Given
    parent = PostCommentFactory(published=True)
    spam = PostCommentFactory(parent=parent, spam=True)
    held = PostCommentFactory(parent=parent)
    # When
    parent.save()
    parent.save()
    # Then
    states = PostComment.objects.filter(pk__in=[spam.pk, held.pk]).order_by("pk")
    assert list(states.values_list("state", "is_public")) == [("spam", False), ("held", False)]


def test_the_library_s_flags_follow_the_state() -> None:
    states = {
        state: PostCommentFactory(**({state: True} if state != "held" else {}))
        for state in CommentState.values
    }
    flags = {state: (one.is_public, one.is_removed) for state, one in states.items()}
    assert flags == {
        "held": (False, False),
        "published": (True, False),
        "spam": (False, False),
        "rejected": (False, False),
        "removed": (False, True),
    }


def test_a_comment_takes_its_place_below_what_it_answers(post: Post) -> None:
    # Given
    root = PostCommentFactory(post=post, published=True)
    reply = PostCommentFactory(parent=root, published=True)
    # Then
    assert (root.path, root.depth) == (step(root.pk), 0)
    assert (reply.path, reply.depth) == (root.path + step(reply.pk), 1)
    assert reply.in_reply_to == root


def test_the_library_s_readers_find_the_thread(post: Post) -> None:
    # Given
    root = PostCommentFactory(post=post, published=True)
    reply = PostCommentFactory(parent=root, published=True)
    # When
    rows = XtdComment.objects.filter(pk__in=[root.pk, reply.pk])
    # Then
    assert list(rows.values_list("pk", "thread_id", "parent_id", "level", "order")) == [
        (root.pk, root.pk, root.pk, 0, root.pk),
        (reply.pk, root.pk, root.pk, 1, reply.pk),
    ]
    assert list(PostComment.objects.for_model(post)) == [root, reply]


def test_a_reply_below_the_last_level_stands_on_it_and_knows_what_it_answers(post: Post) -> None:
    # Given
    chain = [PostCommentFactory(post=post, published=True)]
    while len(chain) < LEVELS:
        chain.append(PostCommentFactory(parent=chain[-1], published=True))
    # When
    deeper = PostCommentFactory(parent=chain[-1], published=True)
    deepest = PostCommentFactory(parent=deeper, published=True)
    # Then
    assert [one.depth for one in (*chain, deeper, deepest)] == [0, 1, 2, 3, 4, 4, 4]
    assert deepest.path == chain[3].path + step(deepest.pk)
    assert [one.is_too_deep for one in (*chain, deeper, deepest)] == [False] * 5 + [True] * 2
    assert (deeper.in_reply_to, deepest.in_reply_to) == (chain[-1], deeper)


def test_a_parent_under_another_post_is_refused_even_past_the_rules() -> None:
    # Given
    elsewhere = PostCommentFactory(published=True)
    comment = PostComment(post=PostFactory(published=True), in_reply_to=elsewhere, comment="Hm")
    # Then
    with pytest.raises(ValueError, match="under the post of its parent"):
        comment.save()
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"state": "odd"},
        {"voice": "odd"},
        {"verdict": "odd"},
        {"report_due": "odd"},
        {"depth": 7},
        {"depth": 1},
        {"path": "short"},
        {"state": "published"},
        {"on_page": True},
        {"fragment": "<p>Hidden</p>"},
        {"state": "spam"},
    ],
)
def test_the_database_refuses_what_cannot_be(change: dict[str, object]) -> None:
    comment = PostCommentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        PostComment.objects.filter(pk=comment.pk).update(**change)


def test_the_same_form_makes_one_comment_in_the_database_too() -> None:
    one, other = PostCommentFactory.create_batch(2)
    with pytest.raises(IntegrityError), transaction.atomic():
        PostComment.objects.filter(pk=other.pk).update(said=one.said)


def test_deleting_a_post_leaves_nothing_of_its_comments_behind(reader: Person) -> None:
    # Given
    root = PostCommentFactory(published=True)
    PostCommentFactory(parent=root, published=True)
    CommentFlag.objects.create(user=reader, comment=root, flag=CommentFlag.SUGGEST_REMOVAL)
    post = root.post
    Post.objects.filter(pk=post.pk).update(state="draft", head=None)
    post.revisions.all().delete()
    # When
    Post.objects.get(pk=post.pk).delete()
    # Then
    assert (Comment.objects.count(), CommentFlag.objects.count()) == (0, 0)


def test_the_library_s_flags_still_work(reader: Person) -> None:
    comment = PostCommentFactory(published=True)
    CommentFlag.objects.create(user=reader, comment=comment, flag=CommentFlag.SUGGEST_REMOVAL)
    assert comment.flags.count() == 1


def test_an_event_is_never_rewritten() -> None:
    event = PostCommentFactory().events.get()
    event.reason = "Another"
    with pytest.raises(TypeError):
        event.save()


def test_comments_belong_to_posts_for_the_library(post: Post) -> None:
    comment = PostCommentFactory(post=post)
    kind = ContentType.objects.get_for_model(Post)
    assert (comment.content_type, comment.object_pk, comment.site_id) == (kind, str(post.pk), 1)


def test_what_they_are_called() -> None:
    comment = PostCommentFactory(by__name="Ana", text="Grease the thread.")
    assert str(comment) == "Ana: Grease the thread."
    assert str(comment.events.get()).startswith("Posted (")
    assert str(DiscardedSpam(day=comment.submit_date.date(), number=3)).endswith(": 3")


def test_many_comments_can_be_made_at_once_for_tests(post: Post) -> None:
    fill(post, threads=3, replies=2)
    assert list(PostComment.objects.on_page(post).values_list("depth", flat=True)) == [0, 1, 2] * 3
