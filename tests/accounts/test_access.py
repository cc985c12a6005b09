import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from accounts import access, roles
from accounts.models import Role
from tests.factories.accounts import PersonFactory

DOORS = {
    access.signed_in_only: Role.values,
    access.authors_only: ["author", "moderator", "editor", "publisher"],
    access.moderators_only: ["moderator", "editor", "publisher"],
    access.editors_only: ["editor", "publisher"],
    access.publishers_only: ["publisher"],
}


def room(request) -> HttpResponse:
    return HttpResponse("come in")


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("door", DOORS)
def test_each_door_opens_for_its_role_and_those_above(rf, door, role):
    # Given
    request = rf.get("/room/")
    request.user = PersonFactory(role=role)
    # When, Then
    if role in DOORS[door]:
        assert door(room)(request).content == b"come in"
    else:
        with pytest.raises(PermissionDenied):
            door(room)(request)


@pytest.mark.parametrize("door", DOORS)
def test_a_stranger_is_sent_to_sign_in_and_back(rf, door):
    # Given
    request = rf.get("/room/?page=2")
    request.user = AnonymousUser()
    # When
    response = door(room)(request)
    # Then
    assert (response.status_code, response.url) == (
        302,
        "/accounts/login/?next=/room/%3Fpage%3D2",
    )


@pytest.mark.django_db
def test_no_cache_keeps_what_stands_behind_a_door(rf, editor):
    # Given
    request = rf.get("/room/")
    request.user = editor
    # When
    response = access.editors_only(room)(request)
    # Then
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


@pytest.mark.django_db
def test_a_login_that_is_closed_is_no_role_at_all():
    closed = PersonFactory(publisher=True, is_active=False)
    asked = (roles.may_sign_in, roles.is_author, roles.is_publisher)
    assert [is_it(closed) for is_it in asked] == [False, False, False]


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS)
def test_whoever_writes_signs_or_decides_gives_a_name_first(rf, door):
    # Given
    request = rf.get("/room/?page=2")
    request.user = PersonFactory(publisher=True, name="")
    # When
    response = door(room)(request)
    # Then
    if door == access.signed_in_only:
        assert response.content == b"come in"
    else:
        assert response.url == "/me/profile/?next=/room/%3Fpage%3D2"


@pytest.mark.django_db
def test_a_reader_without_a_name_is_refused_like_any_other(rf):
    # Given
    request = rf.get("/room/")
    request.user = PersonFactory(name="")
    # Then
    with pytest.raises(PermissionDenied):
        access.editors_only(room)(request)
