"""Readers find what they may read, and nothing else, whatever they type."""

import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Person
from blog import finding, removal, retraction, scheduling, search_index
from blog.bylines import Signature, sign
from blog.finding import Asked
from blog.models import EditLabel, Post
from blog.searching import excerpt, units_of
from tests.factories.accounts import ProfileFactory
from tests.factories.blog import PostFactory, RevisionFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.stores]


def found(question: str, **choices: str) -> list[Post]:
    return [hit.post for hit in finding.search(Asked(question, **choices)).hits]


def page(question: str, **choices: str) -> str:
    return Client().get("/search/", {"q": question, **choices}).content.decode()


def written(text: str, **facts: object) -> Post:
    return PostFactory(published=True, body=f"<p>{text}</p>", **facts)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("A spoke wrench is all it takes.", "wrench spoke"),
        ("A spoke wrench is all it takes.", "WREN"),
        ("A spoke wrench is all it takes.", '"spoke wrench"'),
        ("Das Café räumt die Straße.", "cafe raumt strasse"),
        ("The cafe is open.", "café"),
        ("An e-mail came.", "e-mail"),
        ("An e-mail came.", "mail"),
        ("مرحبا بالعالم كله", "بالعالم"),
        ("この自転車は赤い", "自転車"),
        ("Числа и спицы", "спицы"),
        ("Use M8 bolts, 3rd edition of 2024.", "m8 2024"),
    ],
)
def test_words_are_found_without_case_accents_or_their_ends(text, question):
    post = written(text)
    written("Something else entirely.")
    assert found(question) == [post]


@pytest.mark.parametrize("question", ["spoke hammer", '"wrench spoke"', '"wrenc"', "rench", ""])
def test_all_words_have_to_stand_and_quoted_ones_together(question):
    written("A spoke wrench is all it takes.")
    assert found(question) == []


def test_the_title_counts_more_than_the_summary_and_that_more_than_the_text():
    plain = {"title": "A", "summary": "B"}
    in_text = written("The derailleur. " + "Other words stand here. " * 5, **plain)
    in_title = written("Other words stand here.", **plain | {"title": "Derailleur"})
    in_summary = written("Other words.", **plain | {"summary": "A derailleur"})
    assert found("derailleur") == [in_title, in_summary, in_text]


def test_only_what_readers_may_read_is_found(editor, publisher):
    # Given
    words = "A bottomgasket is what you need."
    public, gone, removed, retracted = (written(words) for _one in range(4))
    PostFactory(accepted=True, body=f"<p>{words}</p>")
    PostFactory(scheduled=True, body=f"<p>{words}</p>")
    # When
    removal.unpublish(gone, by=publisher, version=gone.version)
    removal.remove(removed, by=publisher, text="It named a person.", version=removed.version)
    retraction.retract(retracted, by=publisher, text="We erred.", version=retracted.version)
    # Then
    assert set(found("bottomgasket")) == {public, retracted}
    assert "Retracted:" in page("bottomgasket")
    with connection.cursor() as cursor:  # and nothing of it is kept
        cursor.execute("SELECT count(*) FROM blog_search")
        assert cursor.fetchone() == (2,)
    # When
    gone.refresh_from_db()
    removal.publish_again(gone, by=publisher, version=gone.version)
    # Then
    assert gone in found("bottomgasket")


def test_a_post_is_found_from_its_planned_moment_on(editor):
    post = PostFactory(scheduled=True, body="<p>A freewheel ticks.</p>")
    Post.objects.filter(pk=post.pk).update(published_at=post.created_at)
    assert found("freewheel") == []
    scheduling.publish_due()
    assert found("freewheel") == [post]


def test_an_edit_is_found_once_it_is_published_and_the_old_words_no_more():
    post = written("The old sprocket.")
    RevisionFactory(post=post, body="<p>The new cassette.</p>", label=EditLabel.UPDATE)
    assert (found("sprocket"), found("cassette")) == ([], [post])


def test_the_index_says_nothing_of_what_was_rolled_back():
    with transaction.atomic():
        post = written("A vanishing pannier.")
        assert found("pannier") == [post]
        transaction.set_rollback(True)
    assert found("pannier") == []


def test_the_index_can_be_written_anew(capsys):
    posts = [written("A pannier holds it.") for _one in range(2)]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM blog_search")
    assert found("pannier") == []
    call_command("reindex")
    assert set(found("pannier")) == set(posts)
    assert "2 posts" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_in_the_index_once_the_database_is_emptied():
    written("Salt in the chain.")
    call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM blog_search")
        assert cursor.fetchone() == (0,)


