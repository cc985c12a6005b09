"""The demo's logins, and whether anybody can still come in with them."""

from django.contrib.auth.hashers import check_password
from django.db import connection
from django.db.models import QuerySet

from accounts.models import Person

PASSWORD = "corrigible"  # noqa: S105  it is printed for everybody to see
LOGINS = (
    "publisher@example.org",
    "editor@example.org",
    "moderator@example.org",
    "author@example.org",
)


def demo_logins() -> list[str]:
    """The demo's addresses that may sign in, with whatever password, in the order of `LOGINS`."""
    found = set(_active().values_list("email", flat=True))
    return [email for email in LOGINS if email in found]


def demo_logins_open() -> list[str]:
    """The demo's addresses that can sign in with the demo's password, in the order of `LOGINS`.

    A site that is open to the world must not start while there are any. It costs one slow hash
    for each of these people who exists, and nothing where there is none. There is none before
    the first migration either.
    """
    if Person._meta.db_table not in connection.introspection.table_names():
        return []
    hashes = dict(_active().values_list("email", "password"))
    return [
        email for email in LOGINS if email in hashes and check_password(PASSWORD, hashes[email])
    ]


def _active() -> QuerySet[Person]:
    return Person.objects.filter(email__in=LOGINS, is_active=True)
