"""What can happen to a topic: added, changed."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid, NotAllowed
from accounts.roles import is_editor
from blog.models import Discussion, FormerTopicAddress, Topic


@dataclass(frozen=True)
class TopicFacts:
    """What a topic says and asks for; without a `slug` the address is made of the name."""

    name: str
    slug: str = ""
    description: str = ""
    shows_disclosure: bool = False
    shows_disclaimer: bool = False
    discussion: Discussion = Discussion.AUTO


def add(facts: TopicFacts, *, editor: Person) -> Topic:
    """Open a topic; refuses a name or an address that another one has."""
    return _store(Topic(), facts, editor)


def change(topic: Topic, *, editor: Person, facts: TopicFacts) -> Topic:
    """Rename a topic or change what it asks for; without a `slug` the address stays.

    An address that it had leads to the new one for good.
    """
    return _store(topic, facts, editor)


def _store(topic: Topic, facts: TopicFacts, editor: Person) -> Topic:
    if not is_editor(editor):
        raise NotAllowed(_("Only an editor may change topics."))
    if not facts.name.strip():
        raise Invalid(_("A topic needs a name."))
    old = topic.slug
    for name, value in vars(facts).items():
        setattr(topic, name, value or (topic.slug if name == "slug" else value))
    topic.slug = topic.slug or slugify(facts.name)[:70] or "topic"
    try:
        with transaction.atomic():
            _require_free(topic)
            topic.save()
            if old and old != topic.slug:
                topic.former_addresses.filter(slug=topic.slug).delete()
                topic.former_addresses.create(slug=old)
    except IntegrityError as error:
        raise Invalid(_("Another topic has this name or this address.")) from error
    return topic


def _require_free(topic: Topic) -> None:
    if FormerTopicAddress.objects.filter(slug=topic.slug).exclude(topic=topic.pk).exists():
        raise Invalid(_("Another topic had this address, and is still found at it."))
