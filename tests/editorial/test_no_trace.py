"""No public byte tells that a dispute exists which no editor has taken up."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html as lxml_html

from blog.models import Notice, Post
from comments.models import PostComment
from editorial import limits, steps
from editorial.models import Dispute, DisputeEventKind, DisputeState
from editorial.points import Raiser, Source
from tests.editorial.test_reporting import typed, url_of
from tests.factories.accounts import PersonFactory
from tests.factories.blog import TopicFactory, an_editor
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    APPOINTMENT,
    PRACTICE,
    DisputeFactory,
    WorkshopPostFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def some_a_day(monkeypatch):
    """One address raises more than one here: how many it may is tried in `test_limits`."""
    monkeypatch.setattr(limits, "MOST_A_DAY_BY_ADDRESS", 5)


K = DisputeEventKind
WORDS = "costs nothing but time"
NOW = datetime(2026, 4, 2, 12, tzinfo=UTC)
CHANGES_EVERY_TIME = re.compile(
    rb'name="(csrfmiddlewaretoken|slip|ticket)" value="[^"]*"|/disputes/author/[^/"]*/'
)


@pytest.fixture
def post(db) -> Post:
    """A post with all that pages show: a topic, a comment, something decided, something open."""
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False):
        post = WorkshopPostFactory(topics=[TopicFactory()])
        PostCommentFactory(post=post, published=True, text="New parts are charged.")
        DisputeFactory(post=post, words=PRACTICE, decided=True)
        DisputeFactory(post=post, words="closed on Mondays", under_review=True)
        return Post.objects.get(pk=post.pk)


def addresses(post: Post) -> list[str]:
    """Every address that anybody may open and at which a trace could show."""
    comment, notice = PostComment.objects.earliest("pk"), Notice.objects.earliest("pk")
    public = Dispute.objects.public().order_by("pk")
    named = (
        *("home", "archive", "feed", "about", "disclosure", "privacy", "robots", "sitemap"),
        *("corrections", "corrections_open", "corrections_unchanged"),
        *("corrections_feed", "corrections_json", "policy"),
    )
    topic, author = post.topics.get().get_absolute_url(), post.author.get_absolute_url()
    url = post.get_absolute_url()
    return [
        *(reverse(f"blog:{name}") for name in named),
        *(f"{url}{more}" for more in ("", "feed/", "history/", "history/1/", "history/2/")),
        *(f"{url}?{more}" for more in ("order=newest", "only=featured", "find=parts")),
        *(f"{url}{more}" for more in ("comments/new/", "comments/news/", "follow/", "report/")),
        *(topic, f"{topic}feed/", author, f"{author}feed/", "/posts/2026/3/", "/comments/feed/"),
        *(comment.get_absolute_url(), f"/comments/{comment.pk}/report/"),
        *(notice.get_absolute_url(), "/corrections/?q=parts", "/corrections/open/?q=parts"),
        *(one.get_absolute_url() for one in public),
        *(f"/disputes/{one.public_id}.jsonld" for one in public),
    ]


def answers(post: Post, *more: str) -> dict[str, Any]:
    """Status, headers and bytes of everything, to a stranger who comes for the first time."""
    cache.clear()
    found = {}
    for address in (*addresses(post), *more):
        answer = Client().get(address)
        body = CHANGES_EVERY_TIME.sub(b"", answer.content)
        headers = {
            name: value for name, value in answer.headers.items() if name != "Content-Length"
        }
        if body == answer.content:
            headers = dict(answer.headers)
        assert answer.status_code in (200, 302), address
        found[address] = (answer.status_code, sorted(headers.items()), body)
    return found


def received(post: Post, **facts: Any) -> Dispute:
    source = Source("https://workshop.example/bill")
    raiser = Raiser(name="Quiet Quentin", email="quentin@example.net", network="203.0.113.9")
    return DisputeFactory(post=post, words=WORDS, raiser=raiser, sources=(source,), **facts)


def from_a_comment(post: Post) -> Dispute:
    dispute = received(post)
    Dispute.objects.filter(pk=dispute.pk).update(source_comment=PostComment.objects.first())
    dispute.refresh_from_db()
    steps.record(dispute, kind=K.SOURCE_ADDED, by=None)
    return dispute


def asked(post: Post) -> Dispute:
    dispute = received(post)
    steps.move(dispute, K.ASKED, version=dispute.version, by=an_editor(), told="Which day?")
    return dispute


def merged_into_one_that_nobody_sees(post: Post) -> Dispute:
    dispute, other = received(post), received(post)
    facts = {"state": DisputeState.MERGED, "merged_into": other}
    Dispute.objects.filter(pk=dispute.pk).update(**facts)
    return dispute


UNSEEN: dict[str, Callable[[Post], Dispute]] = {
    "received": received,
    "from a comment": from_a_comment,
    "asked": asked,
    "withdrawn": lambda post: received(post, withdrawn=True),
    "declined": lambda post: received(post, declined=True),
    "merged": merged_into_one_that_nobody_sees,
}
FIGURES = "/corrections/figures/"
COUNTED = ("declined", "merged")  # an editor acted on it, so it is in the public totals


@pytest.mark.parametrize("kind", UNSEEN)
@time_machine.travel(NOW, tick=False)
def test_no_page_feed_header_or_status_tells_of_it(post, kind):
    """Scenario 44."""
    # Given
    more = () if kind in COUNTED else (FIGURES,)
    before = answers(post, *more)
    assert len(before) > 40
    # When
    UNSEEN[kind](post)
    # Then
    after = answers(post, *more)
    assert set(after) == set(before)
    assert {address for address in before if before[address] != after[address]} == set()


@pytest.mark.parametrize("kind", UNSEEN)
def test_its_address_answers_like_one_that_never_was(post, kind):
    """Scenario 44."""
    # Given
    hidden = UNSEEN[kind](post).public_id
    never = "2" * len(hidden)
    clients = [Client(), Client()]
    clients[1].force_login(PersonFactory())
    addresses = ("/disputes/{}/", "/disputes/{}.jsonld", "/desk/disputes/{}/", "/corrections/{}/")
    asks = [(ask, name) for ask in clients for name in addresses]
    for client, address in asks:
        for method in (client.get, client.head, client.post):
            # When
            one, other = (method(address.format(name)) for name in (hidden, never))
            # Then
            assert one.status_code == other.status_code
            assert one.content.replace(hidden.encode(), never.encode()) == other.content
            assert one.get("Location", "").replace(hidden, never) == other.get("Location", "")


@time_machine.travel(NOW, tick=False)
def test_nothing_that_is_published_later_is_counted_on_from_it(post):
    """Scenario 44: no id in a sequence has a gap."""

    # Given two sites, one of which received a dispute first
    def site(*, has_received: bool) -> dict[str, Any]:
        with transaction.atomic():
            if has_received:
                received(post)
            editor = an_editor_of_the_site
            later = DisputeFactory(
                post=post, words=APPOINTMENT, under_review=True, editor=editor, raiser=Raiser()
            )
            Dispute.objects.filter(pk=later.pk).update(public_id="2345abcd2345")
            passage = later.claim.passages.get()
            passage.reference = "2345abcd2345"
            passage.save()
            found = answers(post)
            transaction.set_rollback(True)
        return found

    an_editor_of_the_site = an_editor()
    # When
    without, with_one = site(has_received=False), site(has_received=True)
    # Then
    assert {name for name in without if without[name] != with_one[name]} == set()


def test_the_author_of_the_post_is_not_told_on_any_page_of_theirs(post):
    """Scenario 44."""
    # Given
    client = Client()
    client.force_login(post.author.person)
    pages = ("/me/", "/write/", f"/write/{post.pk}/", f"/write/{post.pk}/preview/")

    def shown() -> list[bytes]:
        cache.clear()
        return [CHANGES_EVERY_TIME.sub(b"", client.get(page).content) for page in pages]

    before = shown()
    # When
    received(post)
    # Then
    assert shown() == before


def test_taking_it_up_is_the_first_moment_that_anything_shows(post):
    # Given
    dispute = received(post)
    assert dispute.public_id not in Client().get(post.get_absolute_url()).content.decode()
    # When
    editor = an_editor()
    facts = {"version": dispute.version, "by": editor, "taken_up_at": timezone.now()}
    steps.move(dispute, K.ACCEPTED, public_summary="New parts are charged.", **facts)
    # Then
    cache.clear()
    assert dispute.public_id in Client().get(post.get_absolute_url()).content.decode()


def test_whoever_reports_an_error_is_answered_the_same_after_a_burst_of_others():
    """Scenario 44."""
    # Given
    quiet, busy = WorkshopPostFactory(), WorkshopPostFactory()
    for number in range(6):
        DisputeFactory(post=busy, raiser=Raiser(network=f"203.0.113.{number}"))
    # When
    said = []
    for number, post in enumerate((quiet, busy)):
        client = Client(REMOTE_ADDR=f"198.51.{number}.1")
        answer = client.post(url_of(post), typed(post))
        page = lxml_html.fromstring(client.get(answer["Location"]).content)
        words = page.xpath("//main")[0].text_content().replace(post.title, "")
        said.append((answer.status_code, words))
    # Then
    assert said[0] == said[1]
