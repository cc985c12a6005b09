"""The corrections policy: ours and true of the site, or the publisher's; with a fixed anchor."""

import pytest
from lxml import html as lxml_html

from blog.models import Publication
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PublicationFactory
from tests.factories.editorial import WorkshopPostFactory

pytestmark = pytest.mark.django_db
POLICY = "/corrections/policy/"


def read(client, address: str = POLICY) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_shipped_policy_says_all_that_a_reader_has_to_know(client):
    # When
    page = read(client)
    # Then
    for heading in (
        "How to report an error",
        "What happens then",
        "How long it takes",
        "What our words mean",
        "The author is heard",
        "If you do not agree with a decision",
        "Complaints by law",
    ):
        assert f">{heading}</h2>" in page
    assert "within 30 days" in page
    for kind in ("Correction", "Clarification", "Update", "Expression of concern", "Retraction"):
        assert f"<strong>{kind}:</strong>" in page


def test_the_shipped_policy_promises_what_the_site_is_set_to(client, settings):
    # Given
    settings.FIRST_ACT_WORKING_DAYS, settings.DECIDE_DAYS = 1, 5
    # When
    page = read(client)
    # Then
    assert "An editor reads it within 1 working day." in page
    assert "We decide within 5 days." in page


@pytest.mark.parametrize("own", ["", "<p>Write to us by post.</p>"])
def test_how_to_report_has_its_anchor_whoever_wrote_the_policy(client, own):
    # Given
    PublicationFactory(policy_html=own)
    # Then
    assert read(client).count('id="report"') == 1
    assert own in read(client)


def test_the_publisher_may_begin_with_our_text_and_saves_it_as_their_own(client):
    # Given
    client.force_login(PersonFactory(role="publisher"))
    page = lxml_html.fromstring(read(client, "/desk/site/?begin=policy"))
    # When
    (form,) = page.xpath("//main//form")
    values = dict(form.form_values())
    assert "What happens then" in values["policy_html"]
    answer = client.post("/desk/site/", values)
    # Then
    assert answer.status_code == 302
    assert "<li><strong>Correction:</strong>" in Publication.objects.get().policy_html
    assert read(client).count("What happens then") == 1


def test_the_policy_is_one_step_away_wherever_an_error_may_be_met(client):
    # Given
    post = WorkshopPostFactory()
    url = post.get_absolute_url()
    # Then
    for address in (url, f"{url}report/", "/corrections/", "/corrections/open/", "/"):
        page = lxml_html.fromstring(read(client, address))
        assert page.xpath(f"//footer//a[@href='{POLICY}']"), address
    for address in (url, f"{url}report/", "/corrections/"):
        page = lxml_html.fromstring(read(client, address))
        assert page.xpath(f"//main//a[@href='{POLICY}']"), address
