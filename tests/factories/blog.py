"""The smallest valid posts, revisions, notes and topics; traits are states.

A post reaches its state through the real rules: `PostFactory(published=True)` was published by an
editor, and so has a revision, a date and events.
"""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import factory
from django.utils import timezone

from accounts.models import Person, Profile
from blog import notes, notices, passages, publishing, revisions, scheduling, workflow
from blog.anchoring import Quote
from blog.models import (
    EditLabel,
    EditorNote,
    NoteKind,
    Notice,
    NoticeKind,
    Passage,
    Post,
    PostEvent,
    PostState,
    Publication,
    RelatedPost,
    Revision,
    Topic,
)
from tests.factories.accounts import ProfileFactory

BODY = "<p>True the wheel before the tyre goes on.</p>\n<p>A spoke wrench is all it takes.</p>"
A_DAY = timedelta(days=1)
HOUSE_EDITOR = "house.editor@example.org"
WORDS = "spoke wrench"  # stands in BODY exactly once


def an_editor() -> Person:
    """An editor who has a byline."""
    profile: Profile = ProfileFactory(person__role="editor")
    assert profile.person is not None
    return profile.person


def the_house_editor() -> Person:
    """The one who brought every post of a test where no editor is named: a crowd would cost a mail
    each for every post after them."""
    known = Person.objects.filter(email=HOUSE_EDITOR).first()
    return known or ProfileFactory(person__role="editor", person__email=HOUSE_EDITOR).person


class PublicationFactory(factory.django.DjangoModelFactory):
    """The one row, with the given texts in it."""

    class Meta:
        model = Publication

    @classmethod
    def _create(cls, model_class: type[Publication], **kwargs: Any) -> Publication:
        publication, _made = model_class.objects.get_or_create(pk=1)
        for name, text in kwargs.items():
            setattr(publication, name, text)
        publication.save()
        return publication


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    name = factory.Sequence(lambda number: f"Wheels {number}")
    slug = factory.Sequence(lambda number: f"wheels-{number}")


class PostFactory(factory.django.DjangoModelFactory):
    """A draft with a text; `submitted`, `in_review`, `changes_requested`, `accepted`,
    `published` and `scheduled` bring it further. `topics=[...]` files it; `editor=` names
    who reviews it; `at=` (aware) is when it was published, or will be."""

    class Meta:
        model = Post

    class Params:
        submitted = factory.Trait(reach=PostState.SUBMITTED)
        in_review = factory.Trait(reach=PostState.IN_REVIEW)
        changes_requested = factory.Trait(reach=PostState.CHANGES_REQUESTED)
        accepted = factory.Trait(reach=PostState.ACCEPTED)
        published = factory.Trait(reach=PostState.PUBLISHED)
        scheduled = factory.Trait(
            reach=PostState.SCHEDULED, at=factory.LazyFunction(lambda: timezone.now() + A_DAY)
        )

    title = factory.Sequence(lambda number: f"How to true a wheel, part {number}")
    summary = "A wheel that runs true lasts longer."
    body = BODY
    slug = factory.Sequence(lambda number: f"how-to-true-a-wheel-{number}")
    author = factory.SubFactory(ProfileFactory)
    reach = PostState.DRAFT
    editor = None
    at = None
    topics = ()

    @classmethod
    def _create(
        cls,
        model_class: type[Post],
        *,
        reach: PostState,
        editor: Person | None,
        at: datetime | None,
        topics: tuple[Topic, ...],
        **kwargs: Any,
    ) -> Post:
        post = model_class.objects.create(**kwargs)
        post.topics.set(topics)
        _bring(post, reach, editor, at)
        return Post.objects.select_related("head", "author").get(pk=post.pk)


def _bring(post: Post, reach: PostState, editor: Person | None, at: datetime | None) -> None:
    if reach == PostState.DRAFT:
        return
    editor = editor or the_house_editor()
    if reach == PostState.PUBLISHED and (at is None or at <= timezone.now()):
        _publish_at_once(post, editor, at)
        return
    workflow.submit(post, by=editor)
    if reach == PostState.IN_REVIEW:
        workflow.take_up(post, editor=editor)
    if reach == PostState.CHANGES_REQUESTED:
        workflow.request_changes(post, editor=editor, message="Please name the tool.")
    if reach in (PostState.ACCEPTED, PostState.SCHEDULED, PostState.PUBLISHED):
        workflow.accept(post, editor=editor)
    if at is not None:
        scheduling.schedule(post, editor=editor, at=at)


