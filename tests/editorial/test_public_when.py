"""What is public when: each state of an objection, at every place where readers could meet it."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html as lxml_html

from accounts.models import Letter
from editorial import asking, disputes, merging, wishes
from editorial.models import Dispute
from editorial.points import Raiser
from tests.factories.blog import an_editor
from tests.factories.editorial import (
    PRACTICE,
    DisputeFactory,
    WorkshopPostFactory,
    clarified,
    decide,
    tell_of_decisions,
)

pytestmark = pytest.mark.django_db
RAISER = "ravi@example.org"
RAISED, AUTHOR = "raiser", "author"


class Seen(NamedTuple):
    """What readers meet, place by place, and who got a mail about the last step."""

    passage: tuple[str, ...] = ()
    top: str = ""
    end: tuple[str, ...] = ()
    page: int = 404
    log: tuple[str, ...] = ()
    feed: int = 0
    json_ld: int = 0
    told: tuple[str, ...] = ()


def seen(dispute: Dispute, before: set[Any]) -> Seen:
    client, post = Client(), dispute.claim.post
    html = client.get(post.get_absolute_url()).content
    page = lxml_html.fromstring(html)
    feed = client.get(reverse("blog:corrections_feed")).content
    return Seen(
        passage=tuple(page.xpath("//*[@data-marks]/@data-state")),
        top=" ".join(" ".join(page.xpath("//*[@class='post__record']/p//text()")).split()),
        end=tuple(name for name, where in AT_THE_END.items() if page.xpath(where)),
        page=client.get(dispute.get_absolute_url()).status_code,
        log=tuple(name for name in LOGS if says(client, name, dispute)),
        feed=feed.count(b"<entry>"),
        json_ld=html.count(b"CorrectionComment"),
        told=told(dispute, before),
    )


AT_THE_END = {
    "open": "//*[@id='record']//li",
    "notice": "//*[@id='corrections']//article",
    "checked": "//*[contains(@class, 'record--checked')]//li",
}
LOGS = ("corrections", "corrections_open", "corrections_unchanged")


def says(client: Client, name: str, dispute: Dispute) -> bool:
    html = client.get(reverse(f"blog:{name}")).content.decode()
    return dispute.claim.statement in html or dispute.claim.post.title in html


def told(dispute: Dispute, before: set[Any]) -> tuple[str, ...]:
    author = dispute.claim.post.author.person
    assert author is not None
    names = {RAISER: RAISED, author.email: AUTHOR}
    sent = Letter.objects.exclude(pk__in=before).values_list("to", flat=True)
    return tuple(sorted({names.get(to, to) for to in sent}))


def letters() -> set[Any]:
    return set(Letter.objects.values_list("pk", flat=True))


def as_seen(dispute: Dispute) -> dict[str, Any]:
    dispute.refresh_from_db()
    return {"editor": an_editor(), "version": dispute.version}


def accept(dispute: Dispute) -> None:
    disputes.accept(dispute, summary="New parts are charged.", **as_seen(dispute))


def wish_and_withdraw(dispute: Dispute) -> None:
    wishes.ask_to_withdraw(dispute)
    wishes.withdraw(dispute, **as_seen(dispute))


def merge(dispute: Dispute, **facts: Any) -> None:
    root = DisputeFactory(post=dispute.claim.post, words=PRACTICE, **facts)
    merging.merge(dispute, into=root, **as_seen(dispute))


def told_in_time(decided: Any) -> None:
    tell_of_decisions()


Act = Callable[[Dispute], object]
ONE_OPEN = "1 statement in this post is under review."
UNDER_REVIEW = Seen(
    passage=("disputed",),
    top=ONE_OPEN,
    end=("open",),
    page=200,
    log=("corrections_open",),
    told=(AUTHOR, RAISED),
)
CLARIFIED = Seen(
    passage=("clarified",),
    top="1 statement questioned · 1 clarified",
    end=("notice",),
    page=200,
    log=("corrections",),
    feed=1,
    json_ld=1,
    told=(AUTHOR, RAISED),
)
LIFE: dict[str, tuple[tuple[Act, ...], Seen]] = {
    "received": ((), Seen(told=(RAISED,))),
    "needs information": (
        (lambda one: asking.ask(one, text="When was it?", **as_seen(one)),),
        Seen(told=(RAISED,)),
    ),
    "under review": ((accept,), UNDER_REVIEW),
    "under review, asked": (
        (accept, lambda one: asking.ask(one, text="When was it?", **as_seen(one))),
        UNDER_REVIEW._replace(told=(RAISED,)),
    ),
    "clarified": (
        (accept, lambda one: told_in_time(decide(one, editor=an_editor(), **clarified()))),
        CLARIFIED,
    ),
    "not changed": (
        (accept, lambda one: told_in_time(decide(one, editor=an_editor()))),
        Seen(
            top="1 statement questioned · 1 stands",
            end=("checked",),
            page=200,
            log=("corrections_unchanged",),
            told=(AUTHOR, RAISED),
        ),
    ),
    "opened again": (
        (
            accept,
            lambda one: told_in_time(decide(one, editor=an_editor(), **clarified())),
            lambda one: wishes.reopen(one, reason="New.", **as_seen(one)),
        ),
        CLARIFIED._replace(
            passage=("disputed",),
            top=ONE_OPEN,
            end=("open", "notice"),
            log=("corrections", "corrections_open"),
        ),
    ),
    "not accepted": (
        (
            lambda one: disputes.decline(
                one, because="unclear", sentence="We cannot tell.", **as_seen(one)
            ),
        ),
        Seen(told=(RAISED,)),
    ),
    "withdrawn": ((lambda one: disputes.withdraw(one, version=1),), Seen()),
    "withdrawn under review": ((accept, wish_and_withdraw), Seen(told=(AUTHOR, RAISED))),
    "merged into one that is not public": ((merge,), Seen()),
    "merged into a public one": (
        (lambda one: merge(one, under_review=True),),
        UNDER_REVIEW._replace(page=302),
    ),
}


@pytest.mark.parametrize("state", list(LIFE))
def test_readers_meet_in_every_place_what_the_state_allows(state: str):
    # Given
    acts, expected = LIFE[state]
    post = WorkshopPostFactory()
    before = letters()
    dispute = DisputeFactory(post=post, raiser=Raiser(name="Ravi", email=RAISER))
    # When
    for act in acts:
        before = letters()
        act(dispute)
        dispute.refresh_from_db()
    # Then
    assert seen(dispute, before)._asdict() == expected._asdict()
