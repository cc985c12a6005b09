"""What is kept once: bylines of guests, topics, and the texts of the site."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person, Profile
from blog.models import Post, Publication, Topic
from tests.blog.desk_pages import HARM, XSS, address, text
from tests.factories.accounts import PersonFactory, ProfileFactory, ProfileLinkFactory
from tests.factories.blog import (
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(editor: Person) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def test_a_guest_without_a_login_gets_a_byline_and_a_post(client: Client) -> None:
    # Given
    given = {"name": "Ana Ruiz", "credentials": "RN", "bio": "Mends bikes.", "label_1": "Shop"}
    page = text(client, address("desk_bylines"), **given)
    assert "Where does this link lead?" in page
    client.post(address("desk_bylines"), given | {"url_1": "https://shop.example/"})
    guest = Profile.objects.get(name="Ana Ruiz")
    assert (guest.person, guest.slug, guest.links.get().label) == (None, "ana-ruiz", "Shop")
    # When
    client.post(address("desk_begin"), {"title": "My first patch", "author": guest.pk})
    # Then
    assert Post.objects.get().author == guest


def test_begin_keeps_what_was_typed_when_the_author_is_missing(client: Client) -> None:
    page = text(client, address("desk_begin"), title="My first patch")
    assert 'value="My first patch"' in page
    assert not Post.objects.exists()


def test_a_byline_is_given_to_a_login_once(client: Client) -> None:
    # Given
    guest, writer = ProfileFactory(guest=True), PersonFactory(author=True, name="Ana Ruiz")
    url = reverse("blog:desk_byline", kwargs={"pk": guest.pk})
    assert f"Ana Ruiz ({writer.email})" in text(client, url)
    # When
    client.post(url, {"name": guest.name, "person": writer.pk})
    # Then
    guest.refresh_from_db()
    assert guest.person == writer
    page = text(client, url)
    assert "Ana Ruiz signs in under this byline." in page
    assert 'name="person"' not in page


def test_an_author_cannot_give_bylines_to_logins() -> None:
    # Given
    writer, other = ProfileFactory().person, PersonFactory(author=True)
    client = Client()
    client.force_login(writer)
    # When
    page = text(client, address("write_byline"), name="Mine", person=other.pk)
    # Then
    assert other.email not in page
    assert not Profile.objects.of(other).exists()


def test_what_was_added_for_an_editor_is_not_lost_when_she_opens_her_byline() -> None:
    # Given
    host = PersonFactory(editor=True, name="Ana Ruiz")
    added = ProfileFactory(guest=True, name="Ana Ruiz", bio="Mends bikes.")
    client = Client()
    client.force_login(host)
    # Then
    assert "Mends bikes." in text(client, address("write_byline"))
    # When
    client.post(address("write_byline"), {"name": "Ana Ruiz", "bio": "Mends bikes well."})
    # Then
    added.refresh_from_db()
    assert (added.person, added.bio) == (host, "Mends bikes well.")


def test_the_form_of_a_byline_has_two_empty_rows_for_links(client: Client) -> None:
    page = text(client, address("desk_bylines"))
    assert 'name="url_2"' in page
    assert 'name="url_3"' not in page


def test_changing_a_byline_loses_no_link(client: Client) -> None:
    # Given a byline with more links than the form has rows for
    profile = ProfileFactory(guest=True)
    links = [ProfileLinkFactory(profile=profile, label=f"L{number}") for number in range(6)]
    url = reverse("blog:desk_byline", kwargs={"pk": profile.pk})
    assert 'name="url_7"' in text(client, url)
    assert 'name="url_9"' not in text(client, url)
    # When
    rows = {f"label_{row}": link.label for row, link in enumerate(links, start=1)}
    rows |= {f"url_{row}": link.url for row, link in enumerate(links, start=1)}
    client.post(url, {"name": "New name"} | rows)
    # Then
    assert [link.label for link in profile.links.all()] == [link.label for link in links]


def test_topics_are_added_renamed_and_keep_their_address(client: Client) -> None:
    # When
    client.post(address("desk_topics"), {"name": "Tyres & tubes", "shows_disclaimer": "on"})
    topic = Topic.objects.get()
    client.post(reverse("blog:desk_topic", kwargs={"pk": topic.pk}), {"name": "Tyres"})
    # Then
    topic.refresh_from_db()
    assert (topic.name, topic.slug, topic.shows_disclaimer) == ("Tyres", "tyres-tubes", False)


def test_a_second_topic_of_the_same_name_is_refused_beside_the_field(client: Client) -> None:
    TopicFactory(name="Tyres", slug="tyres")
    page = text(client, address("desk_topics"), name="TYRES", slug="tyres")
    assert "There is a topic with this name." in page
    assert "Another topic has this address." in page
    assert Topic.objects.count() == 1


def site_texts(**changes: object) -> dict[str, object]:
    return {"name": "The Pump"} | changes


def test_the_publisher_sets_the_texts_of_the_site_and_they_are_sanitised(
    publisher: Person,
) -> None:
    # Given
    client = Client()
    client.force_login(publisher)
    host = ProfileFactory()
    # When
    given = site_texts(
        host=host.pk,
        disclosure_html=f"<p>Some links earn money.</p>{XSS}",
        disclaimer_html="Ask a mechanic.",
        affiliate_hosts="https://Shop.example/x\n\nparts.example\nshop.example",
    )
    response = client.post(address("desk_site"), given, follow=True)
    # Then
    assert "The texts of the site are saved." in response.content.decode()
    site = Publication.current()
    assert (site.name, site.host, site.disclaimer_html) == (
        "The Pump",
        host,
        "<p>Ask a mechanic.</p>",
    )
    assert site.disclosure_html.startswith("<p>Some links earn money.</p>")
    assert not any(harm in site.disclosure_html for harm in HARM)
    assert site.affiliates == {"shop.example", "parts.example"}


def test_a_line_that_is_no_host_is_named(publisher: Person) -> None:
    client = Client()
    client.force_login(publisher)
    page = text(client, address("desk_site"), **site_texts(affiliate_hosts="two words"))
    assert "“two words” is not the name of a host" in page