def test_people_are_found_by_their_names_with_all_that_they_signed(editor):
    # Given
    ana, bo = ProfileFactory(name="Ana Ruíz"), ProfileFactory(name="Bo Li", guest=True)
    post = sign(written("Hubs.", author=ana), editor=editor, signatures=[Signature(bo)])
    hidden = ProfileFactory(name="Ana Hidden", guest=True)
    PostFactory(author=hidden, accepted=True)
    # Then
    assert found("ana ruiz") == found("bo li") == [post]
    assert ana.get_absolute_url() in page("ruiz")
    assert "Hidden" not in page("ana").replace('value="', "")
    # When
    ana.name = "Former contributor"
    ana.save()
    # Then
    assert found("ruiz") == []


def test_topic_author_and_year_narrow_what_is_found():
    topic, author = TopicFactory(), ProfileFactory()
    one, two = written("A pannier.", topics=[topic]), written("A pannier.", author=author)
    year = str(one.published_at.year)
    assert found("pannier", topic=topic.slug) == [one]
    assert found("pannier", author=author.slug) == [two]
    assert set(found("pannier", year=year)) == {one, two}
    for choices in ({"year": "1999"}, {"topic": "none"}, {"author": "nobody"}):
        assert found("pannier", **choices) == []


def test_what_was_looked_for_is_marked_and_escaped():
    written("x " * 200 + "&lt;b&gt; The pannier &amp; rack. " + "y " * 200, title="<i>Panniers</i>")
    shown = page("pannier")
    assert "The <mark>pannier</mark> &amp; rack" in shown
    assert "&lt;i&gt;<mark>Panniers</mark>&lt;/i&gt;" in shown
    assert len(re.findall(r"… .{20,400} …", shown)) == 1
    assert "<script" not in page("<script>alert(1)</script>").split('class="page')[1]


def test_pages_lead_on_and_cost_the_same_for_one_and_for_thirty(editor):
    costs = []
    for more in (1, 29):
        for _one in range(more):
            written("A pannier.", editor=editor, topics=[TopicFactory()])
        cache.clear()
        page("about")
        with CaptureQueriesContext(connection) as queries:
            shown = page("pannier")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 9
    assert "30 posts have what you look for." in shown
    assert "?q=pannier&amp;page=2" in shown
    assert len(found("pannier", page="3")) == len(found("pannier", page="99")) == 10


def test_the_page_is_the_same_for_everybody_and_kept_by_no_engine(client, editor):
    client.force_login(editor)
    answer = client.get("/search/?q=wheel")
    assert answer.content == Client().get("/search/?q=wheel").content
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Nothing was found" in answer.content.decode()
    assert 'href="/search/"' in Client().get("/").content.decode()
    assert Client().post("/search/").status_code == 405


ODD = ['"', '""', "a\0b", "*", "a*", "(", "NEAR(a b)", "AND", "NOT x", "-", "'", ";--", "%", "\\"]


@pytest.mark.parametrize(
    "question", [*ODD, "x" * 10_000, "x " * 5_000, "٣", "½", "\u210c", "\u0301"]
)
def test_odd_questions_never_fail(question):
    written("A spoke wrench.")
    assert Client().get("/search/", {"q": question, "page": "x", "year": "²"}).status_code == 200


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=80))
def test_whatever_is_typed_is_answered(question):
    units = units_of(question)
    search_index.find(units, Post.objects.published()) if units else None
    excerpt(question, units)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(categories=["L", "N"], max_codepoint=0x2FFF), min_size=3, max_size=20))
def test_a_word_that_stands_in_a_text_is_found(word):
    words = [" ".join(one.words) for one in units_of(word)]
    if not words:
        return
    post = Post(pk=1)
    search_index.forget(post.pk)
    search_index.store(search_index.Entry(1, "", "", f"before {words[0]} after"))
    with connection.cursor() as cursor:
        everything = search_index.FIND[connection.vendor].format(readable="1", most=9)
        cursor.execute(everything, [search_index._asked(units_of(word)[:1])])
        assert cursor.fetchall() == [(1,)]


def test_an_editor_finds_the_same_as_everybody(editor: Person):
    PostFactory(submitted=True, body="<p>A secret pannier.</p>")
    client = Client()
    client.force_login(editor)
    assert "secret" not in client.get("/search/?q=pannier").content.decode()
