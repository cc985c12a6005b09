"""An author's own pages: beginning, writing, handing in; and what they refuse."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Letter, Person, Profile
from blog import publishing, workflow
from blog.models import Post, PostState
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import BODY, PostFactory, PublicationFactory

pytestmark = pytest.mark.django_db

XSS = '<script>alert(1)</script><img src=x onerror=alert(1)>"><svg onload=alert(1)>'


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def own_post(author: Person, **fields: object) -> Post:
    return PostFactory(author=ProfileFactory(person=author), **fields)


def typed(post: Post, **changes: object) -> dict[str, object]:
    words = {"title": post.title, "summary": post.summary, "body": post.body}
    return words | {"version": post.version} | changes


def page_of(post: Post, name: str = "blog:write_post") -> str:
    return reverse(name, kwargs={"pk": post.pk})


def test_an_author_begins_a_post_under_their_own_name(author: Person) -> None:
    # When
    response = signed_in(author).post(reverse("blog:write"), {"title": " Patches \n and glue "})
    # Then
    post = Post.objects.get()
    assert (post.title, post.author.person, post.state) == ("Patches and glue", author, "draft")
    assert response.headers["Location"] == page_of(post)


def test_a_post_without_a_title_is_not_begun_and_says_why(author: Person) -> None:
    response = signed_in(author).post(reverse("blog:write"), {"title": "  "})
    assert not Post.objects.exists()
    assert "This field is required." in response.content.decode()


def test_the_list_shows_own_posts_only_and_says_when_there_are_none(author: Person) -> None:
    # Given
    client, others = signed_in(author), PostFactory(title="Somebody else's wheel")
    assert "You have not written anything yet" in client.get(reverse("blog:write")).content.decode()
    # When
    own_post(author, title="My own wheel")
    # Then
    page = client.get(reverse("blog:write")).content.decode()
    assert "My own wheel" in page
    assert others.title not in page


def test_a_list_of_own_posts_costs_the_same_queries_for_one_and_for_thirty(
    author: Person, django_assert_num_queries
) -> None:
    # Given
    profile = ProfileFactory(person=author)
    client = signed_in(author)
    PostFactory(author=profile)
    client.get(reverse("blog:write"))
    # Then
    with django_assert_num_queries(5):
        client.get(reverse("blog:write"))
    PostFactory.create_batch(29, author=profile)
    with django_assert_num_queries(5):
        client.get(reverse("blog:write"))


@pytest.mark.parametrize("name", ["blog:write_post", "blog:write_submit", "blog:write_preview"])
def test_another_authors_post_does_not_exist_for_an_author(author: Person, name: str) -> None:
    post = PostFactory(published=True)
    assert signed_in(author).get(page_of(post, name)).status_code == 404


@pytest.mark.parametrize("name", ["blog:write_post", "blog:write_submit"])
def test_another_authors_post_cannot_be_written_by_a_direct_request(
    author: Person, name: str
) -> None:
    # Given
    post = PostFactory()
    # When
    response = signed_in(author).post(page_of(post, name), typed(post, body="Mine now."))
    # Then
    assert response.status_code == 404
    post.refresh_from_db()
    assert (post.body, post.state) == (BODY, "draft")


@pytest.mark.parametrize("name", ["blog:write_post", "blog:write_submit", "blog:write_preview"])
def test_a_stranger_is_asked_to_sign_in_and_a_reader_is_refused(reader: Person, name: str) -> None:
    address = page_of(PostFactory(), name)
    assert Client().get(address).headers["Location"].startswith("/accounts/login/?next=")
    assert signed_in(reader).get(address).status_code == 403


def test_an_editor_writes_in_every_post(editor: Person) -> None:
    # Given
    post = PostFactory(submitted=True)
    # When
    signed_in(editor).post(page_of(post), typed(post, body="<p>Turn the spoke.</p>"))
    # Then
    post.refresh_from_db()
    assert post.body == "<p>Turn the spoke.</p>"


def test_saving_keeps_title_summary_and_text(author: Person) -> None:
    # Given
    post = own_post(author)
    words = {"title": "True it", "summary": "In ten minutes.", "body": "<h2>One</h2>\n<p>Two</p>"}
    # When
    response = signed_in(author).post(page_of(post), typed(post, **words), follow=True)
    # Then
    post.refresh_from_db()
    assert {name: getattr(post, name) for name in words} == words
    assert "Your text is saved." in response.content.decode()


def test_plain_text_becomes_paragraphs(author: Person) -> None:
    # Given
    post = own_post(author)
    # When
    text = "A wheel < 20 mm\r\nneeds care.\r\n\r\nR&D says so."
    signed_in(author).post(page_of(post), typed(post, body=text))
    # Then
    post.refresh_from_db()
    assert post.body == "<p>A wheel &lt; 20 mm<br>needs care.</p>\n<p>R&amp;D says so.</p>"


def test_what_was_typed_survives_an_error(author: Person) -> None:
    # Given
    post = own_post(author)
    # When
    response = signed_in(author).post(
        page_of(post), typed(post, title="", body="<p>An hour of typing</p>")
    )
    # Then
    page = response.content.decode()
    assert "&lt;p&gt;An hour of typing&lt;/p&gt;" in page
    assert "This field is required." in page


def test_two_windows_show_both_texts_and_lose_neither(author: Person) -> None:
    # Given
    post, client = own_post(author), signed_in(author)
    first, second = typed(post, body="<p>First window</p>"), typed(post, body="<p>Second</p>")
    client.post(page_of(post), first)
    # When
    page = client.post(page_of(post), second).content.decode()
    # Then
    assert "<p>First window</p>" in page
    assert "\n&lt;p&gt;Second&lt;/p&gt;</textarea>" in page
    assert f'value="{post.title}"' in page
    assert "deleted: </span>First window</del>" in page
    post.refresh_from_db()
    assert post.body == "<p>First window</p>"
    assert f'name="version" value="{post.version}"' in page


def test_after_both_texts_were_shown_the_writer_may_replace_the_stored_one(author: Person) -> None:
    # Given
    post, client = own_post(author), signed_in(author)
    client.post(page_of(post), typed(post, body="<p>First window</p>"))
    client.post(page_of(post), typed(post, body="<p>Second</p>"))
    post.refresh_from_db()
    # When
    client.post(page_of(post), typed(post, body="<p>Second</p>"))
    # Then
    post.refresh_from_db()
    assert post.body == "<p>Second</p>"


def test_a_stale_form_with_an_error_shows_both_too(author: Person) -> None:
    # Given
    post, client = own_post(author), signed_in(author)
    client.post(page_of(post), typed(post, body="<p>First window</p>"))
    # When
    page = client.post(page_of(post), typed(post, title="", body="<p>Second</p>")).content.decode()
    # Then
    assert "<p>First window</p>" in page
    assert "&lt;p&gt;Second&lt;/p&gt;" in page


@pytest.mark.parametrize("state", ["submitted", "in_review", "accepted", "published"])
def test_the_text_rests_while_it_is_with_the_editors(author: Person, state: str) -> None:
    # Given
    post, client = own_post(author, **{state: True}), signed_in(author)
    assert 'name="body"' not in client.get(page_of(post)).content.decode()
    # When
    page = client.post(page_of(post), typed(post, body="<p>Sneaked in</p>")).content.decode()
    # Then
    assert "The post is with the editors now." in page
    assert "&lt;p&gt;Sneaked in&lt;/p&gt;" in page
    post.refresh_from_db()
    assert post.body == BODY


def test_no_field_lets_a_script_through(author: Person) -> None:
    # Given
    post, client = own_post(author), signed_in(author)
    words = typed(post, title=XSS, summary=XSS, body=f"<p>{XSS}</p>")
    # When
    client.post(page_of(post), words)
    pages = [client.get(page_of(post, f"blog:{name}")) for name in ("write_post", "write_preview")]
    # Then
    for response in [*pages, client.get(reverse("blog:write"))]:
        page = response.content.decode()
        for harm in ("<script>alert", "<svg onload", "<img src=x onerror"):
            assert harm not in page
    post.refresh_from_db()
    assert "onerror" not in post.body
    assert "<script" not in post.body


def test_extra_fields_change_nothing_else(author: Person) -> None:
    # Given
    post = own_post(author)
    # When
    extra = {"state": "published", "slug": "taken", "author": "99", "published_at": "2020-01-01"}
    signed_in(author).post(page_of(post), typed(post, **extra))
    # Then
    stored = Post.objects.get()
    assert (stored.state, stored.slug, stored.published_at) == ("draft", post.slug, None)


def test_handing_in_tells_every_editor_with_the_message(author: Person, editor: Person) -> None:
    # Given
    post = own_post(author, title="Wheels")
    PersonFactory(email="gone@example.org", editor=True, is_active=False)
    # When
    signed_in(author).post(page_of(post, "blog:write_submit"), {"message": "Is step two clear?"})
    # Then
    post.refresh_from_db()
    assert post.state == PostState.SUBMITTED
    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (editor.email, "A post waits for you: Wheels")
    assert "Is step two clear?" in letter.body


def test_handing_in_twice_or_without_a_text_is_refused_with_a_reason(author: Person) -> None:
    # Given
    profile, client = ProfileFactory(person=author), signed_in(author)
    empty = PostFactory(author=profile, body="")
    waiting = PostFactory(author=profile, submitted=True)
    # When
    pages = [
        client.post(page_of(post, "blog:write_submit"), {"message": "Please"}).content.decode()
        for post in (empty, waiting)
    ]
    # Then
    assert "There is no text to submit yet." in pages[0]
    assert "in the state “Submitted”" in pages[1]
    assert all("Please" in page for page in pages)


def test_the_author_reads_what_the_editors_ask_for_and_may_write_again(
    author: Person, editor: Person
) -> None:
    # Given
    post = own_post(author, submitted=True)
    # When
    workflow.request_changes(post, editor=editor, message="Please name\n<b>the</b> tool.")
    # Then
    page = signed_in(author).get(page_of(post)).content.decode()
    assert "Please name<br>&lt;b&gt;the&lt;/b&gt; tool." in page
    assert 'name="body"' in page
    letter = Letter.objects.get(to=author.email)
    assert "<b>the</b> tool." in letter.body


def test_nobody_is_written_to_about_their_own_doing(editor: Person) -> None:
    # Given an editor who writes, accepts and publishes a post of their own
    post = own_post(editor)
    # When
    workflow.submit(post, by=editor)
    workflow.accept(post, editor=editor)
    publishing.publish(post, editor=editor)
    # Then
    assert not Letter.objects.filter(to=editor.email).exists()


def test_the_author_learns_that_the_post_is_accepted_and_where_it_can_be_read(
    author: Person, editor: Person
) -> None:
    # Given
    post = own_post(author, title="Wheels", submitted=True)
    Letter.objects.all().delete()
    # When
    workflow.accept(post, editor=editor)
    publishing.publish(post, editor=editor)
    # Then
    letters = Letter.objects.filter(to=author.email).order_by("subject")
    assert [letter.subject for letter in letters] == [
        "Your post is accepted: Wheels",
        "Your post is published: Wheels",
    ]
    assert post.get_absolute_url() in letters[1].body


def test_a_guest_without_a_login_gets_no_mail(editor: Person) -> None:
    post = PostFactory(author=ProfileFactory(guest=True), submitted=True)
    Letter.objects.all().delete()
    workflow.accept(post, editor=editor)
    assert not Letter.objects.exists()


def test_the_preview_shows_the_text_that_readers_do_not_see_yet(author: Person) -> None:
    # Given
    post = own_post(author, summary="Ten minutes.", body="<p>Not public yet.</p>")
    # When
    response = signed_in(author).get(page_of(post, "blog:write_preview"))
    # Then
    page = response.content.decode()
    assert "<p>Not public yet.</p>" in page
    assert "Ten minutes." in page
    assert 'content="noindex"' in page
    assert "private" in response.headers["Cache-Control"]
    assert Client().get(post.get_absolute_url()).status_code == 404


def test_the_preview_of_an_edit_stores_nothing(editor: Person) -> None:
    # Given
    post = PostFactory(published=True)
    edit = workflow.Draft(title="New title", summary="", body="<p>New words.</p>")
    workflow.write(post, by=editor, draft=edit, version=post.version)
    # When
    page = signed_in(editor).get(page_of(post, "blog:write_preview")).content.decode()
    # Then
    assert "<p>New words.</p>" in page
    assert post.revisions.count() == 1
    assert "New words" not in Client().get(post.get_absolute_url()).content.decode()


def test_an_author_changes_their_own_byline(author: Person) -> None:
    # Given
    profile = ProfileFactory(person=author, slug="ana")
    words = {
        "name": "Ana Ruiz",
        "credentials": "RN",
        "bio": "Mends bikes.\n\nAnd people.",
        "website": "https://ana.example/",
        "label_1": "Workshop",
        "url_1": "https://workshop.example/",
        "url_2": "https://bare.example/",
    }
    # When
    signed_in(author).post(reverse("blog:write_byline"), words)
    # Then
    profile.refresh_from_db()
    assert (profile.byline, profile.slug) == ("Ana Ruiz, RN", "ana")
    assert [(link.label, link.url) for link in profile.links.all()] == [
        ("Workshop", "https://workshop.example/"),
        ("https://bare.example/", "https://bare.example/"),
    ]


def test_looking_at_a_byline_makes_none(author: Person) -> None:
    page = signed_in(author).get(reverse("blog:write_byline")).content.decode()
    assert f'value="{author.name}"' in page
    assert not Profile.objects.exists()


def test_a_byline_link_never_runs_a_script(author: Person) -> None:
    # Given
    profile = ProfileFactory(person=author)
    # When
    words = {"name": "Ana", "website": "javascript:alert(1)", "url_1": "javascript:alert(1)"}
    page = signed_in(author).post(reverse("blog:write_byline"), words).content.decode()
    # Then
    assert page.count("Enter a valid URL.") == 2
    assert not profile.links.exists()


def test_saving_without_a_change_leaves_no_edit_waiting(editor: Person) -> None:
    # Given a published post with a link that earns money
    PublicationFactory(affiliate_hosts="shop.example")
    body = '<p>Buy it <a href="https://shop.example/x">here</a>.</p>'
    post = PostFactory(body=body, published=True)
    # When
    signed_in(editor).post(page_of(post), typed(post))
    # Then
    post.refresh_from_db()
    assert not post.has_unpublished_changes
