"""All mails of the life of a dispute, from the receipt to the promised post, read together."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command

from accounts.models import Letter
from editorial import asking, disputes, follow_ups, replies, wishes
from editorial.models import Dispute
from editorial.points import Raiser
from tests.factories.accounts import ProfileFactory
from tests.factories.blog import PostFactory, an_editor
from tests.factories.editorial import (
    DisputeFactory,
    WorkshopPostFactory,
    decide,
    tell_of_decisions,
)

pytestmark = pytest.mark.django_db
RAISER = Raiser(name="Quiet Quentin", email="quentin@example.net", network="203.0.113.9")
SAID = "They charged me twelve euros, the crooks."
ANSWER = "The receipt is in my drawer."
SUMMARY = "The workshop charges for new parts."


def subjects(to):
    return Counter(Letter.objects.filter(to=to).values_list("subject", flat=True))


def live(dispute, editor):
    """Everything that can be told about one dispute, once."""
    asking.ask(dispute, editor=editor, text="Which part was it?", version=dispute.version)
    dispute.refresh_from_db()
    asking.answer(dispute, text=ANSWER)
    dispute.refresh_from_db()
    disputes.accept(dispute, editor=editor, summary=SUMMARY, version=dispute.version)
    replies.propose(dispute, editor=editor, wording="Used parts.", version=dispute.version)
    due = dispute.author_reply.due_at
    with time_machine.travel(due - timedelta(hours=3), tick=False):
        call_command("remind_authors")
    decide(dispute, editor=editor)
    tell_of_decisions()
    dispute.refresh_from_db()
    wishes.reopen(dispute, editor=editor, version=dispute.version, reason="There is a new source.")
    decision = decide(dispute, editor=editor, promises_follow_up=True)
    tell_of_decisions()
    kept_by = PostFactory(published=True, title="What a chain costs")
    follow_ups.keep(decision.follow_up, editor=editor, post=kept_by)


def test_every_step_is_told_once_and_nothing_private_is():
    # Given
    dispute = DisputeFactory(raiser=RAISER, statement=SAID)
    author = dispute.claim.post.author.person.email
    Letter.objects.exclude(to=RAISER.email).delete()
    # When
    live(dispute, an_editor())
    # Then
    title = dispute.claim.post.headline
    assert subjects(RAISER.email) == {
        f"We have received your report on “{title}”": 1,
        f"A question about your report on “{title}”": 1,
        f"We are checking a statement in “{title}”": 1,
        f"We have decided about a statement in “{title}”": 2,
        f"We are checking a statement in “{title}” again": 1,
        "The follow-up we promised: What a chain costs": 1,
    }
    assert subjects(author) == {
        f"A statement in your post “{title}” is under review": 1,
        f"The editors propose a wording for your post “{title}”": 1,
        f"Do you wish to answer what is questioned in “{title}”?": 1,
        f"A statement in your post “{title}” has been decided": 2,
        f"A statement in your post “{title}” is under review again": 1,
    }
    for letter in Letter.objects.all():
        assert SAID not in letter.body
        assert ANSWER not in letter.body
        assert "<" not in letter.body
        for private in (SAID, SUMMARY, dispute.claim.statement, "Used parts."):
            assert private not in letter.subject
    for letter in Letter.objects.filter(to=author):
        for private in ("Quentin", RAISER.email):
            assert private not in letter.body + letter.subject
    assert Dispute.objects.get().is_decided


def test_an_author_who_raised_it_gets_one_mail_for_each_step(author):
    # Given
    post = WorkshopPostFactory(author=ProfileFactory(person=author))
    dispute = DisputeFactory(post=post, raiser=Raiser(person=author))
    Letter.objects.all().delete()
    # When
    editor = an_editor()
    disputes.accept(dispute, editor=editor, summary=SUMMARY, version=dispute.version)
    decide(dispute, editor=editor)
    tell_of_decisions()
    # Then
    title = post.headline
    assert subjects(author.email) == {
        f"A statement in your post “{title}” is under review": 1,
        f"A statement in your post “{title}” has been decided": 1,
    }
