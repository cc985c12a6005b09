"""Series lead from part to part; what gets another address is still found at the old one."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from accounts.refusals import Invalid, NotAllowed
from blog import removal, series, topics
from blog.models import Post, Series
from blog.series import SeriesFacts
from blog.topics import TopicFacts
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.stores]


def read(address: str) -> str:
    return Client().get(address).content.decode()


def in_series(editor: Person, *posts: Post, name: str = "Wheels from hub to rim") -> Series:
    made = series.add(SeriesFacts(name, about="From the <b>beginning</b>."), editor=editor)
    return series.put_in_order(made, editor=editor, posts=posts)


def test_a_part_leads_to_the_one_before_and_the_next(editor):
    # Given
    first, second, third = (PostFactory(published=True, editor=editor) for _one in range(3))
    in_series(editor, third, first, second)
    # When
    page = read(first.get_absolute_url())
    # Then
    assert "Part 2 of 3 of the series" in page
    assert f'rel="prev" href="{third.get_absolute_url()}"' in page
    assert f'rel="next" href="{second.get_absolute_url()}"' in page
    assert 'rel="next"' not in read(second.get_absolute_url())


def test_the_page_of_a_series_lists_its_parts_in_order_and_escapes_what_it_is_about(editor):
    first, second = (PostFactory(published=True, editor=editor) for _one in range(2))
    made = in_series(editor, second, first)
    page = read(made.get_absolute_url())
    assert page.index(second.title) < page.index(first.title)
    assert "From the &lt;b&gt;beginning" in page
    assert made.get_absolute_url() in read("/sitemap.xml")


def test_what_readers_may_not_see_is_no_part_for_them(editor, publisher):
    # Given
    first, gone, last = (PostFactory(published=True, editor=editor) for _one in range(3))
    made = in_series(editor, first, gone, PostFactory(accepted=True, title="Not yet"), last)
    assert "Part 1 of 3" in read(first.get_absolute_url())
    # When
    removal.unpublish(gone, by=publisher, version=Post.objects.get(pk=gone.pk).version)
    # Then
    page = read(first.get_absolute_url())
    assert "Part 1 of 2" in page
    assert f'rel="next" href="{last.get_absolute_url()}"' in page
    shown = read(made.get_absolute_url())
    assert ("Not yet" in shown, gone.title in shown) == (False, False)


def test_a_series_without_a_part_that_readers_see_has_no_page(editor):
    made = in_series(editor, PostFactory(accepted=True))
    assert Client().get(made.get_absolute_url()).status_code == 404
    assert made.get_absolute_url() not in read("/sitemap.xml")


def test_a_post_is_a_part_of_one_series_and_once(editor):
    post = PostFactory(published=True)
    in_series(editor, post)
    for posts in ([post], [other := PostFactory(), other]):
        with pytest.raises(Invalid):
            in_series(editor, *posts, name=f"Another {len(posts)}")


@pytest.mark.parametrize("role", ["author", "moderator"])
def test_only_an_editor_makes_and_orders_series(role, editor):
    person, made = PersonFactory(role=role), in_series(editor)
    for act in (
        lambda: series.add(SeriesFacts("Mine"), editor=person),
        lambda: series.change(made, editor=person, facts=SeriesFacts("Mine")),
        lambda: series.put_in_order(made, editor=person, posts=[]),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_names_and_addresses_are_taken_once_also_by_what_moved(editor):
    made = in_series(editor, name="Wheels")
    series.change(made, editor=editor, facts=SeriesFacts("Rims", slug="rims"))
    for facts in (SeriesFacts("Rims"), SeriesFacts("Wheels"), SeriesFacts("X", slug="rims")):
        with pytest.raises(Invalid):
            series.add(facts, editor=editor)
    with pytest.raises(Invalid):
        series.add(SeriesFacts(" "), editor=editor)
    series.change(made, editor=editor, facts=SeriesFacts("Wheels", slug="wheels"))
    assert list(made.former_addresses.values_list("slug", flat=True)) == ["rims"]


def test_old_addresses_of_series_and_topics_lead_to_the_new_ones(editor):
    # Given
    topic = TopicFactory(slug="old-topic", name="Wheels")
    made = in_series(editor, PostFactory(published=True, topics=[topic]), name="Old series")
    # When
    series.change(made, editor=editor, facts=SeriesFacts("New series", slug="new-series"))
    topics.change(topic, editor=editor, facts=TopicFacts("Rims", slug="new-topic"))
    # Then
    for old, new in (
        ("/series/old-series/?page=1", "/series/new-series/?page=1"),
        ("/topics/old-topic/", "/topics/new-topic/"),
        ("/topics/old-topic/feed/", "/topics/new-topic/feed/"),
    ):
        answer = Client().get(old)
        assert (answer.status_code, answer.headers["Location"]) == (301, new)
    with pytest.raises(Invalid):
        topics.add(TopicFacts("Old", slug="old-topic"), editor=editor)
    assert Client().get("/series/never/").status_code == 404


def test_a_series_is_begun_and_put_in_order_at_the_desk(client, editor, author):
    # Given
    first, second = PostFactory(title="Hubs"), PostFactory(title="Rims")
    client.force_login(author)
    begin = reverse("blog:desk_series_list")
    assert client.get(begin).status_code == 403
    client.force_login(editor)
    assert "No series yet." in client.get(begin).content.decode()
    # When
    client.post(begin, {"name": "Wheels"})
    made = Series.objects.get()
    order = reverse("blog:desk_series_parts", args=(made.pk,))
    rows = {"post_1": f"/posts/{first.slug}/", "place_1": 2, "post_2": second.slug, "place_2": 1}
    client.post(order, rows)
    # Then
    assert [part.post for part in made.parts.all()] == [second, first]
    # When
    page = client.post(order, {"post_1": "nowhere-to-be-found"}).content.decode()
    assert "No post has this address." in page
    page = client.post(order, {"post_1": first.slug, "post_2": first.slug}).content.decode()
    assert "only once" in page
    client.post(reverse("blog:desk_series", args=(made.pk,)), {"name": "Wheels and hubs"})
    # Then
    made.refresh_from_db()
    assert (made.name, made.slug, made.parts.count()) == ("Wheels and hubs", "wheels", 2)


def test_a_long_series_costs_no_query_more(editor):
    posts = [PostFactory(published=True, editor=editor) for _one in range(30)]
    made, costs = in_series(editor), []
    for parts in (1, 30):
        series.put_in_order(made, editor=editor, posts=posts[:parts])
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            read(posts[0].get_absolute_url())
            read(made.get_absolute_url())
        costs.append(len(queries))
    assert costs[0] >= costs[1]
