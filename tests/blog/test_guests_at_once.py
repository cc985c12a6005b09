"""Guests, proposals and the staff while several people act at once: one person, one answer."""

from uuid import uuid4

import pytest

from accounts import staff
from accounts.models import FormerBylineAddress, Letter, Person, Profile, Role
from accounts.refusals import Refusal
from blog import claims, pitches
from blog.models import GuestLink, Pitch, Post
from blog.pitches import Answer
from tests.blog.guest_pages import GUEST, invited, link_to
from tests.blog.test_pitches import open_pitch, proposal
from tests.comments.test_concurrency import all_at_once
from tests.factories.accounts import PersonFactory, ProfileFactory

pytestmark = pytest.mark.django_db(transaction=True)


def refused(results: list[object]) -> int:
    """How many were refused with a sentence; anything else that failed is a failure."""
    assert not [
        one for one in results if isinstance(one, Exception) and not isinstance(one, Refusal)
    ]
    return sum(isinstance(one, Refusal) for one in results)


def test_a_guest_is_one_person_however_many_invite_and_claim_at_once() -> None:
    # Four invitations of an address that nobody knew
    editors = [PersonFactory(editor=True) for _number in range(4)]
    results = all_at_once([lambda by=editor: invited(by) for editor in editors])
    assert refused(results) == 0
    guest = Person.objects.get(email=GUEST)
    assert Profile.objects.filter(person=guest).count() == 1
    assert Post.objects.written_by(guest).count() == 4
    # Two accounts, each of which claims twice
    link = link_to(Post.objects.written_by(guest)[0])
    people = [ProfileFactory().person for _number in range(2)]
    results = all_at_once([lambda by=one: claims.claim(link, by=by) for one in people * 2])
    assert refused(results) == 2
    [owner] = Person.objects.filter(profile__posts__isnull=False).distinct()
    assert Post.objects.written_by(owner).count() == 4
    assert FormerBylineAddress.objects.count() == 1
    assert not GuestLink.objects.live().exists()


def test_a_proposal_and_the_staff_are_decided_once_when_two_decide_at_once() -> None:
    # One form that was sent four times
    key = uuid4()
    all_at_once([lambda: pitches.pitch(proposal(), key=key, network="192.0.2.1")] * 4)
    assert (Pitch.objects.count(), Letter.objects.count()) == (1, 1)
    # Accepted and declined in the same moment
    pitch, editor = open_pitch(), PersonFactory(editor=True)
    results = all_at_once(
        [
            lambda: pitches.accept(pitch, editor=editor, answer=Answer()),
            lambda: pitches.decline(pitch, editor=editor, message="No."),
        ]
    )
    pitch.refresh_from_db()
    assert refused(results) == 1
    assert Post.objects.exists() == (pitch.state == "accepted")
    # Two publishers who take the role from each other
    one, other = (PersonFactory(publisher=True) for _number in range(2))
    results = all_at_once(
        [
            lambda: staff.change_role(other, role=Role.EDITOR, by=one),
            lambda: staff.change_role(one, role=Role.EDITOR, by=other),
        ]
    )
    assert refused(results) == 1
    assert Person.objects.filter(role=Role.PUBLISHER).count() == 1
