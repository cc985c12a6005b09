"""What must not be told: that a report exists, who made it, and what it says (scenarios 42-44)."""

import json
import re

import pytest
from django.urls import reverse
from django.utils.html import escape
from lxml import etree

from accounts.models import Letter
from accounts.refusals import Invalid
from blog.models import Post
from editorial import limits, plain, slips
from editorial.models import Dispute
from editorial.points import Raiser, Source
from tests.factories.blog import PostFactory
from tests.factories.editorial import (
    APPOINTMENT,
    BODY,
    PRACTICE,
    DisputeFactory,
    WorkshopPostFactory,
    clarified,
    decide,
    tell_of_decisions,
)

pytestmark = pytest.mark.django_db
RAISER = Raiser(name="Quiet Quentin", email="quentin@example.net", network="203.0.113.9")
LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
INVISIBLE = "\u202e\u2066\x00\x0b"
SAID = "The author is a fraud and a liar."


def public_pages(post):
    """Every address where a trace of a dispute could show."""
    author = post.author.get_absolute_url()
    return [
        post.get_absolute_url(),
        *(
            reverse(f"blog:{name}")
            for name in (
                "home",
                "archive",
                "feed",
                "corrections",
                "corrections_open",
                "corrections_unchanged",
                "corrections_feed",
                "sitemap",
            )
        ),
        reverse("blog:history", kwargs={"slug": post.slug}),
        author,
    ]


def bytes_of(client, post):
    answers = (client.get(url) for url in public_pages(post))
    return [
        (answer.status_code, answer.content, sorted(answer.headers.items())) for answer in answers
    ]


@pytest.mark.parametrize("state", ["received", "declined", "withdrawn"])
def test_what_was_not_taken_up_changes_not_one_public_byte(client, state):
    # Given
    post = WorkshopPostFactory()
    before = bytes_of(client, post)
    # When
    DisputeFactory(
        post=post,
        raiser=RAISER,
        statement=SAID,
        **{state: state != "received"} if state != "received" else {},
    )
    # Then
    assert bytes_of(client, post) == before


@pytest.mark.parametrize("state", ["received", "declined", "withdrawn"])
def test_the_page_of_what_was_not_taken_up_is_404_like_one_that_never_was(client, state):
    # Given
    facts = {} if state == "received" else {state: True}
    dispute = DisputeFactory(**facts)
    # When
    hidden = client.get(dispute.get_absolute_url())
    never = client.get(reverse("editorial:dispute", kwargs={"public_id": "234567892345"}))
    # Then
    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content


def test_a_dispute_about_a_post_that_is_not_public_is_404(client):
    # Given
    dispute = DisputeFactory(under_review=True)
    assert client.get(dispute.get_absolute_url()).status_code == 200
    # When
    Post.objects.filter(pk=dispute.claim.post_id).update(state="draft")
    # Then
    assert client.get(dispute.get_absolute_url()).status_code == 404
    assert (
        dispute.claim.statement not in client.get(reverse("blog:corrections_open")).content.decode()
    )


@pytest.mark.parametrize("state", ["under_review", "unchanged", "decided"])
def test_no_page_shows_who_raised_it_or_what_they_typed(client, state):
    # Given
    dispute = DisputeFactory(raiser=RAISER, statement=SAID, **{state: True})
    # Then
    urls = [*public_pages(dispute.claim.post), dispute.get_absolute_url()]
    for url in urls:
        html = client.get(url).content.decode()
        for secret in ("Quentin", "quentin@example.net", "fraud", "203.0.113.9"):
            assert secret not in html, (url, secret)


def test_no_letter_holds_what_was_typed_or_tells_the_author_who_it_was(editor):
    # Given
    dispute = DisputeFactory(raiser=RAISER, statement=SAID, under_review=True)
    decide(dispute, editor=editor, **clarified())
    tell_of_decisions()
    # Then
    author = dispute.claim.post.author.person.email
    for letter in Letter.objects.all():
        assert "fraud" not in letter.subject + letter.body
        if letter.to == author:
            assert "Quentin" not in letter.subject + letter.body
            assert "quentin@" not in letter.subject + letter.body


def test_thanks_name_only_those_who_want_it(client):
    # Given
    wants = Raiser(name="Grateful Greta", wants_credit=True)
    thanked = DisputeFactory(raiser=wants, decided=True)
    quiet = DisputeFactory(raiser=RAISER, decided=True)
    # Then
    shown = client.get(thanked.decision.notice.get_absolute_url()).content.decode()
    assert "Thanks to <bdi>Grateful Greta</bdi>" in shown
    assert "Thanks to" not in client.get(quiet.decision.notice.get_absolute_url()).content.decode()


def test_deleting_an_account_takes_the_name_out_of_the_thanks(client, reader):
    # Given
    raiser = Raiser(person=reader, wants_credit=True)
    dispute = DisputeFactory(raiser=raiser, decided=True)
    url = dispute.decision.notice.get_absolute_url()
    assert reader.name in client.get(url).content.decode()
    # When
    name = reader.name
    reader.delete()
    # Then
    assert name not in client.get(url).content.decode()
    assert client.get(url).status_code == 200


