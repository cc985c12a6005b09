"""A link shows a post before readers see it: for a while, and until it is ended."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from blog import previews, publishing, removal, slips, workflow
from blog.models import Post, PreviewLink
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import EditorNoteFactory, PostFactory, RevisionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.stores]


def address(link: PreviewLink) -> str:
    return reverse("blog:preview", kwargs={"token": slips.preview_token(link.pk)})


def edited(editor: Person) -> Post:
    """A public post with a note at its words, and an edit before them that readers do not see."""
    post = PostFactory(published=True)
    EditorNoteFactory(post=post, inline=True, text="Ours is in the drawer.")
    draft = workflow.Draft(post.title, post.summary, f"<p>Once more, slowly.</p>\n{post.body}")
    return workflow.write(post, by=editor, draft=draft, version=post.version)


def test_whoever_has_the_link_sees_the_working_text_without_an_account(editor):
    # Given
    post = PostFactory(title="Not yet <b>public</b>")
    link = previews.make(post, editor=editor, days=3)
    # When
    answer = Client().get(address(link))
    # Then
    page = answer.content.decode()
    assert "A spoke wrench is all it takes." in page
    assert "This is how the post will look." in page
    assert "<span></span>" not in page  # for the day that it does not have
    assert "Not yet &lt;b&gt;public" in page
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert (answer.cookies, 'method="post"' in page) == ({}, False)
    assert Client().get(post.get_absolute_url()).status_code == 404


def test_notes_stand_at_their_words_as_readers_will_see_them_and_nothing_is_stored(editor):
    # Given
    post = edited(editor)
    link = previews.make(post, editor=editor, days=3)
    before = (post.revisions.count(), post.passages.get().positions.count())
    # When
    page = Client().get(address(link)).content.decode()
    # Then
    assert "Once more, slowly." in page
    assert 'id="note-' in page.split("spoke wrench")[1].split("</p>")[0]
    assert (post.revisions.count(), post.passages.get().positions.count()) == before
    assert "Once more" not in Client().get(post.get_absolute_url()).content.decode()


def test_a_link_shows_nothing_once_its_time_is_over_or_it_is_ended(editor):
    # Given
    post = PostFactory(accepted=True)
    ended, over = (previews.make(post, editor=editor, days=2) for _one in range(2))
    # When
    previews.revoke(ended, editor=editor)
    # Then
    assert Client().get(address(ended)).status_code == 410
    assert Client().get(address(over)).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=2, seconds=1)):
        answer = Client().get(address(over))
        assert (answer.status_code, post.title in answer.content.decode()) == (410, False)


def test_a_link_leads_on_to_what_readers_see_already(editor):
    post = PostFactory(accepted=True)
    link = previews.make(post, editor=editor, days=2)
    publishing.publish(post, editor=editor)
    answer = Client().get(address(link))
    assert (answer.status_code, answer.headers["Location"]) == (302, post.get_absolute_url())
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_a_post_that_is_gone_is_shown_by_no_link(editor, publisher):
    post = PostFactory(published=True)
    link = previews.make(post, editor=editor, days=2)
    post.refresh_from_db()
    removal.unpublish(post, by=publisher, version=post.version)
    assert Client().get(address(link)).status_code == 410
    with pytest.raises(WrongMoment):
        previews.make(post, editor=editor, days=2)


def test_only_editors_make_and_end_links_and_for_some_days_only(editor, settings):
    # Given
    settings.PREVIEW_LINK_MAX_DAYS = 5
    post = PostFactory(accepted=True)
    link = previews.make(post, editor=editor, days=5)
    # Then
    for person in (post.author.person, PersonFactory(moderator=True)):
        with pytest.raises(NotAllowed):
            previews.make(post, editor=person, days=1)
        with pytest.raises(NotAllowed):
            previews.revoke(link, editor=person)
    for days in (0, -1, 6):
        with pytest.raises(Invalid):
            previews.make(post, editor=editor, days=days)
    previews.revoke(link, editor=editor)
    with pytest.raises(WrongMoment):
        previews.revoke(link, editor=editor)
    assert [event.kind for event in post.events.all()][-2:] == ["preview_made", "preview_ended"]


@pytest.mark.parametrize(
    "token",
    ["1", "1.x", "1." + "a" * 43, signing.dumps(1, salt="other")],
    ids=["bare", "short", "forged", "of another kind"],
)
def test_a_token_that_is_not_ours_opens_nothing(token):
    previews.make(PostFactory(), editor=PersonFactory(editor=True), days=2)
    assert Client().get(f"/preview/{token}/").status_code == 404


def test_a_preview_costs_the_same_with_many_notes(editor, django_assert_max_num_queries):
    post = edited(editor)
    RevisionFactory(post=PostFactory(published=True))
    link = previews.make(post, editor=editor, days=2)
    Client().get(address(link))
    for words in ("True the wheel", "the tyre goes"):
        EditorNoteFactory(post=post, inline=True, words=words)
    with django_assert_max_num_queries(19):
        Client().get(address(link))


def test_links_are_made_and_ended_at_the_desk(client, editor, author):
    # Given
    post = PostFactory(accepted=True)
    desk, make = (
        reverse(f"blog:{name}", args=(post.pk,)) for name in ("desk_post", "desk_preview")
    )
    client.force_login(author)
    assert client.post(make, {"days": 2}).status_code == 403
    client.force_login(editor)
    # When
    page = client.post(make, {"days": 2}, follow=True).content.decode()
    # Then
    link = PreviewLink.objects.get()
    assert address(link) in page
    assert "one day at least" in client.post(make, {"days": 99}, follow=True).content.decode()
    # When
    client.post(reverse("blog:desk_end_preview", args=(link.pk,)))
    # Then
    assert address(link) not in client.get(desk).content.decode()


def test_an_author_gets_from_a_published_post_to_what_readers_see(author: Person) -> None:
    post = PostFactory(author=ProfileFactory(person=author), published=True)
    client = Client()
    client.force_login(author)
    html = client.get(reverse("blog:write_post", kwargs={"pk": post.pk})).content.decode()
    assert f'<a href="{post.get_absolute_url()}">See it as readers do</a>' in html


def test_the_preview_of_a_draft_names_no_day(author: Person) -> None:
    post = PostFactory(author=ProfileFactory(person=author))
    client = Client()
    client.force_login(author)
    html = client.get(reverse("blog:write_preview", kwargs={"pk": post.pk})).content.decode()
    assert "<span></span>" not in html
