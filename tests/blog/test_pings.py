"""The hub hears of every feed with something new: once, and again when it did not answer."""

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from blog import pings, publishing
from blog.bylines import Signature, sign
from blog.models import HubPing
from tests.factories.accounts import ProfileFactory
from tests.factories.blog import PostFactory, RevisionFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.stores]


class Hub(ThreadingHTTPServer):
    """A hub on this machine that remembers what it was told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.told: list[dict[str, list[str]]] = []
        self.status = 204

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hub"

    @property
    def feeds(self) -> list[str]:
        return sorted(said["hub.url"][0] for said in self.told)


class Answer(BaseHTTPRequestHandler):
    server: Hub

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.told.append(parse_qs(body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:9/")
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        pass


@pytest.fixture
def hub(settings) -> Iterator[Hub]:
    server = Hub()
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    settings.WEBSUB_HUB = server.url
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_publishing_and_revising_tell_the_hub_of_every_feed_the_post_stands_in(
    hub, editor, run_tasks
):
    # Given
    topic, other = TopicFactory(slug="wheels"), ProfileFactory(slug="bo-li")
    post = PostFactory(accepted=True, topics=[topic], author=ProfileFactory(slug="ana-ruiz"))
    sign(post, editor=editor, signatures=[Signature(other)])
    run_tasks()
    assert hub.told == []
    # When
    publishing.publish(post, editor=editor)
    run_tasks()
    # Then
    paths = ("/authors/ana-ruiz/feed/", "/authors/bo-li/feed/", "/feed/", "/topics/wheels/feed/")
    assert hub.feeds == [f"http://localhost:8000{path}" for path in paths]
    assert {said["hub.mode"][0] for said in hub.told} == {"publish"}
    assert not HubPing.objects.exists()
    # When
    RevisionFactory(post=post)
    run_tasks()
    # Then
    assert len(hub.told) == 8


def test_a_hub_that_does_not_take_it_is_told_again_by_the_sweep(hub, run_tasks):
    # Given
    hub.status = 503
    PostFactory(published=True)
    run_tasks()
    told = len(hub.told)
    assert set(HubPing.objects.values_list("attempts", "failure")) == {(1, "status 503")}
    call_command("ping_hub")
    assert len(hub.told) == told  # it is left alone for a while
    # When
    hub.status = 200
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        call_command("ping_hub")
        call_command("ping_hub")
    # Then
    assert len(hub.told) == 2 * told
    assert not HubPing.objects.exists()


@pytest.mark.parametrize("status", [301, 302, 404, 500])
def test_only_a_yes_is_a_yes_and_no_redirect_is_followed(hub, status, run_tasks):
    hub.status = status
    PostFactory(published=True)
    run_tasks()
    assert set(HubPing.objects.values_list("failure", flat=True)) == {f"status {status}"}


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://[", "mailto:hub", "no address"])
def test_a_hub_that_is_not_there_keeps_nobody_from_publishing(url, settings, run_tasks):
    settings.WEBSUB_HUB = url
    post = PostFactory(published=True)
    run_tasks()
    assert Client().get(post.get_absolute_url()).status_code == 200
    assert not HubPing.objects.filter(failure="").exists()


def test_a_hub_that_never_answers_is_given_up_after_a_day(hub, run_tasks):
    hub.status = 500
    PostFactory(published=True)
    moment = timezone.now()
    for wait in HubPing.WAITS:
        with time_machine.travel(moment, tick=False):
            pings.ping_due()
        moment += wait + timedelta(seconds=1)
    told = len(hub.told)
    with time_machine.travel(moment + timedelta(days=30)):
        assert pings.ping_due() == 0
    assert len(hub.told) == told


def test_what_is_rolled_back_is_not_told(hub, run_tasks):
    with transaction.atomic():
        PostFactory(published=True)
        transaction.set_rollback(True)
    run_tasks()
    assert hub.told == []


def test_without_a_hub_nothing_is_written_and_no_feed_names_one(run_tasks):
    PostFactory(published=True)
    assert not HubPing.objects.exists()
    feed = Client().get("/feed/").content.decode()
    assert 'rel="hub"' not in feed
    assert '<link href="http://localhost:8000/feed/" rel="self"' in feed


def test_every_feed_of_posts_names_the_hub(hub):
    topic = TopicFactory()
    post = PostFactory(published=True, topics=[topic])
    for page in ("/", topic.get_absolute_url(), post.author.get_absolute_url()):
        feed = Client().get(f"{page}feed/").content.decode()
        assert f'<link href="{hub.url}" rel="hub"' in feed
