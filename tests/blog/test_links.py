"""Which links of a text are broken, bare or without words; and whom the site never asks."""

import datetime as dt
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Person
from accounts.refusals import NotAllowed, WrongMoment
from blog import links, prober
from blog.hyperlinks import Flaw, addresses_in, links_in
from blog.models import CheckedLink, LinkState, Post
from blog.prober import NotPublic, Outcome, Reason, Target, resolve_public
from tests.blog.guest_pages import invited, let_in
from tests.factories.accounts import ProfileFactory
from tests.factories.blog import PostFactory

GLUE = '<p>Buy <a href="https://shop.example/glue">glue</a></p>'
CHAIN = {f"/hop{number}": f"/hop{number + 1}" for number in range(10)}


class Shop(BaseHTTPRequestHandler):
    """A site that answers as its paths say."""

    asked: list[tuple[str, str, str]] = []

    def do_HEAD(self) -> None:
        self.asked.append((self.command, self.path, self.headers["Host"]))
        if self.path == "/no-head" and self.command == "HEAD":
            return self.answer(405)
        if self.path == "/inside":
            return self.answer(302, "http://169.254.169.254/latest/meta-data/")
        if self.path == "/script":
            return self.answer(302, "file:///etc/passwd")
        if self.path in CHAIN:
            return self.answer(302, CHAIN[self.path])
        if self.path == "/drip":
            return self.drip()
        return self.answer({"/gone": 410, "/busy": 503, "/hidden": 403}.get(self.path, 200))

    do_GET = do_HEAD  # noqa: N815

    def answer(self, status: int, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def drip(self) -> None:
        """A byte now and then: never silent, never done."""
        try:
            for _ in range(2_000):
                self.wfile.write(b"X")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            self.close_connection = True

    def log_message(self, *_said: object) -> None:
        return


@pytest.fixture
def shop() -> Iterator[Callable[[str, int], Target]]:
    """A real server on this machine, and the resolver by which alone it is found."""
    Shop.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def resolve(host: str, port: int) -> Target:
        if host == "shop.example":
            return Target("127.0.0.1", server.server_address[1])
        if host == "nobody.example":
            raise socket.gaierror
        return resolve_public(host, port)

    yield resolve
    server.shutdown()
    server.server_close()


# --- asking -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "outcome", "reason"),
    [
        ("/glue", Outcome.ANSWERS, Reason.NONE),
        ("/no-head", Outcome.ANSWERS, Reason.NONE),
        ("/hop8", Outcome.ANSWERS, Reason.NONE),
        ("/gone", Outcome.BROKEN, Reason.NOT_FOUND),
        ("/hop0", Outcome.BROKEN, Reason.CIRCLE),
        ("/busy", Outcome.UNKNOWN, Reason.REFUSED),
        ("/hidden", Outcome.UNKNOWN, Reason.REFUSED),
        ("/inside", Outcome.UNKNOWN, Reason.NOT_PUBLIC),
        ("/script", Outcome.UNKNOWN, Reason.NOT_PUBLIC),
    ],
)
def test_a_site_is_believed_as_far_as_it_answers(shop, path, outcome, reason) -> None:
    answer = prober.ask(f"http://shop.example{path}", resolve=shop)
    assert (answer.outcome, answer.reason) == (outcome, reason)


def test_the_connection_goes_to_the_address_that_was_looked_at_and_names_the_site(shop) -> None:
    prober.ask("http://shop.example/a b?c=d e#f", resolve=shop)
    assert Shop.asked == [("HEAD", "/a%20b?c=d%20e", "shop.example")]


def test_a_name_that_nobody_has_is_a_broken_link(shop) -> None:
    answer = prober.ask("http://nobody.example/", resolve=shop)
    assert (answer.outcome, answer.reason) == (Outcome.BROKEN, Reason.NO_SUCH_SITE)


def test_a_site_that_answers_a_byte_at_a_time_is_left_alone(shop, monkeypatch) -> None:
    # Given
    monkeypatch.setattr(prober, "ALL_SECONDS", 0.4)
    # When
    began = time.monotonic()
    answer = prober.ask("http://shop.example/drip", resolve=shop)
    # Then
    assert answer.reason == Reason.TOO_SLOW
    assert time.monotonic() - began < 3


def test_a_site_without_a_certificate_to_its_name_is_not_believed(shop) -> None:
    answer = prober.ask("https://shop.example/glue", resolve=shop)
    assert answer.outcome == Outcome.UNKNOWN
    assert answer.reason == Reason.REFUSED


# --- whom we never ask --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0.0.0.0/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://8.8.8.8:22/",
        "http://8.8.8.8:8080/",
        "http://user:word@8.8.8.8/",
        "ftp://8.8.8.8/",
        "file:///etc/passwd",
        "gopher://8.8.8.8/",
        "http:///path",
        "//8.8.8.8/",
    ],
)
def test_what_is_not_on_the_public_web_is_not_asked(address: str, monkeypatch) -> None:
    # Given
    def called(*_args: object, **_more: object) -> None:
        raise AssertionError("somebody was asked")

    monkeypatch.setattr(socket, "create_connection", called)
    # Then
    answer = prober.ask(address)
    assert answer.outcome != Outcome.ANSWERS


def test_a_name_with_one_address_inside_is_not_asked(monkeypatch) -> None:
    """Whoever owns a name can let it lead to a public and to an inner address at once."""
    found = [(socket.AF_INET, 1, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)
    with pytest.raises(NotPublic):
        resolve_public("shop.example", 80)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found[:1])
    assert resolve_public("shop.example", 80) == Target("93.184.216.34", 80)


