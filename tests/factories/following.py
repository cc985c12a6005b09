"""People who follow discussions, and what they are to be told."""

from typing import Any

import factory
from django.utils import timezone

from comments import participants
from comments.models import Follow, Notification, NotificationKind, Participant, Scope
from tests.factories.blog import PostFactory
from tests.factories.comments import PostCommentFactory


class ParticipantFactory(factory.django.DjangoModelFactory):
    """A guest who confirmed the address; `unknown=True` has only typed it."""

    class Meta:
        model = Participant

    class Params:
        unknown = factory.Trait(confirmed_at=None)

    guest_email = factory.Sequence(lambda number: f"follower{number}@example.net")
    confirmed_at = factory.LazyFunction(timezone.now)


class FollowFactory(factory.django.DjangoModelFactory):
    """A confirmed wish to hear of a whole discussion; `wish=True` waits for the mailed link."""

    class Meta:
        model = Follow

    class Params:
        wish = factory.Trait(
            confirmed_at=None, participant=factory.SubFactory(ParticipantFactory, unknown=True)
        )

    participant = factory.SubFactory(ParticipantFactory)
    post = factory.SubFactory(PostFactory, published=True)
    scope = Scope.DISCUSSION
    confirmed_at = factory.LazyFunction(timezone.now)

    @classmethod
    def _create(cls, model_class: type[Follow], **facts: Any) -> Follow:
        if facts["confirmed_at"] is not None:
            participants.confirm(facts["participant"])
        follow: Follow = super()._create(model_class, **facts)
        return follow


class NotificationFactory(factory.django.DjangoModelFactory):
    """A new comment that somebody is to hear of now."""

    class Meta:
        model = Notification

    participant = factory.SubFactory(ParticipantFactory)
    comment = factory.SubFactory(PostCommentFactory, published=True)
    kind = NotificationKind.COMMENT
