"""A public dispute as a W3C Web Annotation."""

import json
from typing import Any

import pytest

from blog.models.passage import PassageField
from editorial.models import Dispute
from editorial.withholding import withhold
from tests.factories.accounts import PersonFactory
from tests.factories.editorial import BODY, PARTS, DisputeFactory

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"


def address(dispute: Dispute) -> str:
    return f"/disputes/{dispute.public_id}.jsonld"


def read(client, dispute: Dispute) -> dict[str, Any]:
    answer = client.get(address(dispute))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/ld+json")
    told: dict[str, Any] = json.loads(answer.content)
    return told


def test_an_open_dispute_questions_the_words_where_they_stood(client):
    # Given
    dispute = DisputeFactory(under_review=True)
    post, passage = dispute.claim.post, dispute.claim.passages.get()
    # When
    told = read(client, dispute)
    # Then
    assert told["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert told["id"] == f"{SITE}{dispute.get_absolute_url()}"
    assert (told["type"], told["motivation"]) == ("Annotation", "questioning")
    assert told["created"] == told["modified"] == f"{dispute.taken_up_at:%Y-%m-%dT%H:%M:%SZ}"
    assert told["body"] == {
        "type": "TextualBody",
        "value": dispute.public_summary,
        "format": "text/plain",
        "language": "en",
    }
    target = told["target"]
    assert target["source"] == f"{SITE}{post.get_absolute_url()}"
    assert target["state"]["type"] == "TimeState"
    assert target["state"]["cached"] == f"{SITE}{post.get_absolute_url()}history/1/"
    quote, position = target["selector"]
    assert quote == {
        "type": "TextQuoteSelector",
        "exact": PARTS,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
    }
    assert position["type"] == "TextPositionSelector"
    assert post.head.text[position["start"] : position["end"]] == PARTS
    assert quote["prefix"] + PARTS + quote["suffix"] in post.head.text


@pytest.mark.parametrize("state", ["unchanged", "decided"])
def test_after_a_decision_it_assesses(client, state):
    # Given
    dispute = DisputeFactory(**{state: True})
    # When
    told = read(client, dispute)
    # Then
    assert told["motivation"] == "assessing"
    assert told["modified"] >= told["created"]
    assert told["target"]["selector"][0]["exact"] == PARTS


def test_what_somebody_typed_is_never_in_it(client):
    # Given
    dispute = DisputeFactory(under_review=True, statement="The author is a liar.")
    # Then
    assert "liar" not in json.dumps(read(client, dispute))


def test_a_dispute_about_the_whole_post_has_no_selector(client):
    # Given
    dispute = DisputeFactory(under_review=True)
    facts = {"captured_start": None, "captured_end": None, "exact": "", "field": PassageField.WHOLE}
    dispute.claim.passages.update(**facts)
    # Then
    assert "selector" not in read(client, dispute)["target"]


def test_what_is_withheld_is_withheld_here_too(client):
    # Given
    dispute = DisputeFactory(under_review=True)
    publisher = PersonFactory(role="publisher")
    withhold(dispute, publisher=publisher, reason="A court asked.", version=dispute.version)
    # When
    told = json.dumps(read(client, dispute))
    # Then
    assert "Withheld on legal grounds" in told
    assert PARTS not in told
    assert dispute.public_summary not in told


@pytest.mark.parametrize("state", ["received", "declined", "withdrawn"])
def test_what_is_not_public_is_404_like_one_that_never_was(client, state):
    # Given
    dispute = DisputeFactory(**({} if state == "received" else {state: True}))
    # When
    hidden, never = client.get(address(dispute)), client.get("/disputes/234567892345.jsonld")
    # Then
    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content


def test_whatever_is_typed_stays_text(client):
    # Given
    summary = '</script><script>alert(1)</script> \u2028 "quoted"'
    dispute = DisputeFactory(under_review=True, summary=summary)
    # When
    answer = client.get(address(dispute))
    # Then
    assert "alert(1)" in json.loads(answer.content)["body"]["value"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert BODY not in answer.content.decode()
