"""Bylines: whose they are, and that nobody gets a second or another's."""

import pytest

from accounts import profiles
from accounts.models import Profile
from accounts.profiles import Byline
from accounts.refusals import Invalid, NotAllowed
from tests.factories.accounts import PersonFactory, ProfileFactory

pytestmark = pytest.mark.django_db
GUEST = Byline(name="Ana Ruiz", credentials="RN", bio="Mends bikes.")


def test_an_editor_signs_with_the_byline_that_was_added_for_her(editor):
    # Given
    host = PersonFactory(editor=True, name="Ana Ruiz")
    added = profiles.add_byline(GUEST, editor=editor)
    # When
    signs_with = profiles.byline_of(host)
    # Then
    assert (signs_with, signs_with.person, signs_with.bio) == (added, host, GUEST.bio)
    assert profiles.byline_of(host) == added
    assert Profile.objects.count() == 1


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_nobody_else_takes_a_byline_by_having_its_name(editor, role):
    # Given
    added = profiles.add_byline(GUEST, editor=editor)
    namesake = PersonFactory(role=role, name="Ana Ruiz")
    # When
    signs_with = profiles.byline_of(namesake)
    # Then
    added.refresh_from_db()
    assert signs_with != added
    assert added.person is None


@pytest.mark.parametrize("name", ["ana ruiz", "Ana Ruiz-Holm", ""])
def test_a_byline_of_almost_the_same_name_is_not_taken(editor, name):
    # Given
    added = profiles.add_byline(GUEST, editor=editor)
    # Then
    assert profiles.byline_of(PersonFactory(editor=True, name=name)) != added


def test_of_two_bylines_of_one_name_none_is_taken(editor):
    # Given
    added = [profiles.add_byline(GUEST, editor=editor) for _ in range(2)]
    # Then
    assert profiles.byline_of(PersonFactory(editor=True, name="Ana Ruiz")) not in added


def test_the_byline_of_another_login_is_not_taken():
    # Given
    theirs = ProfileFactory(name="Ana Ruiz")
    # Then
    assert profiles.byline_of(PersonFactory(editor=True, name="Ana Ruiz")) != theirs


def test_an_editor_says_whose_a_byline_is(editor, author):
    # Given
    added = profiles.add_byline(GUEST, editor=editor)
    # When
    profiles.change_byline(added, by=editor, byline=GUEST, person=author)
    # Then
    assert profiles.byline_of(author) == added
    assert author not in profiles.without_byline()


def test_a_byline_may_be_added_for_somebody_who_signs_in(editor, author):
    added = profiles.add_byline(GUEST, editor=editor, person=author)
    assert profiles.byline_of(author) == added


def test_nobody_gets_a_second_byline(editor):
    # Given
    writer = ProfileFactory().person
    added = profiles.add_byline(GUEST, editor=editor)
    # Then
    with pytest.raises(Invalid, match="another byline"):
        profiles.change_byline(added, by=editor, byline=GUEST, person=writer)
    with pytest.raises(Invalid, match="another byline"):
        profiles.add_byline(GUEST, editor=editor, person=writer)
    assert Profile.objects.count() == 2


def test_a_byline_is_not_taken_from_somebody(editor, author):
    # Given
    theirs = ProfileFactory()
    # Then
    with pytest.raises(Invalid, match="belongs to somebody"):
        profiles.change_byline(theirs, by=editor, byline=GUEST, person=author)
    theirs.refresh_from_db()
    assert theirs.person != author


def test_who_may_not_write_signs_nothing(editor, reader):
    # Given
    added = profiles.add_byline(GUEST, editor=editor)
    # Then
    with pytest.raises(Invalid, match="may not write"):
        profiles.change_byline(added, by=editor, byline=GUEST, person=reader)
    assert reader not in profiles.without_byline()


def test_only_an_editor_says_whose_a_byline_is(author):
    # Given
    own = profiles.byline_of(author)
    # Then
    with pytest.raises(NotAllowed):
        profiles.change_byline(own, by=author, byline=GUEST, person=PersonFactory(author=True))
    with pytest.raises(NotAllowed):
        profiles.add_byline(GUEST, editor=author, person=author)
