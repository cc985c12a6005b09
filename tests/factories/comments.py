"""The smallest valid comments; traits are states, reached through the real rules.

`PostCommentFactory(published=True)` was posted by a guest and let through by the spam check.
"""

from typing import Any

import factory
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django_comments.models import Comment
from django_comments_xtd.models import XtdComment

from accounts.models import Person
from blog.models import Post
from comments import discussion, evidence, moderation
from comments.discussion import Trail
from comments.models import CommentState, PostComment
from comments.paths import LEVELS, step
from comments.spam import Judgement, Verdict
from comments.words import Guest
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory

S = CommentState
HOUSE_MODERATOR = "house.moderator@example.org"
JUDGED = {S.PUBLISHED: Judgement.HAM, S.REMOVED: Judgement.HAM, S.SPAM: Judgement.SPAM}


class GuestFactory(factory.Factory):
    class Meta:
        model = Guest

    name = factory.Sequence(lambda number: f"Guest {number}")
    email = factory.Sequence(lambda number: f"guest{number}@example.net")
    url = ""


class TrailFactory(factory.Factory):
    """Every comment comes from a network of its own, so that none is a flood."""

    class Meta:
        model = Trail

    ip = factory.Sequence(
        lambda number: f"10.{number // 62500}.{number // 250 % 250}.{number % 250}"
    )
    user_agent = "Bicycle/1.0"
    referrer = "https://example.net/from/"


class PostCommentFactory(factory.django.DjangoModelFactory):
    """A held comment that waits for its check; `published`, `spam`, `rejected`, `removed`.

    `left_to_people=True` is held and was checked. `parent=` answers a published comment.
    """

    class Meta:
        model = PostComment

    class Params:
        published = factory.Trait(reach=S.PUBLISHED)
        spam = factory.Trait(reach=S.SPAM)
        rejected = factory.Trait(reach=S.REJECTED)
        removed = factory.Trait(reach=S.REMOVED)

    post = factory.SubFactory(PostFactory, published=True)
    by = factory.SubFactory(GuestFactory)
    text = factory.Sequence(lambda number: f"I trued wheel number {number} this way.")
    parent = None
    trail = factory.SubFactory(TrailFactory)
    reach = S.HELD
    left_to_people = False

    @classmethod
    def _create(
        cls,
        model_class: type[PostComment],
        *,
        reach: CommentState,
        left_to_people: bool,
        **facts: Any,
    ) -> PostComment:
        if facts["parent"] is not None:
            facts["post"] = facts["parent"].post
        comment = discussion.post_comment(**facts)
        _bring(comment, reach, left_to_people)
        return PostComment.objects.get(pk=comment.pk)


def judge(comment: PostComment, judgement: Judgement, **facts: Any) -> None:
    """Let a verdict come in, as the task does when the checker has answered."""
    verdict = Verdict(judgement=judgement, reason=f"Judged: {judgement.value}.", **facts)
    moderation.settle(comment.pk, verdict=verdict, facts=evidence.of(comment))


def _bring(comment: PostComment, reach: CommentState, left_to_people: bool) -> None:
    if judgement := JUDGED.get(reach):
        judge(comment, judgement)
    if left_to_people or reach == S.REJECTED:
        judge(comment, Judgement.UNKNOWN)
    comment.refresh_from_db()
    if reach in (S.PUBLISHED, S.REMOVED) and comment.state == S.HELD:
        moderation.approve(comment, moderator=the_house_moderator())
    if reach == S.REJECTED:
        moderation.reject(comment, moderator=the_house_moderator())
    if reach == S.REMOVED:
        moderation.remove(comment, moderator=the_house_moderator())


def the_house_moderator() -> Person:
    known = Person.objects.filter(email=HOUSE_MODERATOR).first()
    return known or PersonFactory(moderator=True, email=HOUSE_MODERATOR)


def fill(post: Post, *, threads: int, replies: int = 0, state: CommentState = S.PUBLISHED) -> None:
    """Many comments at once, past the rules: threads, each with a chain of replies; published, or
    threads alone in another state.

    The fragments are stubs. The rules would need minutes for thousands, and Django refuses to
    insert many rows of a model that inherits tables; so each table is filled for itself.
    """
    kind, now = ContentType.objects.get_for_model(Post), timezone.now()
    total = threads * (1 + replies)
    rows = Comment.objects.bulk_create(
        Comment(
            content_type=kind,
            object_pk=str(post.pk),
            site_id=1,
            user_name="Many",
            user_email="many@example.net",
            comment="Said by many.",
            submit_date=now,
        )
        for _ in range(total)
    )
    path, comments, library = "", [], []
    for number, row in enumerate(rows):
        depth = min(number % (1 + replies), LEVELS - 1)
        path = path[: depth * 7] + step(row.pk)
        facts = {"comment_ptr_id": row.pk, "thread_id": row.pk, "parent_id": row.pk}
        library.append(XtdComment(**facts, level=depth, order=row.pk))
        comments.append(
            PostComment(
                xtdcomment_ptr_id=row.pk,
                post=post,
                state=state,
                path=path,
                depth=depth,
                html="<p>Said by many.</p>",
                fragment=_stub(row.pk) if state == S.PUBLISHED else "",
                on_page=state == S.PUBLISHED,
            )
        )
    _insert(XtdComment, library)
    _insert(PostComment, comments)


def _stub(pk: int) -> str:
    return f'<article id="comment-{pk}"><p>Said by many.</p></article>'


def _insert(model: type[models.Model], rows: list[Any]) -> None:
    fields = model._meta.local_concrete_fields
    for start in range(0, len(rows), 500):
        model._base_manager.all()._insert(rows[start : start + 500], fields=fields, using="default")
