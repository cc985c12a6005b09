import pytest
from allauth.account.models import EmailAddress

from accounts import people
from accounts.refusals import Invalid, NotAllowed

pytestmark = pytest.mark.django_db


def test_everybody_may_change_their_own_name(reader):
    # When
    people.rename(reader, by=reader, name="  Ada Spoke ")
    # Then
    reader.refresh_from_db()
    assert reader.name == "Ada Spoke"


def test_nobody_may_change_the_name_of_another(reader, editor):
    with pytest.raises(NotAllowed):
        people.rename(reader, by=editor, name="Somebody else")


def test_a_name_of_blanks_is_no_name(reader):
    with pytest.raises(Invalid):
        people.rename(reader, by=reader, name="  ")


def test_the_publisher_may_rename_and_vouch(reader, publisher):
    # When
    people.rename(reader, by=publisher, name="Ada")
    people.vouch_for(reader, by=publisher)
    people.vouch_for(reader, by=publisher)
    # Then
    [address] = EmailAddress.objects.filter(user=reader)
    assert (reader.name, address.email, address.verified) == ("Ada", reader.email, True)


def test_nobody_else_may_vouch_for_an_address(reader, editor):
    with pytest.raises(NotAllowed):
        people.vouch_for(reader, by=editor)


def test_moderators_choose_whether_single_keys_act_for_them(moderator):
    # When
    people.use_keys(moderator, by=moderator, uses_keys=False)
    people.use_keys(moderator, by=moderator, uses_keys=False)
    # Then
    moderator.refresh_from_db()
    assert moderator.uses_keys is False


def test_nobody_chooses_the_keys_of_another(moderator, publisher):
    with pytest.raises(NotAllowed):
        people.use_keys(moderator, by=publisher, uses_keys=False)


@pytest.mark.parametrize("role", ["reader", "author"])
def test_whoever_has_no_desk_has_no_keys(request, role):
    person = request.getfixturevalue(role)
    with pytest.raises(NotAllowed):
        people.use_keys(person, by=person, uses_keys=False)
