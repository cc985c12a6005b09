"""Reporting an error: without an account, without scripts, with nothing lost that was typed."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from blog.models import Post
from blog.models.passage import PassageField
from editorial import disputes, limits, slips
from editorial.models import DeclineReason, Dispute, DisputeState
from tests.factories.blog import PostFactory, RevisionFactory
from tests.factories.editorial import (
    BODY,
    PARTS,
    DisputeFactory,
    WorkshopPostFactory,
    decide,
)

pytestmark = pytest.mark.django_db


def url_of(post):
    return reverse("editorial:report", kwargs={"slug": post.slug})


def slip_for(post, *, revision=None):
    with time_machine.travel(timedelta(minutes=-1)):
        return slips.issue(post_id=post.pk, revision=revision or post.head.number)


def typed(post, **facts):
    given = {
        "about": "body",
        "words": PARTS,
        "grounds": "error",
        "statement": "They charged me twelve euros for a chain.",
        "slip": slip_for(post),
    }
    return {**given, **facts}


def test_the_form_needs_no_account(client):
    # Given
    post = WorkshopPostFactory()
    # When
    response = client.get(url_of(post))
    # Then
    html = response.content.decode()
    assert "What is wrong with this statement?" in html
    assert PARTS in html
    assert "no-cache" in response["Cache-Control"]


def test_words_that_were_selected_are_not_asked_for_again(client):
    # Given
    post = WorkshopPostFactory()
    # When
    html = client.get(url_of(post), {"words": PARTS}).content.decode()
    # Then
    assert f"<q>{PARTS}</q>" in html
    assert "Point at something else" in html
    assert "Point at something else" not in client.get(url_of(post)).content.decode()


def test_what_has_to_be_mended_is_named_on_top(client):
    post = WorkshopPostFactory()
    html = client.post(url_of(post), typed(post, statement="")).content.decode()
    assert '<a href="#id_statement">What is wrong, and how do you know?</a>' in html


@pytest.mark.parametrize("state", ["accepted", "submitted"])
def test_there_is_no_form_for_a_post_that_is_not_public(client, state):
    assert client.get(url_of(PostFactory(**{state: True}))).status_code == 404


def test_after_sending_a_private_page_says_what_happens_now(client):
    # Given
    post = WorkshopPostFactory()
    # When
    response = client.post(url_of(post), typed(post), follow=True)
    # Then
    html = response.content.decode()
    assert "An editor will look at it. Nothing is shown on the post until then." in html
    assert "your private link" in html
    assert Dispute.objects.get().claim.statement == PARTS


def test_sending_the_form_twice_is_one_report(client):
    # Given
    post = WorkshopPostFactory()
    data = typed(post)
    # When
    first, second = client.post(url_of(post), data), client.post(url_of(post), data)
    # Then
    assert first["Location"] == second["Location"]
    assert Dispute.objects.count() == 1


def test_a_paragraph_may_be_chosen_from_a_list_instead_of_typing_words(client):
    # Given
    post = WorkshopPostFactory()
    number = [line.strip() for line in post.head.text.split("\n")].index(f"{PARTS}.")
    # When
    client.post(url_of(post), typed(post, words="", paragraph=str(number)))
    # Then
    assert Dispute.objects.get().claim.passages.get().exact == f"{PARTS}."


def test_a_paragraph_and_words_together_find_the_copy_that_is_meant(client):
    # Given
    post = WorkshopPostFactory(body=f"{BODY}<p>Again: {PARTS}.</p>")
    lines = post.head.text.split("\n")
    # When
    client.post(url_of(post), typed(post, paragraph=str(lines.index(f"Again: {PARTS}."))))
    # Then
    place = Dispute.objects.get().claim.passages.get()
    assert place.captured_start == post.head.text.rindex(PARTS)


@pytest.mark.parametrize(("about", "field"), [("title", "title"), ("whole", "whole")])
def test_the_title_and_the_whole_post_need_no_words(client, about, field):
    # Given
    post = WorkshopPostFactory()
    # When
    client.post(url_of(post), typed(post, about=about, words=""))
    # Then
    assert Dispute.objects.get().claim.passages.get().field == PassageField(field)


THREE = f"{BODY}<p>{PARTS}.</p><p>Really: {PARTS}.</p>"


def places_offered(html):
    return re.findall(r'name="place" value="(\w+)"', html)


def test_words_that_stand_three_times_are_asked_about(client):
    """Scenario 15."""
    # Given
    post = WorkshopPostFactory(body=THREE)
    # When
    html = client.post(url_of(post), typed(post)).content.decode()
    # Then
    assert len(places_offered(html)) == 4
    assert "They charged me twelve euros" in html
    assert not Dispute.objects.exists()


def test_the_second_of_three_places_can_be_chosen(client):
    """Scenario 15."""
    # Given
    post = WorkshopPostFactory(body=THREE)
    second = places_offered(client.post(url_of(post), typed(post)).content.decode())[1]
    # When
    client.post(url_of(post), typed(post, place=second))
    # Then
    assert Dispute.objects.get().claim.passages.get().captured_start == int(second)


def test_all_three_places_are_one_claim(client):
    """Scenario 15."""
    # Given
    post = WorkshopPostFactory(body=THREE)
    # When
    client.post(url_of(post), typed(post, place="all"))
    # Then
    assert Dispute.objects.get().claim.passages.count() == 3


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "Nobody wrote these words here."}, "words"),
        ({"statement": " "}, "statement"),
        ({"grounds": ""}, "grounds"),
        ({"grounds": "tone"}, "grounds"),
        ({"source": "javascript:alert(1)"}, "source"),
        ({"source": "ftp://files.example/list"}, "source"),
        ({"email": "nowhere"}, "email"),
        ({"about": "weather"}, "about"),
    ],
)
def test_what_is_refused_is_said_beside_the_field_and_nothing_typed_is_lost(client, facts, field):
    # Given
    post = WorkshopPostFactory()
    data = typed(post, wanted="Say that parts are charged.", name="Ola", **facts)
    # When
    response = client.post(url_of(post), data)
    # Then
    assert response.context["form"].errors.keys() == {field}
    html = response.content.decode()
    assert "Say that parts are charged." in html
    assert 'value="Ola"' in html
    assert not Dispute.objects.exists()


def test_a_field_that_people_do_not_see_catches_machines(client):
    # Given
    post = WorkshopPostFactory()
    # When
    client.post(url_of(post), typed(post, homepage="https://spam.example/"))
    # Then
    assert not Dispute.objects.exists()


def test_a_form_that_was_filled_in_too_fast_is_asked_for_again(client):
    # Given
    post = WorkshopPostFactory()
    slip = slips.issue(post_id=post.pk, revision=1)
    # When
    html = client.post(url_of(post), typed(post, slip=slip)).content.decode()
    # Then
    assert "Please send it once more" in html
    assert "They charged me twelve euros" in html
    assert not Dispute.objects.exists()


@pytest.mark.parametrize("slip", ["", "made-up", "of another post"])
def test_a_form_without_our_slip_comes_back_with_a_good_one(client, slip):
    # Given
    post = WorkshopPostFactory()
    slip = slip_for(WorkshopPostFactory()) if slip == "of another post" else slip
    # When
    response = client.post(url_of(post), typed(post, slip=slip))
    # Then
    assert not Dispute.objects.exists()
    renewed = re.search(r'name="slip" value="([^"]+)"', response.content.decode())
    assert slips.read(renewed[1], post_id=post.pk) is not None


def test_a_reader_of_an_old_page_is_shown_the_old_words_and_the_text_as_it_is_now(client):
    """Scenario 20."""
    # Given
    post = WorkshopPostFactory()
    slip = slip_for(post)
    RevisionFactory(post=post, body=BODY.replace(f"<li>{PARTS}.</li>", "<li>New parts cost.</li>"))
    # When
    response = client.post(url_of(post), typed(post, slip=slip))
    # Then
    html = response.content.decode()
    assert "These words stood in the post when you opened this page" in html
    assert html.count(PARTS) >= 2
    assert "New parts cost." in html
    assert "They charged me twelve euros" in html
    assert not Dispute.objects.exists()


def test_a_reader_of_an_old_page_goes_on_with_the_text_as_it_is_now(client):
    """Scenario 20."""
    # Given
    post = WorkshopPostFactory()
    slip = slip_for(post)
    RevisionFactory(post=post, body=BODY.replace(f"<li>{PARTS}.</li>", "<li>New parts cost.</li>"))
    html = client.post(url_of(post), typed(post, slip=slip)).content.decode()
    renewed = re.search(r'name="slip" value="([^"]+)"', html)[1]
    # When
    with time_machine.travel(timedelta(minutes=1)):
        client.post(url_of(post), typed(post, slip=renewed, words="New parts cost"))
    # Then
    assert Dispute.objects.get().claim.passages.get().captured_revision.number == 2


def test_an_old_page_is_no_trouble_when_the_words_still_stand(client):
    # Given
    post = WorkshopPostFactory()
    slip = slip_for(post)
    RevisionFactory(post=post, body=f"<p>First of all: hello.</p>{BODY}")
    # When
    client.post(url_of(post), typed(post, slip=slip))
    # Then
    place = Dispute.objects.get().claim.passages.get()
    head = Post.objects.select_related("head").get(pk=post.pk).head
    assert head.text[place.captured_start : place.captured_end] == PARTS


def test_the_sixth_report_of_a_day_gets_429_and_keeps_the_words(client):
    # Given
    post = WorkshopPostFactory()
    for _number in range(limits.MOST_A_DAY):
        client.post(url_of(post), typed(post))
    # When
    response = client.post(url_of(post), typed(post))
    # Then
    assert response.status_code == 429
    assert "They charged me twelve euros" in response.content.decode()
    assert Dispute.objects.count() == limits.MOST_A_DAY


def test_signed_in_people_are_not_asked_who_they_are(client, reader):
    # Given
    client.force_login(reader)
    post = WorkshopPostFactory()
    # When
    client.post(url_of(post), typed(post, name="Other", email="other@example.net"))
    # Then
    dispute = Dispute.objects.get()
    assert (dispute.raised_by, dispute.raiser_name, dispute.contact_email) == (reader, "", "")


def private_page(dispute):
    token = slips.private_link(dispute.public_id)
    return reverse("editorial:mine", kwargs={"token": token})


def test_the_private_page_follows_the_report_to_its_end(client, editor):
    # Given
    dispute = DisputeFactory()
    url = private_page(dispute)
    assert "Received" in client.get(url).content.decode()
    # When
    disputes.accept(dispute, editor=editor, summary="Parts are charged.", version=1)
    assert "Taken up" in client.get(url).content.decode()
    decide(dispute, editor=editor)
    # Then
    assert "Decided on" in client.get(url).content.decode()


def test_the_private_page_says_why_it_was_not_taken_up(client, editor):
    # Given
    dispute = DisputeFactory(declined=True)
    # When
    html = client.get(private_page(dispute)).content.decode()
    # Then
    assert "We could not tell what is wrong." in html
    assert str(DeclineReason.UNCLEAR.label) in html


def test_the_private_page_shows_all_that_was_sent(client):
    dispute = DisputeFactory(statement="Parts are charged.")
    Dispute.objects.filter(pk=dispute.pk).update(wanted="Say what a part costs.")
    html = client.get(private_page(dispute)).content.decode()
    assert "Parts are charged." in html
    assert "Say what a part costs." in html


def test_a_report_can_be_taken_back_by_its_private_link(client):
    # Given
    dispute = DisputeFactory()
    token = slips.private_link(dispute.public_id)
    # When
    html = client.post(reverse("editorial:take_back", kwargs={"token": token}), follow=True)
    # Then
    dispute.refresh_from_db()
    assert dispute.state == DisputeState.WITHDRAWN
    assert "You took this report back" in html.content.decode()


def test_what_is_under_review_is_only_asked_to_be_taken_back(client):
    # Given
    dispute = DisputeFactory(under_review=True)
    address = reverse("editorial:take_back", args=[slips.private_link(dispute.public_id)])
    # When
    html = client.post(address, follow=True).content.decode()
    # Then
    dispute.refresh_from_db()
    assert (dispute.state, dispute.wish) == (DisputeState.UNDER_REVIEW, "withdraw")
    assert "an editor will see it" in html
    # When it is sent twice
    response = client.post(address)
    # Then
    assert response.status_code == 409
    assert "You have asked for this already" in response.content.decode()


def test_looking_at_the_private_link_never_takes_anything_back(client):
    # Given
    dispute = DisputeFactory()
    token = slips.private_link(dispute.public_id)
    # When
    response = client.get(reverse("editorial:take_back", kwargs={"token": token}))
    # Then
    assert response.status_code == 405


@pytest.mark.parametrize("token", ["x", "234567892345.made-up", ""])
def test_a_private_link_cannot_be_guessed(client, token):
    # Given
    dispute = DisputeFactory()
    for guess in (token, dispute.public_id, f"{dispute.public_id}.{token}"):
        # Then
        assert client.get(f"/disputes/mine/{guess}/").status_code == 404


def test_emoji_and_a_right_to_left_name_before_the_words_do_not_shift_them(client):
    """Scenario 19."""
    # Given
    post = WorkshopPostFactory(body=f"<p>🚲🔧 by \u05d3\u05e0\u05d9 👍🏽</p>{BODY}")
    # When
    client.post(url_of(post), typed(post))
    # Then
    place = Dispute.objects.get().claim.passages.get()
    assert post.head.text[place.captured_start : place.captured_end] == PARTS
