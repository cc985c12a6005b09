"""All pictures on the desk: where each stands, for editors alone."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from blog import images
from blog.models import Image
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory
from tests.factories.images import a_file, an_image, sent

pytestmark = pytest.mark.django_db

LIST = "/desk/pictures/"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def desk(editor: Person) -> Client:
    return signed_in(editor)


def page(client: Client, address: str = LIST) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def showing(image: Image) -> str:
    return f'<p><img src="{image.get_absolute_url()}" alt="A wheel"></p>'


def act(name: str, image: Image) -> str:
    return reverse(f"blog:desk_{name}_picture", kwargs={"key": image.key})


def test_editors_see_where_each_picture_stands(desk):
    # Given
    author = PostFactory().author
    free = an_image(PostFactory(author=author), alt="A free wheel")
    used = an_image(PostFactory(author=author), alt="A used wheel")
    public = PostFactory(published=True, author=author, title="Wheels", body=showing(used))
    accepted = PostFactory(accepted=True, author=author, title="Hubs", body=showing(used))
    # Then
    html = page(desk)
    assert html.index("A used wheel") < html.index("A free wheel")  # the newest first
    assert f'<a href="/desk/posts/{public.pk}/">Wheels</a>' in html
    assert "readers see it" in html
    assert f'<a href="/desk/posts/{accepted.pk}/">Hubs</a>' in html
    assert "in the accepted text" in html
    assert html.count("In no text.") == 1
    # and by kind and words
    assert "A used wheel" not in page(desk, f"{LIST}?kind=unused")
    assert "A free wheel" in page(desk, f"{LIST}?kind=unused")
    assert "A free wheel" not in page(desk, f"{LIST}?q=Hubs+used")
    assert "A used wheel" in page(desk, f"{LIST}?q=Hubs+used")
    assert "No picture is like this." in page(desk, f"{LIST}?kind=removed")
    assert free.key in page(desk, f"{LIST}{free.key}/")


def test_an_editor_replaces_describes_and_removes(desk, editor):
    # Given
    image = an_image(PostFactory())
    # When
    desk.post(act("replace", image), {"file": sent(a_file("PNG"))})
    desk.post(act("describe", image), {"proposed-alt": "A hub"})
    # Then
    image.refresh_from_db()
    assert (image.content_type, image.alt) == ("image/png", "A hub")
    assert f'src="/{image.file}"' in page(desk, f"{LIST}{image.key}/")  # no browser kept this one
    assert (
        "SVG and HTML"
        in desk.post(act("replace", image), {"file": sent(b"<svg/>")}).content.decode()
    )
    # When
    desk.post(act("remove", image))
    # Then
    image.refresh_from_db()
    assert image.removed_by == editor
    assert "Removed by" in page(desk, f"{LIST}{image.key}/")
    assert "A hub" in page(desk, f"{LIST}?kind=removed")
    assert (
        "This picture was removed." in desk.post(act("remove", image), follow=True).content.decode()
    )


def test_nobody_else_comes_in():
    image = an_image(PostFactory())
    places = [LIST, f"{LIST}{image.key}/"]
    acts = [act(name, image) for name in ("describe", "replace", "remove")]
    for address in (*places, *acts):
        assert Client().post(address).headers["Location"].startswith("/accounts/login/")
        for person in (image.uploaded_by, PersonFactory(moderator=True)):
            assert signed_in(person).post(address).status_code == 403
    image.refresh_from_db()
    assert image.removed_at is None


def test_the_list_has_pages_and_costs_the_same_for_one_and_for_thirty(
    desk, django_assert_num_queries
):
    def add(number: int) -> None:
        for _ in range(number):
            image = an_image(PostFactory())
            PostFactory(published=True, body=showing(image))

    add(1)
    page(desk)
    with django_assert_num_queries(5):
        page(desk)
    add(30)
    with django_assert_num_queries(5):
        html = page(desk)
    assert "Page 1 of 2" in html
    assert "readers see it" in page(desk, f"{LIST}?page=2")


def test_a_picture_that_left_its_text_is_told_from_one_that_was_never_used(desk, editor):
    image = an_image(PostFactory())
    post = PostFactory(published=True, body=showing(image))
    assert images.may_change(image, editor)
    from blog import publishing, workflow
    from blog.models import EditLabel

    draft = workflow.Draft(title=post.title, summary=post.summary, body="<p>Words.</p>")
    post = workflow.write(post, by=editor, draft=draft, version=post.version)
    publishing.revise(post, by=editor, label=EditLabel.COSMETIC, reason="", base=post.head)
    assert "Only in earlier versions of a post." in page(desk)
