"""Pointing at what is disputed: selected words, a paragraph, an image, the summary."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from blog.models.passage import PassageField
from editorial import slips
from editorial.models import Dispute, Origin, Stance
from tests.editorial.test_reporting import typed, url_of
from tests.factories.blog import RevisionFactory
from tests.factories.editorial import BODY, PARTS, WorkshopPostFactory

pytestmark = pytest.mark.django_db
THREE = f"{BODY}<p>First: {PARTS}, in spring.</p><p>Really: {PARTS}, in autumn.</p>"
PICTURE = '<p><img src="/media/chain.jpg" alt="A chain on a scale"></p>'


def asked(client, post, **facts):
    return client.get(url_of(post), facts).context["form"]


def test_selected_words_stand_in_a_box_and_their_paragraph_is_chosen(client):
    # Given
    post = WorkshopPostFactory(body=THREE)
    # When
    form = asked(client, post, words=PARTS, before="First: ", after=", in spring.")
    # Then
    assert form["words"].value() == PARTS
    lines = post.head.text.split("\n")
    assert lines[int(form["paragraph"].value())].startswith("First:")


def test_the_second_of_three_copies_is_marked_when_it_was_selected(client):
    """Scenario 15."""
    # Given
    post = WorkshopPostFactory(body=THREE)
    # When
    facts = {"before": "time.\n\nFirst: ", "after": ", in spring.\n\nReally"}
    client.post(url_of(post), typed(post, **facts))
    # Then
    dispute = Dispute.objects.get()
    assert dispute.origin == Origin.SELECTION
    text = post.head.text
    assert dispute.claim.passages.get().captured_start == text.index("First: ") + len("First: ")


def test_words_after_an_emoji_and_a_name_from_right_to_left_are_found_by_the_server(client):
    """Scenario 19."""
    # Given
    before = "🚲🔧 שרה פותחת: "
    post = WorkshopPostFactory(body=f"<p>{before}{PARTS}. 🚲 {PARTS}, she says.</p>")
    # When
    facts = {"before": f"{before}{PARTS}. 🚲 ", "after": ", she says."}
    client.post(url_of(post), typed(post, **facts))
    # Then
    place = Dispute.objects.get().claim.passages.get()
    assert place.captured_start == post.head.text.rindex(PARTS)
    assert place.exact == PARTS


def test_a_page_that_was_read_before_an_edit_leads_to_the_old_words_and_the_text_as_it_is(client):
    """Scenario 20."""
    # Given
    post = WorkshopPostFactory()
    RevisionFactory(post=post, body=BODY.replace(f"<li>{PARTS}.</li>", "<li>New parts cost.</li>"))
    with time_machine.travel(timedelta(minutes=-1)):
        form = asked(client, post, words=PARTS, version="1")
    # When
    data = typed(post, slip=form["slip"].value())
    response = client.post(url_of(post), data)
    # Then
    html = response.content.decode()
    assert "These words stood in the post when you opened this page" in html
    assert html.count(PARTS) >= 2
    assert "New parts cost." in html
    assert data["statement"] in html


@pytest.mark.parametrize("version", ["0", "99", "-1", "x", "9" * 400, "²"])
def test_a_version_that_does_not_exist_is_the_newest(client, version):
    post = WorkshopPostFactory()
    assert asked(client, post, words=PARTS, version=version).seen == post.head


def test_a_paragraph_that_is_longer_than_a_quote_is_chosen_without_its_words(client):
    # Given
    long = "The queue in front of the workshop is long. " * 20
    post = WorkshopPostFactory(body=f"<p>{long}</p>")
    # When
    form = asked(client, post, words=long.strip())
    # Then
    assert form["paragraph"].value() == "0"
    assert form["words"].value() == ""


def test_the_summary_can_be_disputed_where_there_is_one(client):
    # Given
    post = WorkshopPostFactory()
    # When
    client.post(url_of(post), typed(post, about="summary", words=""))
    # Then
    passage = Dispute.objects.get().claim.passages.get()
    assert (passage.field, passage.exact) == (PassageField.SUMMARY, post.head.summary)


def test_what_a_post_does_not_have_is_not_offered(client):
    offered = dict(asked(client, WorkshopPostFactory(summary="")).fields["about"].choices)
    assert offered.keys() == {"body", "title", "whole"}


def test_an_image_is_chosen_by_its_description(client):
    # Given
    post = WorkshopPostFactory(body=BODY + PICTURE)
    assert "A chain on a scale" in client.get(url_of(post)).content.decode()
    # When
    data = typed(post, about="image", words="", image="/media/chain.jpg")
    client.post(url_of(post), data)
    # Then
    passage = Dispute.objects.get().claim.passages.get()
    assert passage.field == PassageField.IMAGE
    assert (passage.exact, passage.image) == ("A chain on a scale", "/media/chain.jpg")


@pytest.mark.parametrize("image", ["", "/media/other.jpg"])
def test_an_image_that_was_not_chosen_from_the_text_is_refused(client, image):
    # Given
    post = WorkshopPostFactory(body=BODY + PICTURE)
    # When
    response = client.post(url_of(post), typed(post, about="image", words="", image=image))
    # Then
    assert "image" in response.context["form"].errors
    assert not Dispute.objects.exists()


def test_several_sources_are_kept_with_their_titles_and_sides(client):
    # Given
    post = WorkshopPostFactory()
    sources = {
        "source": "https://prices.example/chains",
        "source_title": "Prices of chains",
        "source_2": "https://workshop.example/",
        "source_stance_2": "supports",
    }
    # When
    client.post(url_of(post), typed(post, **sources))
    # Then
    kept = Dispute.objects.get().evidence.values_list("url", "title", "stance")
    assert list(kept) == [
        ("https://prices.example/chains", "Prices of chains", Stance.DISPUTES),
        ("https://workshop.example/", "", Stance.SUPPORTS),
    ]


def test_an_honest_person_who_is_fast_succeeds_at_the_second_press(client):
    # Given
    post = WorkshopPostFactory()
    slip = slips.issue(post_id=post.pk, revision=1)
    html = client.post(url_of(post), typed(post, slip=slip)).content.decode()
    assert "That was very quick" in html
    # When
    again = re.search(r'name="slip" value="([^"]+)"', html)[1]
    response = client.post(url_of(post), typed(post, slip=again))
    # Then
    assert response.status_code == 302
    assert Dispute.objects.count() == 1


def test_the_grounds_do_not_offer_the_tone(client):
    """Scenario 3: a complaint about tone is a report on the comment, which offers "rude"."""
    # Given
    grounds = dict(asked(client, WorkshopPostFactory()).fields["grounds"].choices)
    # Then
    assert not {"tone", "rude", "biased", "opinion"} & grounds.keys()
    words = " ".join(str(label) for label in grounds.values()).lower()
    assert not re.search(r"tone|rude|biased|opinion", words)


def test_the_post_page_tells_the_script_where_to_go_and_which_version_it_is(client):
    # Given
    post = WorkshopPostFactory()
    # When
    html = client.get(post.get_absolute_url()).content.decode()
    # Then
    way = reverse("editorial:report", kwargs={"slug": post.slug})
    assert f'<dispute-words data-address="{way}" data-version="1">' in html
