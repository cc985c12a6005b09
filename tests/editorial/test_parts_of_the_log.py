"""The lists of the log that are no notices: what is open, and what was reviewed and left."""

import pytest
from lxml import html as lxml_html

from editorial.models import Dispute
from editorial.withholding import withhold
from tests.factories.accounts import PersonFactory
from tests.factories.editorial import PARTS, PRACTICE, DisputeFactory

pytestmark = pytest.mark.django_db
OPEN, UNCHANGED = "/corrections/open/", "/corrections/unchanged/"


def shown(client, address: str, **asked) -> list[str]:
    """What each item of a list says."""
    page = lxml_html.fromstring(client.get(address, asked).content)
    return [item.text_content() for item in page.xpath("//li[@class='record__item']")]


def test_what_is_open_is_shown_a_page_at_a_time(client, django_assert_num_queries):
    # Given
    one = DisputeFactory(under_review=True)
    same = ("claim_id", "origin", "grounds", "public_summary", "state", "taken_up_at")
    facts = {name: getattr(one, name) for name in same}
    client.get(OPEN)
    with django_assert_num_queries(3):
        client.get(OPEN)
    # When
    Dispute.objects.bulk_create(Dispute(**facts) for _number in range(30))
    # Then
    with django_assert_num_queries(3):
        assert len(shown(client, OPEN)) == 30
    assert len(shown(client, OPEN, page=2)) == 1
    html = client.get(OPEN, {"q": "workshop"}).content.decode()
    assert 'href="/corrections/open/?q=workshop&amp;page=2"' in html


@pytest.mark.parametrize(("address", "state"), [(OPEN, "under_review"), (UNCHANGED, "unchanged")])
def test_words_are_found_in_what_readers_are_shown_and_nowhere_else(client, address, state):
    # Given
    DisputeFactory(words=PARTS, summary="The till takes cash.", statement="Zirp!", **{state: True})
    DisputeFactory(words=PRACTICE, summary="Two are apprentices.", **{state: True})
    # Then
    assert len(shown(client, address)) == 2
    for words in ("till CASH", PARTS):
        [found] = shown(client, address, q=words)
        assert "The till takes cash." in found
    assert shown(client, address, q="Zirp") == []
    assert "No statement here holds" in client.get(address, {"q": "Zirp"}).content.decode()


def test_what_is_withheld_is_not_found_by_its_words(client):
    # Given
    dispute = DisputeFactory(under_review=True, summary="The till takes cash.")
    publisher = PersonFactory(role="publisher")
    withhold(dispute, publisher=publisher, reason="A court asked.", version=dispute.version)
    # Then
    assert len(shown(client, OPEN)) == 1
    assert shown(client, OPEN, q="till") == []


@pytest.mark.parametrize(("address", "state"), [(OPEN, "under_review"), (UNCHANGED, "unchanged")])
def test_each_part_of_the_log_shows_one_post_alone(client, address, state):
    # Given
    one, _other = (DisputeFactory(words=PARTS, **{state: True}) for _twice in "12")
    post = one.claim.post
    # When
    [item] = shown(client, address, post=post.slug)
    # Then
    assert post.title in item
    html = client.get(address, {"post": post.slug}).content.decode()
    assert f'href="/corrections/?post={post.slug}"' in html
    assert f'Only about <a href="{post.get_absolute_url()}">' in html


def test_the_ledger_of_a_post_leads_to_all_notices_about_it(client):
    post = DisputeFactory(decided=True).claim.post
    ledger = lxml_html.fromstring(client.get(post.get_absolute_url()).content).get_element_by_id(
        "ledger"
    )
    assert f"/corrections/?post={post.slug}" in ledger.xpath(".//a/@href")
