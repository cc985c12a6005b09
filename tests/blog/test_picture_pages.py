"""The pages on which writers add pictures and say what they show, with and without scripts."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from blog.models import Image, Post
from blog.pictures import undescribed
from tests.blog.guest_pages import GUEST, invited, let_in
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory
from tests.factories.images import a_file, an_image, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return PostFactory()


@pytest.fixture
def writing(post: Post) -> Client:
    return signed_in(post.author.person)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def panel_of(post: Post) -> str:
    return reverse("blog:write_pictures", kwargs={"pk": post.pk})


def address(name: str, post: Post, image: Image) -> str:
    return reverse(f"blog:{name}", kwargs={"pk": post.pk, "key": image.key})


def upload(client: Client, post: Post, content: bytes, **more: object):
    to = reverse("blog:write_upload_picture", kwargs={"pk": post.pk})
    return client.post(to, {"file": sent(content), "alt": "A wheel"}, **more)


def test_a_picture_is_added_and_put_into_the_text_without_scripts(post, writing):
    # When
    answer = upload(writing, post, a_file(), follow=True)
    # Then
    image = Image.objects.get()
    assert "Now put it into the text" in answer.content.decode()
    # When
    put = {"alt": "A wheel, seen from above", "caption": "In <1920>", "version": 0}
    writing.post(address("write_picture", post, image), put)
    # Then
    post.refresh_from_db()
    assert post.body.endswith(
        f'<figure><img src="/images/{image.key}/" alt="A wheel, seen from above">'
        "<figcaption>In &lt;1920&gt;</figcaption></figure>"
    )


def test_each_use_is_asked_what_it_shows(post, writing):
    # Given
    image = an_image(post, alt="A wheel")
    to = address("write_picture", post, image)
    # When nothing is said
    page = writing.post(to, {"alt": " ", "version": 0}).content.decode()
    # Then
    assert "Please say what the picture shows, or that it only decorates." in page
    # When
    writing.post(to, {"is_decorative": "on", "version": 0})
    # Then
    post.refresh_from_db()
    assert f'<img src="/images/{image.key}/" alt="" role="presentation">' in post.body


def test_missing_descriptions_are_shown_and_filled_in(post, writing):
    # Given
    src = an_image(post).get_absolute_url()
    post.body = f'<p><img src="{src}" alt=""></p><p>Words.</p><p><img src="{src}" alt="B"></p>'
    post.save()
    page = writing.get(panel_of(post)).content.decode()
    assert page.count("This picture does not say yet what it shows.") == 1
    # When
    said = {"uses-alt_0": "A", "uses-alt_1": "", "uses-decorative_1": "on", "uses-version": 0}
    writing.post(panel_of(post), said)
    # Then
    post.refresh_from_db()
    assert undescribed(post.body) == []
    assert post.body == (
        f'<p><img src="{src}" alt="A"></p>\n<p>Words.</p>\n'
        f'<p><img src="{src}" alt="" role="presentation"></p>'
    )


def test_descriptions_of_another_text_are_refused(post, writing):
    src = an_image(post).get_absolute_url()
    post.body, post.version = f'<p><img src="{src}" alt=""></p>', 3
    post.save()
    page = writing.post(panel_of(post), {"uses-alt_0": "A", "uses-version": 2}).content.decode()
    assert "Somebody else saved this post" in page
    assert 'value="A"' in page


def test_a_script_gets_the_address_or_a_sentence(post, writing):
    asks = {"headers": {"Accept": "application/json"}}
    # When
    answer = upload(writing, post, a_file(size=(640, 480)), **asks)
    # Then
    image = Image.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "src": f"/images/{image.key}/", "alt": "A wheel", "width": 640, "height": 480
    }  # fmt: skip
    # When
    refused = upload(writing, post, b"<svg xmlns='http://www.w3.org/2000/svg'/>", **asks)
    # Then
    assert refused.status_code == 422
    assert "SVG and HTML files can carry programs" in refused.json()["error"]


def test_the_dialog_gets_what_is_at_hand(post, writing):
    # Given
    image = an_image(post, alt="A wheel")
    an_image(PostFactory())
    at_hand = reverse("blog:write_pictures_at_hand", kwargs={"pk": post.pk})
    # Then
    src = image.get_absolute_url()
    one = {"src": src, "thumbnail": src, "alt": "A wheel", "name": "A wheel"}
    assert writing.get(at_hand).json() == {"pictures": [one]}
    assert signed_in(PersonFactory(author=True)).get(at_hand).status_code == 404


def test_a_form_without_a_file_says_so(post, writing):
    to = reverse("blog:write_upload_picture", kwargs={"pk": post.pk})
    assert "This field is required" in writing.post(to, {"alt": "x"}).content.decode()


def test_more_bytes_than_may_be_are_neither_kept_nor_believed(post, writing, settings):
    settings.IMAGE_MAX_BYTES = 10_000
    page = upload(writing, post, a_file("PNG") + bytes(20_000)).content.decode()
    assert "This file is larger than" in page
    assert not Image.objects.exists()
    # and whoever goes on and on is not listened to
    assert "This field is required" in upload(writing, post, bytes(200_000)).content.decode()


def test_who_comes_in(post, editor):
    image = an_image(post)
    pages = [panel_of(post), address("write_picture", post, image)]
    acts = [
        reverse("blog:write_upload_picture", kwargs={"pk": post.pk}),
        *(
            address(name, post, image)
            for name in ("write_describe_picture", "write_replace_picture", "write_remove_picture")
        ),
    ]
    for page in (*pages, *acts):
        assert Client().post(page).headers["Location"].startswith("/accounts/login/")
        assert signed_in(PersonFactory(author=True)).post(page).status_code == 404
        assert signed_in(PersonFactory()).post(page).status_code == 403
    for page in acts:
        assert signed_in(editor).get(page).status_code == 405
    for page in pages:
        assert signed_in(editor).get(page).status_code == 200
    assert Image.objects.filter(removed_at=None).count() == 1


def test_a_picture_of_another_post_is_not_reached_through_ones_own(post, writing):
    theirs = an_image(PostFactory())
    for name in ("write_picture", "write_remove_picture", "write_replace_picture"):
        assert writing.post(address(name, post, theirs)).status_code == 404


def test_a_guest_adds_pictures_by_the_personal_link_and_nowhere_else(editor, post):
    # Given
    theirs = invited(editor)
    guest = let_in(theirs)
    # When
    upload(guest, theirs, a_file())
    # Then
    assert Image.objects.get().uploaded_by.email == GUEST
    assert guest.get(panel_of(theirs)).status_code == 200
    assert guest.get(panel_of(post)).status_code == 302


def test_an_upload_from_another_site_is_refused(post):
    client = Client(enforce_csrf_checks=True)
    client.force_login(post.author.person)
    assert upload(client, post, a_file()).status_code == 403
    assert not Image.objects.exists()


def test_a_picture_is_replaced_and_removed_on_its_page(post, writing):
    # Given
    image = an_image(post)
    # When
    writing.post(address("write_replace_picture", post, image), {"file": sent(a_file("PNG"))})
    # Then
    image.refresh_from_db()
    assert image.content_type == "image/png"
    # When it is no picture
    page = writing.post(address("write_replace_picture", post, image), {"file": sent(b"<p>")})
    # Then
    assert "SVG and HTML" in page.content.decode()
    # When
    writing.post(address("write_describe_picture", post, image), {"proposed-alt": "A hub"})
    writing.post(address("write_remove_picture", post, image))
    # Then
    image.refresh_from_db()
    assert image.alt == "A hub"
    assert image.removed_at is not None
    assert writing.get(address("write_picture", post, image)).status_code == 404


def test_the_panel_costs_the_same_for_one_and_for_thirty(post, writing, django_assert_num_queries):
    an_image(post)
    writing.get(panel_of(post))
    with django_assert_num_queries(5):
        writing.get(panel_of(post))
    for _ in range(29):
        an_image(post)
    with django_assert_num_queries(5):
        writing.get(panel_of(post))
