"""The editors' desk for posts: what waits, the workbench, notes, and what is kept once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Letter, Person
from blog import notes, publishing, workflow
from blog.models import NoteKind, Post, PostState
from tests.blog.desk_pages import HARM, XSS, address, text
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import (
    BODY,
    EditorNoteFactory,
    PassageFactory,
    PostFactory,
    RevisionFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

PRIVATE = ("desk_posts", "desk_bylines", "desk_topics")
OF_A_POST = ("desk_post", "desk_post_details", "desk_post_notes", "desk_revise")
PRESSED = ("desk_take_up", "desk_accept", "desk_publish", "desk_request_changes")


@pytest.fixture
def client(editor: Person) -> Client:
    client = Client()
    client.force_login(editor)
    return client


# Doors


@pytest.mark.parametrize("name", PRIVATE)
def test_the_desk_is_for_editors(author: Person, moderator: Person, name: str) -> None:
    for person in (author, moderator):
        client = Client()
        client.force_login(person)
        assert client.get(address(name)).status_code == 403
    assert Client().get(address(name)).status_code == 302


@pytest.mark.parametrize("name", [*OF_A_POST, *PRESSED])
def test_an_author_cannot_do_at_the_desk_what_editors_do(author: Person, name: str) -> None:
    # Given
    post = PostFactory(author=ProfileFactory(person=author), submitted=True)
    client = Client()
    client.force_login(author)
    # Then
    assert client.post(address(name, post), {"message": "x"}).status_code == 403
    post.refresh_from_db()
    assert post.state == PostState.SUBMITTED


@pytest.mark.parametrize("name", PRESSED)
def test_looking_never_moves_a_post(client: Client, name: str) -> None:
    assert client.get(address(name, PostFactory(submitted=True))).status_code == 405


def test_the_texts_of_the_site_are_for_the_publisher(client: Client) -> None:
    assert client.get(address("desk_site")).status_code == 403


# What waits


def test_what_waits_stands_oldest_first(client: Client) -> None:
    # Given
    for title, days in (("Third", 1), ("First", 9), ("Second", 5)):
        post = PostFactory(title=title, submitted=True)
        Post.objects.filter(pk=post.pk).update(
            state_changed_at=timezone.now() - timedelta(days=days)
        )
    PostFactory(title="A draft rests")
    # When
    page = text(client, address("desk_posts"))
    # Then
    assert page.index("First") < page.index("Second") < page.index("Third")
    assert "A draft rests" not in page


def test_posts_can_be_looked_up_by_state(client: Client) -> None:
    PostFactory(title="Only begun")
    PostFactory(title="Out there", published=True)
    page = text(client, f"{address('desk_posts')}?state=draft")
    assert "Only begun" in page
    assert "Out there" not in page


def test_a_made_up_state_shows_what_waits(client: Client) -> None:
    assert "Nothing waits for you." in text(client, f"{address('desk_posts')}?state=%27x")


def test_the_workbench_costs_the_same_for_a_short_and_a_long_story(
    client: Client, editor: Person, django_assert_num_queries
) -> None:
    # Given
    post = PostFactory(published=True, editor=editor)
    EditorNoteFactory(post=post, inline=True)
    text(client, address("desk_post", post))
    with django_assert_num_queries(14):
        text(client, address("desk_post", post))
    # When
    for number in range(4):
        EditorNoteFactory(post=post)
        RevisionFactory(post=post, body=f"{BODY}<p>{number}</p>")
    # Then
    with django_assert_num_queries(14):
        text(client, address("desk_post", post))


# The way to publication


def test_a_post_goes_from_submitted_to_published_by_the_desks_buttons(client: Client) -> None:
    # Given
    post = PostFactory(submitted=True)
    # When
    for name in ("desk_take_up", "desk_accept", "desk_publish"):
        client.post(address(name, post))
    # Then
    post.refresh_from_db()
    assert post.is_public
    assert [event.kind for event in post.events.all()][1:] == ["taken_up", "accepted", "published"]


def test_a_button_pressed_twice_says_why_the_second_did_nothing(client: Client) -> None:
    post = PostFactory(submitted=True)
    client.post(address("desk_take_up", post))
    page = text(client, address("desk_take_up", post), again="1")
    assert "in the state “In review”" in page


def test_asking_for_changes_needs_words_and_tells_the_author(client: Client) -> None:
    # Given
    post = PostFactory(submitted=True)
    Letter.objects.all().delete()
    # Then
    assert "This field is required." in text(
        client, address("desk_request_changes", post), message=" "
    )
    # When
    client.post(address("desk_request_changes", post), {"message": "Which wrench?"})
    # Then
    post.refresh_from_db()
    assert post.state == PostState.CHANGES_REQUESTED
    letter = Letter.objects.get()
    assert letter.to == post.author.person.email
    assert "Which wrench?" in letter.body


def test_a_refused_move_keeps_the_message(client: Client) -> None:
    post = PostFactory()
    page = text(client, address("desk_request_changes", post), message="An hour of thought")
    assert "An hour of thought</textarea>" in page
    assert "in the state “Draft”" in page


def edited(editor: Person) -> Post:
    """A published post with an edit that readers do not see yet."""
    post = PostFactory(published=True)
    draft = workflow.Draft(title=post.title, summary=post.summary, body="<p>Turn it slowly.</p>")
    return workflow.write(post, by=editor, draft=draft, version=post.version)


def test_an_edit_is_published_with_its_label_and_reason(client: Client, editor: Person) -> None:
    # Given
    post = edited(editor)
    # When
    given = {"label": "correction", "reason": "It was too fast.", "base": post.head_id}
    client.post(address("desk_revise", post), given)
    # Then
    post.refresh_from_db()
    assert (post.head.number, post.head.label, post.head.reason) == (
        2,
        "correction",
        "It was too fast.",
    )
    assert post.updated_at is not None


def test_the_editor_sees_what_an_edit_changes_before_it_is_published(
    client: Client, editor: Person
) -> None:
    page = text(client, address("desk_revise", edited(editor)))
    assert "inserted: </span>Turn it slowly.</ins>" in page


def test_without_an_edit_there_is_nothing_to_publish(client: Client, editor: Person) -> None:
    page = text(client, address("desk_revise", PostFactory(published=True)))
    assert "Nothing waits to be published" in page
    assert "Publish the edit" not in page


def test_an_edit_readers_are_told_of_needs_a_reason(client: Client, editor: Person) -> None:
    post = edited(editor)
    page = text(client, address("desk_revise", post), label="update", reason="", base=post.head_id)
    assert "Please say in a few words what changed." in page
    assert post.revisions.count() == 1


def test_an_edit_looked_at_too_long_ago_is_a_conflict(client: Client, editor: Person) -> None:
    # Given
    post = edited(editor)
    seen = post.head_id
    RevisionFactory(post=post, body="<p>Somebody was faster.</p>")
    # When
    page = text(client, address("desk_revise", post), label="cosmetic", reason="", base=seen)
    # Then
    assert "Another revision was published after you opened this post." in page


def test_the_revision_of_another_post_cannot_be_the_base(client: Client, editor: Person) -> None:
    post, other = edited(editor), PostFactory(published=True)
    given = {"label": "cosmetic", "base": other.head_id}
    assert client.post(address("desk_revise", post), given).status_code == 404


def test_a_dropped_edit_is_kept_in_the_log(client: Client, editor: Person) -> None:
    post = edited(editor)
    page = text(client, address("desk_drop_changes", post), now="1")
    assert "&lt;p&gt;Turn it slowly.&lt;/p&gt;" in page
    post.refresh_from_db()
    assert not post.has_unpublished_changes


# Details


def details(post: Post, **changes: object) -> dict[str, object]:
    plain = {"slug": post.slug, "disclosure": "auto", "disclaimer": "auto", "discussion": "open"}
    return plain | changes


def test_details_hold_address_topics_rules_and_picks_in_order(client: Client) -> None:
    # Given
    post, topic = PostFactory(), TopicFactory()
    first, second = PostFactory(published=True), PostFactory(published=True)
    # When
    given = details(
        post,
        slug="true-wheels",
        topics=[topic.pk],
        disclosure="always",
        disclaimer="never",
        discussion="closed",
        invitation="Tell us.",
        related_1=f"https://example.org/posts/{second.slug}/",
        related_2=first.slug,
    )
    client.post(address("desk_post_details", post), given)
    # Then
    post.refresh_from_db()
    assert (post.slug, post.disclosure, post.disclaimer, post.discussion, post.invitation) == (
        "true-wheels",
        "always",
        "never",
        "closed",
        "Tell us.",
    )
    assert list(post.topics.all()) == [topic]
    assert [pick.other for pick in post.picks.all()] == [second, first]


def test_a_taken_address_is_said_beside_the_field(client: Client) -> None:
    # Given
    post, other = PostFactory(), PostFactory(slug="taken")
    # When
    page = text(client, address("desk_post_details", post), **details(post, slug=other.slug))
    # Then
    assert "Another post has this address." in page
    assert 'value="taken"' in page
    post.refresh_from_db()
    assert post.slug != "taken"


def test_a_post_is_never_related_to_itself_or_to_what_nobody_may_read(client: Client) -> None:
    post, hidden = PostFactory(published=True), PostFactory()
    given = details(post, related_1=post.slug, related_2=hidden.slug)
    page = text(client, address("desk_post_details", post), **given)
    assert "A post cannot be related to itself." in page
    assert "No published post has this address." in page
    assert not post.picks.exists()


def test_no_field_of_the_desk_lets_a_script_through(client: Client, editor: Person) -> None:
    # Given every field filled with the attack
    profile = ProfileFactory(guest=True, name=XSS[:90], credentials=XSS[:90], bio=XSS, headline=XSS)
    topic = TopicFactory(name=XSS[:55], description=XSS)
    post = PostFactory(author=profile, topics=(topic,))
    words = workflow.Draft(title=XSS, summary=XSS, body=f"<p>{XSS} spoke wrench</p>")
    post = workflow.write(post, by=editor, draft=words, version=post.version)
    workflow.submit(post, by=PersonFactory(editor=True), message=XSS)
    workflow.accept(post, editor=editor)
    publishing.publish(post, editor=editor)
    post.refresh_from_db()
    PassageFactory(post=post)
    notes.write_note(post, kind=NoteKind.CLOSING, editor=editor, text=XSS)
    # Then
    names = ("desk_posts", "desk_bylines", "desk_topics")
    pages = [address(name) for name in names] + [address(name, post) for name in OF_A_POST]
    pages.append(f"{address('desk_posts')}?state=published")
    for page in [*pages, address("write_preview", post), post.get_absolute_url()]:
        shown = text(client, page)
        assert not any(harm in shown for harm in HARM), page


# What is said about mail is true


def test_asking_a_guest_for_changes_promises_no_mail_and_sends_none(client: Client) -> None:
    # Given
    post = PostFactory(author=ProfileFactory(guest=True), submitted=True)
    Letter.objects.all().delete()
    assert "gets these words by mail" not in text(client, address("desk_post", post))
    # When
    page = text(client, address("desk_request_changes", post), message="Please name the tool.")
    # Then
    assert "Nobody was written to" in page
    assert "has been told" not in page
    assert "Please name the tool." in page
    assert not Letter.objects.exists()


def test_asking_an_author_for_changes_promises_a_mail_and_sends_it(client: Client) -> None:
    # Given
    post = PostFactory(submitted=True)
    assert "gets these words by mail" in text(client, address("desk_post", post))
    # When
    page = text(client, address("desk_request_changes", post), message="Please name the tool.")
    # Then
    assert "has been told" in page
    assert Letter.objects.filter(to=post.author.person.email).exists()


def test_an_author_whose_login_is_closed_is_promised_no_mail(client: Client) -> None:
    post = PostFactory(author=ProfileFactory(person__is_active=False), submitted=True)
    page = text(client, address("desk_post", post))
    assert "gets these words by mail" not in page
    assert "gets no mail" in page
