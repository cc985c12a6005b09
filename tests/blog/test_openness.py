"""How open a discussion is, and the forms in which that is said."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from blog.models import Discussion, Post, Publication, Topic
from blog.openness import discussion_of
from tests.blog.desk_pages import address, text
from tests.factories.blog import PostFactory, TopicFactory

pytestmark = pytest.mark.django_db
MODES = list(Discussion)


def closes_after(days: int | None) -> None:
    Publication.objects.update_or_create(pk=1, defaults={"closes_after_days": days})
    cache.clear()


@pytest.mark.parametrize("chosen", [Discussion.OPEN, Discussion.HOLD, Discussion.CLOSED])
@pytest.mark.parametrize("said", MODES)
def test_what_an_editor_chose_for_a_post_wins(chosen: Discussion, said: Discussion) -> None:
    post = PostFactory(published=True, discussion=chosen, topics=[TopicFactory(discussion=said)])
    closes_after(1)
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assert discussion_of(post) == chosen


@pytest.mark.parametrize(
    ("said", "mode"),
    [
        ([], "open"),
        (["auto"], "open"),
        (["open", "auto"], "open"),
        (["open", "hold"], "hold"),
        (["hold", "auto", "closed"], "closed"),
        (["closed", "open"], "closed"),
    ],
)
def test_of_several_topics_the_strictest_counts(said: list[str], mode: str) -> None:
    topics = [TopicFactory(discussion=one) for one in said]
    assert discussion_of(PostFactory(published=True, topics=topics)) == mode


def test_a_discussion_closes_so_many_days_after_publication() -> None:
    post = PostFactory(published=True, topics=[TopicFactory(discussion="open")])
    assert post.published_at is not None
    for days, mode in ((None, "open"), (30, "closed"), (31, "open")):
        closes_after(days)
        with time_machine.travel(post.published_at + timedelta(days=30), tick=False):
            assert discussion_of(post) == mode


@pytest.mark.parametrize("chosen", MODES)
def test_what_is_not_published_is_closed(chosen: Discussion) -> None:
    assert discussion_of(PostFactory(discussion=chosen)) == Discussion.CLOSED


# The forms


@pytest.mark.parametrize("mode", MODES)
def test_a_topic_says_how_open_its_posts_are(
    client: Client, editor: Person, mode: Discussion
) -> None:
    # Given
    topic = TopicFactory()
    client.force_login(editor)
    # When
    given = {"name": topic.name, "slug": topic.slug, "discussion": mode.value}
    client.post(f"/desk/topics/{topic.pk}/", given)
    # Then
    assert Topic.objects.get().discussion == mode
    page = text(client, f"/desk/topics/{topic.pk}/")
    assert f'<option value="{mode.value}" selected>{mode.label}</option>' in page
    assert "of several topics the strictest" in page


def test_a_topic_says_only_what_is_known(client: Client, editor: Person) -> None:
    topic = TopicFactory()
    client.force_login(editor)
    page = text(client, f"/desk/topics/{topic.pk}/", name=topic.name, discussion="odd")
    assert 'id="id_discussion_error"' in page
    assert Topic.objects.get().discussion == "auto"


@pytest.mark.parametrize("mode", MODES)
def test_the_details_of_a_post_say_how_open_it_is(
    client: Client, editor: Person, mode: Discussion
) -> None:
    # Given
    post = PostFactory()
    client.force_login(editor)
    # When
    given = {"slug": post.slug, "disclosure": "auto", "disclaimer": "auto", "discussion": mode}
    client.post(address("desk_post_details", post), given)
    # Then
    assert Post.objects.get().discussion == mode
    page = text(client, address("desk_post_details", post))
    assert f'<option value="{mode.value}" selected>{mode.label}</option>' in page
    assert "Any other choice wins over both" in page


@pytest.mark.parametrize(
    ("typed", "kept"), [("", None), ("1", 1), ("3650", 3650)], ids=["never", "least", "most"]
)
def test_the_site_says_after_how_many_days_discussions_close(
    client: Client, publisher: Person, typed: str, kept: int | None
) -> None:
    client.force_login(publisher)
    closes_after(7)
    text(client, address("desk_site"), name="True Wheel", closes_after_days=typed)
    assert Publication.objects.get().closes_after_days == kept


@pytest.mark.parametrize("typed", ["0", "-1", "3651", "many"])
def test_days_that_make_no_sense_are_refused_beside_their_field_and_kept(
    client: Client, publisher: Person, typed: str
) -> None:
    client.force_login(publisher)
    closes_after(7)
    page = text(client, address("desk_site"), name="True Wheel", closes_after_days=typed)
    assert 'id="id_closes_after_days_error"' in page
    assert f'value="{typed}"' in page
    assert Publication.objects.get().closes_after_days == 7