@settings(max_examples=50)
@given(st.ip_addresses(v=4))
def test_an_inner_address_is_known_in_every_disguise(number: ipaddress.IPv4Address) -> None:
    is_public = prober._is_public(number)
    assert prober._is_public(ipaddress.ip_address(f"::ffff:{number}")) == is_public
    assert prober._is_public(ipaddress.ip_address((0x64FF9B << 96) | int(number))) == is_public
    if number.is_private or number.is_loopback or number.is_link_local:
        assert not is_public


# --- on sight -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "flaw"),
    [
        ("<p>See https://shop.example/glue, or ask.</p>", Flaw.BARE),
        ("<p>See www.shop.example/glue.</p>", Flaw.BARE),
        ('<p><a href="">glue</a></p>', Flaw.EMPTY),
        ('<p><a href="#">glue</a></p>', Flaw.EMPTY),
        ('<p><a href="https://a.example/">Click here!</a></p>', Flaw.WORDLESS),
        ('<p><a href="https://a.example/"><em>read more</em> »</a></p>', Flaw.WORDLESS),
        ('<p><a href="https://a.example/">https://a.example/</a></p>', Flaw.WORDLESS),
        ('<p><a href="https://a.example/"><img src="/x.png" alt=""></a></p>', Flaw.NAMELESS),
        ('<p><a href="https://a.example/"><img src="/x.png" alt="A pump"></a></p>', None),
        ('<p><a href="https://a.example/">where to buy glue</a></p>', None),
        ("<pre><code>https://a.example/</code></pre>", None),
    ],
)
def test_a_link_is_named_by_what_is_wrong_with_it(html: str, flaw: Flaw | None) -> None:
    flaws = [link.flaw for link in links_in(html) if link.flaw]
    assert flaws == ([flaw] if flaw else [])


def test_the_addresses_of_a_text_are_those_on_the_web_each_once() -> None:
    html = (
        '<p><a href="https://a.example/?x=1&amp;y=2">a</a> <a href="/posts/b/">b</a> '
        '<a href="mailto:c@example.org">c</a> <a href="https://a.example/?x=1&amp;y=2">d</a></p>'
    )
    assert addresses_in(html) == ["https://a.example/?x=1&y=2"]


# --- the page and the rule ----------------------------------------------------------------------


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def own_post(author: Person, **fields: object) -> Post:
    return PostFactory(author=ProfileFactory(person=author), **fields)


def page_of(post: Post) -> str:
    return reverse("blog:write_links", kwargs={"pk": post.pk})


@pytest.mark.django_db
@pytest.mark.stores
def test_the_page_says_what_answers_and_what_is_broken(author: Person, shop) -> None:
    # Given
    body = (
        '<p><a href="http://shop.example/glue">glue</a> <a href="http://shop.example/gone">a '
        'patch</a> <a href="http://shop.example/glue">here</a></p>'
    )
    post, client = own_post(author, body=body), signed_in(author)
    assert "Not asked yet" in client.get(page_of(post)).content.decode()
    assert not links.all_answer(post)
    # When
    page = client.post(page_of(post), follow=True).content.decode()
    assert "The addresses are being asked." in page
    links.ask_waiting(post.pk, resolve=shop)
    # Then
    page = client.get(page_of(post)).content.decode()
    for said in ("Answers", "Broken", "there is no such page", "do not say where the link leads"):
        assert said in page
    address = reverse("blog:write_post", kwargs={"pk": post.pk})
    assert "Links to mend: 2…" in client.get(address).content.decode()
    assert len(Shop.asked) == 3  # one answers at once; the other does not to HEAD, nor to GET
    assert not links.all_answer(post)
    CheckedLink.objects.filter(state=LinkState.BROKEN).update(state=LinkState.UNKNOWN)
    assert links.all_answer(post)
    with time_machine.travel(timezone.now() + dt.timedelta(days=31), tick=False):
        assert not links.all_answer(post)


@pytest.mark.django_db
@pytest.mark.stores
def test_an_inner_address_in_a_text_is_named_and_not_asked(author: Person, run_tasks) -> None:
    post = own_post(author, body='<p><a href="http://127.0.0.1/admin">the admin</a></p>')
    signed_in(author).post(page_of(post))
    run_tasks()
    assert "not on the public web" in signed_in(author).get(page_of(post)).content.decode()


@pytest.mark.django_db
@pytest.mark.stores
def test_a_guest_checks_the_links_of_their_post_and_others_do_not(
    author: Person, editor: Person, reader: Person
) -> None:
    post = invited(editor)
    Post.objects.filter(pk=post.pk).update(body=GLUE)
    assert let_in(post).post(page_of(post)).status_code == 302
    assert CheckedLink.objects.count() == 1
    assert signed_in(author).post(page_of(post)).status_code == 404
    assert signed_in(reader).get(page_of(post)).status_code == 403
    assert Client().get(page_of(post)).status_code == 302
    with pytest.raises(NotAllowed):
        links.check(post, by=author)


@pytest.mark.django_db
@pytest.mark.stores
def test_links_are_not_checked_without_end(author: Person, monkeypatch) -> None:
    monkeypatch.setattr(links, "MOST_CHECKS", 1)
    monkeypatch.setattr(links, "MOST_ADDRESSES", 2)
    many = "".join(f'<p><a href="https://a.example/{n}">number {n}</a></p>' for n in range(9))
    post = own_post(author, body=many)
    links.check(post, by=author)
    assert CheckedLink.objects.count() == 2
    with pytest.raises(WrongMoment):
        links.check(post, by=author)


@pytest.mark.django_db
def test_a_text_without_links_says_so_and_lacks_nothing(author: Person) -> None:
    post = own_post(author, body="<p>No link.</p>")
    assert "There is no link" in signed_in(author).get(page_of(post)).content.decode()
    assert links.all_answer(post)
