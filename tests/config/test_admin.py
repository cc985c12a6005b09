"""The publisher finds in the admin what is ours, and nothing that only confuses."""

import pytest

from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client) -> str:
    client.force_login(PersonFactory(publisher=True))
    return client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    "address", ["auth/group", "sites/site", "account/emailaddress", "mfa/authenticator"]
)
def test_tables_of_libraries_are_not_there(client, page, address):
    assert f"/admin/{address}/" not in page
    assert client.get(f"/admin/{address}/").status_code == 404


@pytest.mark.parametrize(
    "address", ["accounts/person", "accounts/profile", "blog/post", "comments/postcomment"]
)
def test_what_is_ours_is_there(client, page, address):
    assert f"/admin/{address}/" in page
    assert client.get(f"/admin/{address}/").status_code == 200
