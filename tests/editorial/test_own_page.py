"""The private page of whoever raised something: what happened, and what they may still do."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editorial import asking, merging, review, slips, wishes
from editorial.models import Dispute
from tests.factories.accounts import PersonFactory
from tests.factories.blog import an_editor
from tests.factories.editorial import DisputeFactory, decide

pytestmark = pytest.mark.django_db


def address(dispute: Dispute, name: str = "mine") -> str:
    return reverse(f"editorial:{name}", args=[slips.private_link(dispute.public_id)])


def html_of(client: Client, dispute: Dispute) -> str:
    return client.get(address(dispute)).content.decode()


def test_it_tells_each_step_in_words_to_the_raiser_and_nothing_of_the_desk(client: Client):
    # Given
    dispute, editor = DisputeFactory(), an_editor()
    asking.ask(dispute, editor=editor, text="When was it?", version=1)
    asking.answer(dispute, text="In March.")
    colleague = PersonFactory(editor=True, name="Colleague Who Works On It")
    dispute.refresh_from_db()
    review.assign(dispute, editor=editor, to=colleague, version=dispute.version)
    # When
    html = html_of(client, dispute)
    # Then
    for said in ("You reported it.", "We asked you something.", "You answered.", "In March."):
        assert said in html
    assert "Colleague" not in html
    assert "Given to an editor" not in html


def test_a_source_is_added_once_and_what_is_no_address_comes_back_as_typed(client: Client):
    # Given
    dispute = DisputeFactory()
    typed = {"source-url": "prices", "source-title": "Price list", "source-stance": "context"}
    # When
    html = client.post(address(dispute, "add_source"), typed).content.decode()
    # Then
    assert 'value="prices"' in html
    assert 'value="Price list"' in html
    assert 'aria-invalid="true"' in html
    # When it is mended, and sent twice
    typed["source-url"] = "https://prices.example/list"
    for _time in range(2):
        client.post(address(dispute, "add_source"), typed)
    # Then
    assert [(one.url, one.stance) for one in dispute.evidence.all()] == [
        ("https://prices.example/list", "context")
    ]


def test_an_empty_answer_is_asked_for_beside_its_field(client: Client):
    # Given
    dispute = DisputeFactory()
    asking.ask(dispute, editor=an_editor(), text="When was it?", version=1)
    # When
    html = client.post(address(dispute, "answer"), {"text": " "}).content.decode()
    # Then
    assert 'aria-invalid="true"' in html
    assert "When was it?" in html


def test_nothing_is_added_to_what_is_closed(client: Client):
    # Given
    dispute = DisputeFactory(withdrawn=True)
    typed = {"source-url": "https://prices.example/", "source-stance": "context"}
    # When
    html = client.post(address(dispute, "add_source"), typed).content.decode()
    # Then
    assert "This cannot happen" in html
    assert not dispute.evidence.exists()


@pytest.mark.parametrize("name", ["answer", "add_source", "ask_again", "take_back"])
def test_a_link_that_is_not_ours_opens_nothing(client: Client, name: str):
    assert client.post(reverse(f"editorial:{name}", args=["abcdef.ghi"])).status_code == 404


@pytest.mark.parametrize("reach", ["decided", "declined"])
def test_the_private_page_ends_ninety_days_after_the_end_and_says_where_to_go(
    client: Client, reach: str
):
    # Given
    dispute = DisputeFactory(**{reach: True})
    with days_later(89):
        assert dispute.statement in html_of(client, dispute)
    with days_later(91):
        # When
        pages = [client.get(address(dispute)), client.post(address(dispute, "take_back"))]
        # Then
        for page in pages:
            html = page.content.decode()
            assert page.status_code == 410
            assert "How to report an error".lower() in html.lower()
            assert dispute.statement not in html
            assert (dispute.get_absolute_url() in html) is (reach == "decided")


def test_the_private_page_of_what_was_merged_ends_with_the_one_it_was_merged_into(client: Client):
    # Given
    root = DisputeFactory(under_review=True)
    merged = DisputeFactory(post=root.claim.post)
    merging.merge(merged, into=root, editor=an_editor(), version=merged.version)
    with days_later(100):
        assert client.get(address(merged)).status_code == 200
        root.refresh_from_db()
        decide(root, editor=an_editor())
    # Then
    with days_later(200):
        assert client.get(address(merged)).status_code == 410


def test_the_private_page_of_what_is_open_stays(client: Client):
    dispute = DisputeFactory(under_review=True)
    with days_later(400):
        assert client.get(address(dispute)).status_code == 200


def days_later(number: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=number), tick=False)


def test_what_a_raiser_asks_for_stands_first_on_the_desk(client: Client):
    # Given
    dispute = DisputeFactory(unchanged=True)
    wishes.ask_to_reopen(dispute, text="I have the bill now.")
    client.force_login(an_editor())
    # When
    html = client.get(reverse("editorial:case", args=[dispute.public_id])).content.decode()
    # Then
    assert html.index("I have the bill now.") < html.index('id="objection"')
    assert html.count('<details class="acts__one" open>') == 2  # open it again, leave it closed
