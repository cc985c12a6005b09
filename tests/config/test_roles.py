"""Every address as every role, GET and POST, against the table in docs/roles.md.

A new address gets its row by `CORRIGIBLE_WRITE_ROLES=1 pytest tests/config/test_roles.py`; the diff
of the table then says who can reach it. What the table may never say stands in this file.
"""

import os
import re
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.template.backends.django import Template
from django.test import Client
from django.test.utils import override_settings

from tests.config.roles_world import ROLES, World, path_of, routes

TABLE = Path(__file__).resolve().parents[2] / "docs" / "roles.md"
BEGINNING, END = "<!-- the table -->\n", "<!-- its end -->\n"
HOW = "Run CORRIGIBLE_WRITE_ROLES=1 pytest tests/config/test_roles.py to {}, and look at the diff."
SIGN_IN = ("/accounts/login/", "/admin/login/")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b.*?\"(\w+)\"", re.IGNORECASE)
MAY_BE_NOTED = {  # by a GET, which changes nothing for anybody
    *("django_session", "blog_guestlink", "comments_house", "blog_publication"),
    *("comments_checkerhealth", "account_emailaddress", "comments_participant"),
}
Row = tuple[str, ...]

pytestmark = pytest.mark.django_db


def status(answer: HttpResponse) -> str:
    """What somebody got, in a word: `in` is the way to the sign-in page."""
    leads_to = answer.headers.get("Location", "")
    return "in" if leads_to.startswith(SIGN_IN) else str(answer.status_code)


def stored() -> dict[str, Row]:
    lines = TABLE.read_text().partition(BEGINNING)[2].partition(END)[0].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    return {row[0].strip("`"): tuple(row[1:]) for row in cells if len(row) == len(ROLES) + 1}


def write(rows: dict[str, Row]) -> None:
    head = ["| Address | " + " | ".join(ROLES) + " |", "|---" * (len(ROLES) + 1) + "|"]
    body = [f"| `{route}` | {' | '.join(row)} |" for route, row in rows.items()]
    before, _mark, rest = TABLE.read_text().partition(BEGINNING)
    after = rest.partition(END)[2]
    TABLE.write_text(before + BEGINNING + "\n".join([*head, *body]) + "\n" + END + after)


class Walk:
    """Each request in a savepoint that is rolled back, so that all find the same world."""

    def __init__(self) -> None:
        self.world = World()
        self.examples = self.world.examples()
        self.clients = self.world.clients()
        self.written_by_get: set[tuple[str, str]] = set()
        with patch.object(Template, "render", lambda *args, **kwargs: "<p>A page.</p>"):
            self.rows = {f"/{route}": self._row(route) for route in sorted(routes())}

    def _row(self, route: str) -> Row:
        path = path_of(route, self.examples)
        browsers = self.clients.values()
        return tuple(f"{self._get(one, path)} {self._ask(one, 'post', path)}" for one in browsers)

    def _get(self, client: Client, path: str) -> str:
        def watch(execute, sql, params, many, context):
            if (found := WRITES.match(sql)) and found[2] not in MAY_BE_NOTED:
                self.written_by_get.add((path, found[2]))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(watch):
            return self._ask(client, "get", path)

    def _ask(self, client: Client, method: str, path: str) -> str:
        cookies = client.cookies.copy()
        with transaction.atomic():
            answer = getattr(client, method)(path)
            transaction.set_rollback(True)
        client.cookies = cookies
        return status(answer)


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker):
    """The world is built once, and goes with the transaction; pages are answered but not drawn."""
    if connection.vendor != "sqlite":
        pytest.skip("Who may do what is the same on every database.")
    in_cookies = "django.contrib.sessions.backends.signed_cookies"  # nothing to roll back
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(SESSION_ENGINE=in_cookies):
            walk = Walk()
        yield walk
        transaction.set_rollback(True)
    cache.clear()


