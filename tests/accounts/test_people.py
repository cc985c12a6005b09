import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from accounts import people
from accounts.models import Letter, Person
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


def test_the_command_that_makes_the_publisher_asks_for_a_name(monkeypatch):
    # Given
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a wheel that runs true")
    monkeypatch.setenv("DJANGO_SUPERUSER_EMAIL", "publisher@blog.example")
    # Then
    with pytest.raises(CommandError, match="name"):
        call_command("createsuperuser", "--noinput")
    # When
    monkeypatch.setenv("DJANGO_SUPERUSER_NAME", "Ada Spoke")
    call_command("createsuperuser", "--noinput", verbosity=0)
    # Then
    made = Person.objects.get()
    assert (made.name, made.role, made.is_superuser) == ("Ada Spoke", "publisher", True)


def test_the_publisher_helps_somebody_who_lost_their_phone(client, author, publisher):
    # Given
    totp = Authenticator.Type.TOTP
    Authenticator.objects.create(user=author, type=totp, data={"secret": "x"})
    Authenticator.objects.create(user=publisher, type=totp, data={"secret": "x"})
    client.force_login(publisher)
    chosen = {"action": "take_away_second_step", "_selected_action": [author.pk]}
    # When
    for _ in range(2):
        client.post("/admin/accounts/person/", chosen)
    # Then
    assert [kept.user for kept in Authenticator.objects.all()] == [publisher]
    assert Letter.objects.get().to == author.email


def test_nobody_else_takes_away_a_second_step(editor, author):
    with pytest.raises(NotAllowed):
        people.take_away_second_step(author, by=editor)


def test_nobody_chooses_the_mails_of_another(moderator, publisher):
    with pytest.raises(NotAllowed):
        people.choose_digest(moderator, by=publisher, wants=False)


def test_the_daily_mail_is_for_moderators_but_everybody_may_end_it(author):
    with pytest.raises(NotAllowed):
        people.choose_digest(author, by=author, wants=True)
    people.choose_digest(author, by=author, wants=False)
    assert not author.wants_digest


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