def test_nobody_is_written_to_after_they_deleted_the_account(reader, editor):
    # Given
    dispute = DisputeFactory(raiser=Raiser(person=reader), under_review=True)
    address = reader.email
    reader.delete()
    Letter.objects.all().delete()
    # When
    decide(Dispute.objects.get(pk=dispute.pk), editor=editor)
    tell_of_decisions()
    # Then
    assert address not in Letter.objects.values_list("to", flat=True)


def test_the_private_link_of_one_report_opens_no_other(client):
    # Given
    one, other = DisputeFactory(), DisputeFactory()
    token = slips.private_link(one.public_id).replace(one.public_id, other.public_id)
    # Then
    assert client.get(reverse("editorial:mine", kwargs={"token": token})).status_code == 404


@pytest.mark.parametrize("state", ["under_review", "unchanged", "decided"])
def test_public_pages_set_no_cookie_and_are_the_same_for_everybody(client, editor, state):
    # Given
    dispute = DisputeFactory(**{state: True})
    urls = [*public_pages(dispute.claim.post), dispute.get_absolute_url()]
    if dispute.decision and dispute.decision.notice:
        urls.append(dispute.decision.notice.get_absolute_url())
    strangers = [client.get(url) for url in urls]
    # When
    client.force_login(editor)
    # Then
    for url, stranger in zip(urls, strangers, strict=True):
        mine = client.get(url)
        assert not stranger.cookies, url
        assert (mine.status_code, mine.content) == (stranger.status_code, stranger.content), url


NASTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "javascript:alert(1)",
    "a\u202eb\u2066c\x00d\x0be",
    "{{ 7 }}{% now 'Y' %}",
    "&lt;b&gt; ]]> <!-- -->",
]


def nasty_words(post):
    """The paragraph of the post that holds them as text."""
    return next(line for line in post.head.text.split("\n") if line.startswith("It says"))


@pytest.mark.parametrize("nasty", NASTY)
def test_whatever_is_typed_is_inert_everywhere(client, editor, nasty):
    """Scenario 43."""
    # Given
    seen = escape(plain.line(nasty))
    post = WorkshopPostFactory(body=f"{BODY}<p>It says {seen} on the door, twice.</p>")
    quoted = DisputeFactory(post=post, words=nasty_words(post), under_review=True, raiser=RAISER)
    sources = (Source("https://example.net/?q=%3Cscript%3E&x=\"'", title=nasty),)
    texts = {"statement": f"See: {nasty}", "summary": f"Doubt: {nasty}", "sources": sources}
    open_one = DisputeFactory(post=post, under_review=True, **texts)
    done = DisputeFactory(post=post, words=APPOINTMENT, under_review=True, **texts)
    kept = DisputeFactory(post=post, words=PRACTICE, under_review=True, **texts)
    note = {"note": f"Note: {nasty}", "notice": f"Notice: {nasty}"}
    decide(done, editor=editor, finding="incomplete", remedy="clarification", **note)
    decide(kept, editor=editor, reason=f"We checked this well: {nasty}")
    # When
    done.refresh_from_db()
    urls = [*public_pages(post), open_one.get_absolute_url(), kept.get_absolute_url()]
    urls += [done.decision.notice.get_absolute_url()]
    client.force_login(editor)
    urls += [reverse("editorial:case", kwargs={"public_id": open_one.public_id})]
    # Then
    for url in urls:
        answer = client.get(url)
        html = answer.content.decode()
        assert answer.status_code == 200
        assert "<script>alert" not in html, url
        assert "<img src=x" not in html, url
        assert 'href="javascript:' not in html, url
        assert not set(html) & set(INVISIBLE), url
        for data in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL
        ):
            json.loads(data)
    assert_feeds_and_letters_are_sound(client, quoted)


def assert_feeds_and_letters_are_sound(client, dispute):
    for name in ("blog:feed", "blog:corrections_feed"):
        etree.fromstring(client.get(reverse(name)).content)
    json.loads(client.get(reverse("editorial:annotation", args=[dispute.public_id])).content)
    letters = Letter.objects.all()
    assert letters.filter(to=RAISER.email).exists()
    for letter in letters:
        assert "\n" not in letter.subject
        assert not set(letter.subject + letter.body) & set(INVISIBLE)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_a_source_is_a_web_address_or_nothing(url):
    """Scenario 43."""
    with pytest.raises(Invalid):
        DisputeFactory(sources=(Source(url),))


def test_a_hundred_kilobytes_are_refused_and_kept_nowhere(client):
    # Given
    post = WorkshopPostFactory()
    url = reverse("editorial:report", kwargs={"slug": post.slug})
    # When
    answer = client.post(url, {"about": "body", "words": "x" * 100_000, "statement": "y" * 100_000})
    # Then
    assert answer.status_code == 200
    assert not Dispute.objects.exists()


def test_thirty_reports_on_one_passage_show_nothing_by_themselves(client):
    # Given
    post = WorkshopPostFactory()
    other = PostFactory(published=True)
    before = client.get(post.get_absolute_url()).content
    # When
    for number in range(30):
        DisputeFactory(post=post, raiser=Raiser(network=f"203.0.113.{number}"))
    # Then
    assert client.get(post.get_absolute_url()).content == before
    raiser = Raiser(network="198.51.100.1")
    assert DisputeFactory(post=other, words="A spoke wrench is all", raiser=raiser)
    assert limits.MOST_A_DAY < 30
