"""The corrections log as readers search it, its JSON, and what notices say of each other."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from blog import notices
from blog.models import EditLabel, Notice, NoticeKind, NoticeState, Post
from tests.factories.blog import BODY, NoticeFactory, PostFactory, RevisionFactory, an_editor

pytestmark = pytest.mark.django_db
LOG = "/corrections/"
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


def log(client, **asked):
    return client.get(LOG, asked).content.decode()


def told(text: str, *, year: int = 2026, month: int = 3, **facts) -> Notice:
    with time_machine.travel(datetime(year, month, 5, 12, tzinfo=UTC), tick=False):
        return NoticeFactory(text=text, **facts)


def test_the_log_shows_one_kind_alone(client):
    # Given
    told("The depot has moved.")
    told("Parts are paid for.", kind=NoticeKind.CLARIFICATION)
    # When
    page = log(client, kind="clarification")
    # Then
    assert "Parts are paid for." in page
    assert "The depot has moved." not in page
    assert '<option value="clarification" selected>' in page


def test_the_log_shows_one_year_or_one_month_alone(client):
    # Given
    told("In March.")
    told("In May.", month=5)
    told("Long ago.", year=2025)
    # Then
    assert ["In March." in log(client, time=time) for time in ("2026", "2026-03", "2026-05")] == [
        True,
        True,
        False,
    ]
    assert "Long ago." not in log(client, time="2026")
    assert '<option value="2025-03">March 2025</option>' in log(client)


@pytest.mark.parametrize("place", ["text", "statement", "before", "after"])
def test_words_are_found_wherever_a_notice_says_them(client, place):
    # Given
    told("The other one.")
    facts = {"text": "This one.", place: "The bottom bracket creaks."}
    told(facts.pop("text"), **facts)
    # When
    page = log(client, q="creaks BOTTOM")
    # Then
    assert page.count('class="record__item"') == 1
    assert "1 notice" in page
    assert "The other one." not in page


def test_words_are_found_in_the_title_of_the_post(client):
    # Given
    told("This one.", post=PostFactory(published=True, title="Über Ketten", at=LONG_AGO))
    told("The other one.")
    # Then
    for words in ("Ketten", "über"):
        assert "This one." in log(client, q=words)
        assert "The other one." not in log(client, q=words)


@pytest.mark.parametrize("words", ["100%", "a_c", "back\\slash", "'quote\""])
def test_signs_that_mean_something_to_a_database_are_only_signs(client, words):
    # Given
    told(f"It said {words} here.")
    told("It said 100 abc backslash quote.")
    # When
    page = log(client, q=words)
    # Then
    assert page.count('class="record__item"') == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "x" * 5000},
        {"q": "\x00\u202e"},
        {"kind": "nonsense"},
        {"time": "0000-13"},
        {"time": "9999"},
        {"page": "9" * 30},
    ],
)
def test_nonsense_in_the_address_is_no_error(client, asked):
    told("It stays.")
    assert client.get(LOG, asked).status_code == 200


def test_the_next_page_keeps_what_was_asked_for(client):
    # Given
    notice = told("Again and again.", kind=NoticeKind.CLARIFICATION)
    copies = [
        Notice(
            post=notice.post,
            kind=notice.kind,
            text=notice.text,
            byline=notice.byline,
            revision_before=notice.revision_before,
            revision_after=notice.revision_after,
        )
        for _number in range(50)
    ]
    Notice.objects.bulk_create(copies)
    # When
    page = log(client, kind="clarification", q="again & again".replace(" &", ""))
    # Then
    assert 'href="/corrections/?kind=clarification&amp;q=again+again&amp;page=2"' in page
    second = log(client, kind="clarification", q="again again", page=2)
    assert second.count('class="record__item"') == 1
    assert 'href="/corrections/?page=2"' in log(client)


def test_a_search_without_a_hit_says_what_to_do(client):
    # Given
    told("The depot has moved.")
    # When
    page = log(client, q="derailleur")
    # Then
    assert "No notice is like this." in page
    assert "Show all notices" in page
    assert client.get(LOG, {"q": "derailleur"})["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("name", ["corrections", "corrections_open", "corrections_unchanged"])
def test_an_empty_list_says_how_to_report_an_error(client, name):
    page = client.get(reverse(f"blog:{name}")).content.decode()
    assert 'href="/corrections/policy/#report"' in page


def test_the_json_feed_holds_what_the_atom_feed_holds(client):
    # Given
    post = PostFactory(published=True, at=LONG_AGO)
    before, body = post.head, BODY.replace("spoke wrench", "spoke key")
    after = RevisionFactory(post=post, body=body, label=EditLabel.CORRECTION)
    post.refresh_from_db()
    notice = told(
        "The tool has another name.",
        post=post,
        kind=NoticeKind.CORRECTION,
        before="A spoke wrench is all",
        after="A spoke key is all",
        revision_before=before,
        revision_after=after,
    )
    # When
    answer = client.get("/corrections/feed.json")
    feed = json.loads(answer.content)
    # Then
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"].endswith("/corrections/feed.json")
    [item] = feed["items"]
    url = f"http://localhost:8000{notice.get_absolute_url()}"
    assert (item["id"], item["url"]) == (url, url)
    assert item["title"] == f"Correction: {post.headline}"
    assert datetime.fromisoformat(item["date_published"]) == notice.published_at
    assert "The tool has another name." in item["content_text"]
    assert "Before: “A spoke wrench is all”" in item["content_text"]
    assert item["_corrigible"]["after"] == "A spoke key is all"
    assert item["_corrigible"]["post_url"].endswith(post.get_absolute_url())
    assert item["content_text"] in client.get("/corrections/feed/").content.decode()


def test_a_notice_and_the_one_that_took_its_place_lead_to_each_other(client):
    # Given
    old = told("The depot has moved.")
    new = told("The depot has moved back.", month=4, post=Post.objects.get(pk=old.post_id))
    notices.supersede(old, by=new)
    # Then
    html = client.get(old.get_absolute_url()).content.decode()
    assert f'href="{new.get_absolute_url()}"' in html
    assert "5 April 2026" in html
    html = client.get(new.get_absolute_url()).content.decode()
    assert "It takes the place of an earlier notice" in html
    assert f'href="{old.get_absolute_url()}"' in html
    feed = json.loads(client.get("/corrections/feed.json").content)
    [found] = [one for one in feed["items"] if one["_corrigible"]["state"] == "superseded"]
    assert found["_corrigible"]["superseded_by"].endswith(new.get_absolute_url())


def test_what_was_taken_back_stays_at_its_address_and_is_told_nowhere(client):
    # Given
    notice = told("Too early.")
    notices.take_back(notice, editor=an_editor())
    assert Notice.objects.get(pk=notice.pk).state == NoticeState.TAKEN_BACK
    # Then
    assert "taken back" in client.get(notice.get_absolute_url()).content.decode()
    history = reverse("blog:history", kwargs={"slug": notice.post.slug})
    for url in (LOG, "/corrections/feed/", "/corrections/feed.json", history):
        assert "Too early." not in client.get(url).content.decode()
        assert notice.get_absolute_url() not in client.get(url).content.decode()


def test_the_history_says_of_each_version_what_readers_were_told(client):
    # Given
    notice = told("The depot has moved.")
    RevisionFactory(post=Post.objects.get(pk=notice.post_id), label=EditLabel.COSMETIC)
    # When
    history = reverse("blog:history", kwargs={"slug": notice.post.slug})
    first, second = client.get(history).content.decode().split('class="record__item"')[1:]
    # Then
    assert "Cosmetic" in first
    assert "Readers were told" not in first
    assert f'Readers were told: <a href="{notice.get_absolute_url()}">Update, 5 March 2026</a>' in (
        second
    )


def test_a_concern_that_was_lifted_is_told_again_under_its_id(client):
    # Given
    concern = told("We are checking this.", kind=NoticeKind.CONCERN)
    url = f"http://localhost:8000{concern.get_absolute_url()}"
    # When
    with time_machine.travel(datetime(2026, 4, 9, 12, tzinfo=UTC), tick=False):
        notices.lift(concern, editor=an_editor(), reason="The figures were right.")
    # Then
    [item] = json.loads(client.get("/corrections/feed.json").content)["items"]
    assert (item["id"], item["date_modified"][:10]) == (url, "2026-04-09")
    assert "Lifted on 9 April 2026.\n\nThe figures were right." in item["content_text"]
    atom = client.get("/corrections/feed/").content.decode()
    assert "<updated>2026-04-09" in atom
    assert "<published>2026-03-05" in atom


def test_the_log_of_one_post_tells_of_no_other_and_is_searched_on(client):
    # Given
    one = told("The depot has moved.")
    told("The depot has closed.", post=one.post, month=4)
    told("The depot is open.")
    slug = one.post.slug
    # When
    page = log(client, post=slug)
    # Then
    assert page.count('class="record__item"') == 2
    assert "The depot is open." not in page
    assert f'Only about <a href="{one.post.get_absolute_url()}">' in page
    assert f'<input type="hidden" name="post" value="{slug}">' in page
    found = log(client, post=slug, q="moved")
    assert found.count('class="record__item"') == 1
    assert 'href="/corrections/?q=moved">About all posts' in found
    assert f'href="/corrections/?post={slug}">All notices about this post' in log(client)


def test_the_feeds_of_one_post_tell_of_no_other(client):
    # Given
    one = told("The depot has moved.")
    told("The depot is open.")
    slug = one.post.slug
    # When
    [item] = json.loads(client.get("/corrections/feed.json", {"post": slug}).content)["items"]
    atom = client.get("/corrections/feed/", {"post": slug}).content.decode()
    # Then
    assert item["id"].endswith(one.get_absolute_url())
    assert atom.count("<entry>") == 1
    assert f'href="/corrections/feed.json?post={slug}"' in log(client, post=slug)
    feed = json.loads(client.get("/corrections/feed.json", {"post": "nowhere"}).content)
    assert feed["items"] == []
    assert feed["feed_url"].endswith("/corrections/feed.json?post=nowhere")


@pytest.mark.parametrize("address", [LOG, f"{LOG}open/", f"{LOG}unchanged/"])
@pytest.mark.parametrize("slug", ["nowhere", "a-draft", "x" * 300, "\x00é'"])
def test_a_post_that_readers_cannot_open_is_as_unknown_as_none(client, address, slug):
    # Given
    PostFactory(slug="a-draft")
    # When
    page = client.get(address, {"post": slug}).content.decode()
    # Then
    assert "There is no post with this address that readers can open." in page


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("", "Nothing in this post has been corrected so far."),
        ("open/", "No statement of this post is under review at present."),
        ("unchanged/", "Nothing of this post was reviewed and left unchanged so far."),
    ],
)
def test_a_post_without_a_notice_is_said_to_have_none(client, part, sentence):
    post = PostFactory(published=True)
    assert sentence in client.get(f"{LOG}{part}", {"post": post.slug}).content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_the_log_of_one_post_costs_the_same_with_1_and_30(
    client, django_assert_num_queries, number
):
    # Given
    post = told("Again and again.").post
    for _time in range(number - 1):
        told("Again and again.", post=post)
    log(client, post=post.slug)
    # Then
    with django_assert_num_queries(4):
        assert log(client, post=post.slug).count('class="record__item"') == number
    with django_assert_num_queries(1):
        client.get("/corrections/feed.json", {"post": post.slug})
