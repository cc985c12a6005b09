"""Every change of a text that is kept once is a version; none is lost, and each can come back."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from accounts.refusals import NotAllowed, WrongMoment
from blog import publication
from blog.models import Publication, SitePieceVersion
from blog.publication import SiteTexts, set_texts
from comments import house
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PublicationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.stores]
NAMES = ("name", "tagline", "host", "invitation", "disclosure_html", "affiliate_hosts")
PAGES = ("disclosure_page_html", "disclaimer_html", "about_html", "policy_html")


def changed(publisher: Person, *, reason: str = "", **facts: str) -> Publication:
    now = publication.stored()
    texts = replace(SiteTexts(**{name: getattr(now, name) for name in (*NAMES, *PAGES)}), **facts)
    return set_texts(publisher=publisher, texts=texts, reason=reason)


def versions(piece: str) -> list[tuple[int, str]]:
    found = SitePieceVersion.objects.filter(piece=piece).order_by("number")
    return list(found.values_list("number", "text"))


def test_each_change_is_a_numbered_version_with_who_when_and_why(publisher):
    changed(publisher, about_html="<p>One.</p>", reason="We began.")
    changed(publisher, about_html="<p>Two.</p><script>alert(1)</script>")
    changed(publisher, about_html="<p>Two.</p>")
    assert versions("about_html") == [(1, "<p>One.</p>"), (2, "<p>Two.</p>")]
    first = SitePieceVersion.objects.get(piece="about_html", number=1)
    assert (first.made_by, first.reason) == (publisher, "We began.")
    assert versions("policy_html") == []


def test_a_text_that_is_only_written_in_another_way_is_no_version(publisher):
    PublicationFactory(policy_html="<ul>\n<li>One.</li>\n<li>Two.</li>\n</ul>")
    changed(
        publisher, policy_html="<ul><li><p>One.</p></li><li>Two.</li></ul>", about_html="<p>A</p>"
    )
    assert versions("policy_html") == []
    assert versions("about_html") == [(1, "<p>A</p>")]


def test_what_stood_there_before_becomes_the_first_version(publisher):
    PublicationFactory(disclaimer_html="<p>As ever.</p>")
    changed(publisher, disclaimer_html="<p>New.</p>")
    assert versions("disclaimer_html") == [(1, "<p>As ever.</p>"), (2, "<p>New.</p>")]
    assert SitePieceVersion.objects.get(number=1).made_by is None


def test_a_version_that_comes_back_is_a_new_one_and_stands_on_the_page(publisher):
    for text in ("One", "Two"):
        changed(publisher, about_html=f"<p>{text} of us.</p>")
    first = SitePieceVersion.objects.get(number=1)
    publication.restore(first, publisher=publisher)
    assert versions("about_html")[-1] == (3, "<p>One of us.</p>")
    assert SitePieceVersion.objects.get(number=3).reason == "Version 1 again."
    assert "One of us." in Client().get("/about/").content.decode()
    with pytest.raises(WrongMoment):
        publication.restore(first, publisher=publisher)


def test_house_rules_are_a_text_of_the_site_with_versions_of_their_own(publisher):
    house.set_rules(publisher=publisher, rules="Be kind.")
    house.set_rules(publisher=publisher, rules="Be kind and short.")
    house.set_rules(publisher=publisher, most_links=3)
    assert versions("house_rules") == [(1, "Be kind."), (2, "Be kind and short.")]
    first = SitePieceVersion.objects.get(number=1)
    with pytest.raises(WrongMoment):
        publication.restore(first, publisher=publisher)
    assert house.restore(first, publisher=publisher).rules == "Be kind."
    assert len(versions("house_rules")) == 3


def test_only_the_publisher_sees_and_restores_versions(client, publisher, editor):
    changed(publisher, about_html="<p>One.</p>")
    house.set_rules(publisher=publisher, rules="Be kind.")
    about, rules = (SitePieceVersion.objects.get(piece=p) for p in ("about_html", "house_rules"))
    with pytest.raises(NotAllowed):
        publication.restore(about, publisher=editor)
    with pytest.raises(NotAllowed):
        house.restore(rules, publisher=PersonFactory(editor=True))
    client.force_login(editor)
    for name, pk in (("blog:desk_piece", about.pk), ("blog:desk_site_history", None)):
        assert client.get(reverse(name, args=[pk] if pk else [])).status_code == 403
    for name, version in (("blog:desk_restore_piece", about), ("comments:restore_rules", rules)):
        assert client.post(reverse(name, args=[version.pk])).status_code == 403


def test_the_desk_shows_who_changed_what_and_brings_it_back(client, publisher):
    # Given
    client.force_login(publisher)
    changed(publisher, policy_html="<p>We correct within a week.</p>")
    changed(publisher, policy_html="<p>We correct within a day.</p>", reason="Faster <b>now</b>.")
    house.set_rules(publisher=publisher, rules="Be kind.")
    house.set_rules(publisher=publisher, rules="Be short.")
    # Then
    listed = client.get(reverse("blog:desk_site_history")).content.decode()
    assert "Corrections policy, version 2" in listed
    assert "Faster &lt;b&gt;now" in listed
    only = client.get(reverse("blog:desk_site_history"), {"piece": "policy_html"}).content.decode()
    assert "House rules of the discussions, version" not in only
    second = SitePieceVersion.objects.get(piece="policy_html", number=2)
    shown = client.get(second.get_absolute_url()).content.decode()
    assert "<p>We correct within a day.</p>" in shown
    assert "<ins>" in shown
    assert "<del>" in shown
    # When
    for piece in ("policy_html", "house_rules"):
        first = SitePieceVersion.objects.get(piece=piece, number=1)
        page = client.get(first.get_absolute_url()).content.decode()
        action = page.split('method="post" action="')[1].split('"')[0]
        client.post(action)
    # Then
    assert "within a week" in Client().get("/corrections/policy/").content.decode()
    assert house.stored().rules == "Be kind."


def test_the_form_keeps_the_reason(client, publisher):
    client.force_login(publisher)
    site = reverse("blog:desk_site")
    client.post(site, {"name": "Wheels", "about_html": "<p>Us.</p>", "reason": "A start."})
    assert SitePieceVersion.objects.get().reason == "A start."


def test_a_long_history_costs_no_query_more(client, publisher):
    client.force_login(publisher)
    costs = []
    for number in (1, 30):
        for one in range(number):
            changed(publisher, about_html=f"<p>{number} {one}</p>")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("blog:desk_site_history"))
        costs.append(len(queries))
    assert costs[0] == costs[1]
