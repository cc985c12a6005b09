"""Whether links of a draft answer: asked of a real server, and never of machines beside ours."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from accounts.refusals import NotAllowed
from blog import checklist, link_check, visits, workflow
from blog.models import CheckItem, LinkAnswer, Need, Post
from tests.blog.desk_pages import address, text
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory

pytestmark = pytest.mark.django_db


class Web(BaseHTTPRequestHandler):
    """A site with a page, a page that moved, one that is gone, and some that are shy."""

    seen: ClassVar[list[str]] = []

    def answer(self) -> None:
        self.seen.append(f"{self.command} {self.path} {self.headers['Host']}")
        if self.path == "/no-head" and self.command == "HEAD":
            return self.send_error(405)
        status = {"/": 200, "/no-head": 200, "/moved": 301, "/round": 302, "/shy": 403}
        self.send_response(status.get(self.path, 404))
        if self.path in ("/moved", "/round", "/inside"):
            self.send_header("Location", {"/moved": "/", "/round": "/round"}[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

    do_GET = do_HEAD = answer  # noqa: N815  the names are the library's

    def log_message(self, *_args: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def web(settings) -> Iterator[str]:
    settings.LINKS_MAY_BE_LOCAL = True
    Web.seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def linking(*urls: str) -> Post:
    links = " ".join(f'<a href="{url}">one</a>' for url in urls)
    return PostFactory(body=f"<p>See {links}.</p>")


@pytest.mark.parametrize(
    ("path", "verdict", "said"),
    [
        ("/", "answers", "200"),
        ("/moved", "answers", "200"),
        ("/no-head", "answers", "200"),
        ("/nowhere", "gone", "404"),
        ("/shy", "unsure", "403"),
        ("/round", "unsure", "too many redirects"),
    ],
)
def test_an_address_says_whether_it_is_there(web: str, path: str, verdict: str, said: str) -> None:
    assert visits.visit(f"{web}{path}") == visits.Visit(verdict, said)
    assert Web.seen[0].endswith(web.removeprefix("http://"))


def test_a_name_that_nobody_has_is_gone_or_unsure_and_nothing_breaks(web: str) -> None:
    for url in ("https://nobody.invalid/", "http://[::1", "https://", "ftp://example.org/"):
        assert visits.visit(url).verdict in ("gone", "unsure")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "[::ffff:10.0.0.1]"]
)
def test_machines_beside_ours_are_never_visited(web: str, settings, host: str) -> None:
    # Given
    settings.LINKS_MAY_BE_LOCAL = False
    port = web.rpartition(":")[2]
    # Then
    for url in (f"http://{host}/", f"http://{host}:{port}/"):
        assert visits.visit(url) == visits.Visit("unsure", "PermissionError")
    assert Web.seen == []


def test_links_are_visited_when_a_text_is_handed_in_and_once_a_day(
    web: str, editor: Person, run_tasks: Callable
) -> None:
    # Given
    post = linking(f"{web}/", f"{web}/#part", f"{web}/nowhere", "mailto:a@example.org", "/posts/")
    # When
    workflow.submit(post, by=editor)
    run_tasks()
    # Then
    found = {link.url.removeprefix(web): link.is_open for link in link_check.standing(post)}
    assert found == {"/": False, "/nowhere": True}
    # When it is handed in again on the same day, and on the next
    visited = len(Web.seen)
    workflow.request_changes(post, editor=editor, message="More.")
    workflow.submit(post, by=editor)
    run_tasks()
    assert len(Web.seen) == visited
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        link_check.look(post)
        run_tasks()
    assert len(Web.seen) > visited


def test_what_is_gone_or_was_not_looked_at_is_open_on_the_checklist(
    web: str, editor: Person, publisher: Person, run_tasks: Callable
) -> None:
    # Given
    others = dict.fromkeys(CheckItem, Need.OFF)
    checklist.set_needs(publisher=publisher, needs=others | {CheckItem.LINKS: Need.REQUIRED})
    good, bad = linking(f"{web}/", f"{web}/shy"), linking(f"{web}/nowhere")
    for post in (good, bad):
        workflow.submit(post, by=editor)
        assert [check.item for check in checklist.missing(post)] == [CheckItem.LINKS]
    run_tasks()
    # Then
    assert checklist.missing(good) == []
    assert [check.item for check in checklist.missing(bad)] == [CheckItem.LINKS]


def test_who_does_not_care_about_links_visits_none(
    web: str, editor: Person, publisher: Person, run_tasks: Callable
) -> None:
    checklist.set_needs(publisher=publisher, needs={CheckItem.LINKS: Need.OFF})
    workflow.submit(linking(f"{web}/"), by=editor)
    run_tasks()
    assert Web.seen == []


def test_an_editor_has_the_links_looked_at_again(
    web: str, editor: Person, run_tasks: Callable
) -> None:
    # Given
    post, client = linking(f"{web}/nowhere"), Client()
    client.force_login(editor)
    assert "not looked at yet" in text(client, address("desk_review", post))
    # When
    page = text(client, address("desk_look_at_links", post), now="1")
    assert "come back in a minute" in page
    run_tasks()
    # Then
    assert "does not answer (404)" in text(client, address("desk_review", post))
    # When it is pressed again it is not thought fresh
    text(client, address("desk_look_at_links", post), now="1")
    assert not LinkAnswer.objects.exists()


@pytest.mark.parametrize("role", ["author", "moderator"])
def test_only_editors_have_links_looked_at(role: str) -> None:
    person, post, client = PersonFactory(role=role), linking("https://example.org/"), Client()
    with pytest.raises(NotAllowed):
        link_check.ask(post, by=person)
    client.force_login(person)
    assert client.post(address("desk_look_at_links", post)).status_code == 403


def test_old_answers_are_forgotten(db: None) -> None:
    LinkAnswer.objects.create(
        url="https://example.org/",
        verdict="answers",
        checked_at=timezone.now() - timedelta(days=91),
    )
    LinkAnswer.objects.create(url="https://example.org/new", verdict="answers")
    assert link_check.forget_old() == 1