def _publish_at_once(post: Post, editor: Person, at: datetime | None) -> None:
    """What most tests begin with: handing in and accepting are told by their events alone."""
    on_the_way = (PostState.DRAFT, PostState.SUBMITTED, PostState.ACCEPTED)
    kinds = zip(("submitted", "accepted"), pairwise(on_the_way), strict=True)
    PostEvent.objects.bulk_create(
        PostEvent(post=post, actor=editor, kind=kind, from_state=before, to_state=after)
        for kind, (before, after) in kinds
    )
    post.state, post.version = PostState.ACCEPTED, 2
    revisions.freeze(post, by=editor)
    publishing.show(post, by=editor, at=at or timezone.now(), kind="published")


class RevisionFactory(factory.django.DjangoModelFactory):
    """The next published revision of a post, made by the rule; `body` is its new text."""

    class Meta:
        model = Revision

    post = factory.SubFactory(PostFactory, published=True)
    body = factory.LazyAttribute(lambda made: f"{made.post.body}\n<p>Then check it again.</p>")
    label = EditLabel.COSMETIC
    reason = "One more sentence."
    editor = factory.LazyFunction(an_editor)

    @classmethod
    def _create(
        cls,
        model_class: type[Revision],
        *,
        post: Post,
        body: str,
        label: EditLabel,
        reason: str,
        editor: Person,
    ) -> Revision:
        post.refresh_from_db()
        draft = workflow.Draft(title=post.title, summary=post.summary, body=body)
        workflow.write(post, by=editor, draft=draft, version=post.version)
        assert post.head is not None
        revision = publishing.revise(post, by=editor, label=label, reason=reason, base=post.head)
        post.refresh_from_db()
        return revision


class PassageFactory(factory.django.DjangoModelFactory):
    """The place of `exact` in what readers see of a post now."""

    class Meta:
        model = Passage

    post = factory.SubFactory(PostFactory, published=True)
    exact = WORDS

    @classmethod
    def _create(cls, model_class: type[Passage], *, post: Post, exact: str) -> Passage:
        return passages.capture(post, quote=Quote(exact), by_editor=True)


class EditorNoteFactory(factory.django.DjangoModelFactory):
    """A closing note; `inline=True` sets it at `words`, `introduction=True` before the text."""

    class Meta:
        model = EditorNote

    class Params:
        inline = factory.Trait(kind=NoteKind.INLINE)
        introduction = factory.Trait(kind=NoteKind.INTRODUCTION)

    post = factory.SubFactory(PostFactory, published=True)
    kind = NoteKind.CLOSING
    text = "Our workshop lends the tool."
    words = WORDS
    editor = factory.LazyFunction(an_editor)

    @classmethod
    def _create(
        cls,
        model_class: type[EditorNote],
        *,
        post: Post,
        kind: NoteKind,
        text: str,
        words: str,
        editor: Person,
    ) -> EditorNote:
        passage = PassageFactory(post=post, exact=words) if kind == NoteKind.INLINE else None
        return notes.write_note(post, kind=kind, editor=editor, text=text, passage=passage)


class NoticeFactory(factory.django.DjangoModelFactory):
    """A notice published by the rule; by default an update that points at the current text."""

    class Meta:
        model = Notice

    post = factory.SubFactory(PostFactory, published=True)
    kind = NoticeKind.UPDATE
    text = "The workshop moved to the old tram depot."
    revision_before = factory.LazyAttribute(lambda made: made.post.head)
    revision_after = factory.LazyAttribute(lambda made: made.post.head)
    editor = factory.LazyFunction(an_editor)

    @classmethod
    def _create(
        cls, model_class: type[Notice], *, post: Post, editor: Person, **facts: Any
    ) -> Notice:
        return notices.publish_notice(post, editor=editor, facts=notices.NoticeFacts(**facts))


class RelatedPostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RelatedPost

    post = factory.SubFactory(PostFactory)
    other = factory.SubFactory(PostFactory, published=True)
    position = factory.Sequence(lambda number: number)