def test_every_address_answers_every_role_as_the_table_says(walk: Walk) -> None:
    if os.environ.get("CORRIGIBLE_WRITE_ROLES"):
        write(walk.rows)
    told = stored()
    new, gone = walk.rows.keys() - told.keys(), told.keys() - walk.rows.keys()
    assert not new, f"No row for {sorted(new)}. " + HOW.format("add the row")
    assert not gone, f"A row without an address: {sorted(gone)}. " + HOW.format("take it away")
    other = {
        route: [
            f"{who}: {was} → {now}"
            for who, was, now in zip(ROLES, told[route], row, strict=True)
            if was != now
        ]
        for route, row in walk.rows.items()
    }
    changed = {route: cells for route, cells in other.items() if cells}
    assert not changed, f"{changed} " + HOW.format("write what is so now")


def let_in(walk: Walk, role: str) -> set[str]:
    """Where this role gets further than to a refusal."""
    at = ROLES.index(role)
    refusals = {"in", "401", "403", "404", "405", "410"}
    return {route for route, row in walk.rows.items() if not set(row[at].split()) <= refusals}


DESK_BY_LINK = "/desk/comments/by-mail/<str:token>/"  # the mailed word is the proof
OWN_FILTER = "/desk/comments/filters/<comment:pk>/delete/"  # each moderator has their own
FRESH_FORM_KEY = "/write/<int:pk>/key/"  # a token against forgery, whoever has signed in


@pytest.mark.parametrize(
    "role", ["nobody", "reader", "author (own)", "author (other)", "guest with link"]
)
def test_the_desk_and_the_admin_are_closed_to_whoever_is_no_staff(walk: Walk, role: str) -> None:
    inside = {one for one in let_in(walk, role) if one.startswith(("/desk/", "/admin/"))}
    assert inside - {DESK_BY_LINK, "/admin/login/", "/admin/logout/"} == set()


def test_a_guests_link_opens_the_pages_of_their_post_and_nothing_else(walk: Walk) -> None:
    more = let_in(walk, "guest with link") - let_in(walk, "nobody")
    assert more != set()
    assert [one for one in more if not one.startswith("/write/<int:pk>/")] == []


@pytest.mark.parametrize("role", ["nobody", "reader", "author (other)", "moderator"])
def test_nobody_writes_in_the_post_of_somebody_else(walk: Walk, role: str) -> None:
    inside = {one for one in let_in(walk, role) if one.startswith("/write/<int:pk>/")}
    assert inside - {FRESH_FORM_KEY} == set()


def test_moderators_see_comments_people_and_reports_and_no_more_of_the_desk(walk: Walk) -> None:
    rooms = ("/desk/comments/", "/desk/people/", "/desk/reports/")
    inside = {one for one in let_in(walk, "moderator") if one.startswith("/desk/")}
    assert {one for one in inside if not one.startswith(rooms)} == {"/desk/"}


def test_each_role_may_do_all_that_those_before_it_may(walk: Walk) -> None:
    desk = [
        {one for one in let_in(walk, role) if one.startswith("/desk/")}
        for role in ("moderator", "editor", "publisher")
    ]
    assert desk[0] - {OWN_FILTER} <= desk[1] <= desk[2]


def test_no_address_fails_whoever_asks(walk: Walk) -> None:
    failing = {route: row for route, row in walk.rows.items() if " 5" in f" {' '.join(row)}"}
    assert failing == {}


def test_every_address_leads_somewhere_in_the_world_of_this_test(walk: Walk) -> None:
    nowhere = [
        route for route, row in walk.rows.items() if {"404 404"} == set(row) and "<" in route
    ]
    assert nowhere == [], f"Give {nowhere} an example in tests/config/roles_world.py"


def test_opening_an_address_changes_nothing(walk: Walk) -> None:
    """Programs that look through mails, and browsers that look ahead, open every link."""
    assert walk.written_by_get == set()
