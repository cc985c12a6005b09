"""What the addresses of images answer: to anybody, harmlessly, and never a broken picture."""

import pytest
from django.test import Client

from blog import images
from blog.models import Image
from tests.factories.blog import PostFactory
from tests.factories.images import a_file, an_image, given

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(run_tasks) -> Image:
    image = an_image(PostFactory(), content=a_file(size=(600, 400)))
    run_tasks()
    image.refresh_from_db()
    return image


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_an_image_is_served_as_an_image_and_can_do_nothing_else(image):
    response = Client().get(image.get_absolute_url())
    assert body(response).startswith(b"\xff\xd8\xff")
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Disposition"] == "inline"
    assert "Set-Cookie" not in response
    assert "Cookie" not in response.get("Vary", "")


def test_the_address_that_stays_is_asked_again_and_answers_shortly(image):
    first = Client().get(image.get_absolute_url())
    assert "immutable" not in first["Cache-Control"]
    again = Client().get(image.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("kind", ["avif", "webp", "jpeg"])
def test_a_copy_is_kept_for_ever_under_its_name(image, kind):
    copy = next(one for one in image.copies if one["type"] == f"image/{kind}")
    response = Client().get(f"/{copy['name']}")
    assert body(response)
    assert response["Content-Type"] == f"image/{kind}"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_an_unpublished_image_is_found_by_its_address_alone(image):
    response = Client().get(image.get_absolute_url())
    assert (response.status_code, response["X-Robots-Tag"]) == (200, "noindex")
    # When it is published
    shown = f'<p><img src="{image.get_absolute_url()}" alt="A wheel"></p>'
    PostFactory(published=True, body=shown)
    # Then
    for address in (image.get_absolute_url(), f"/{image.copies[0]['name']}"):
        assert "X-Robots-Tag" not in Client().get(address)


@pytest.mark.parametrize(
    "address",
    [
        "/images/AAAAAAAAAAAAAAAAAAAAAA/",
        "/images/AAAAAAAAAAAAAAAAAAAAAA/x.jpg",
        "/images/%2e%2e/",
        "/images/../../etc/passwd",
        "/images/AAAAAAAAAAAAAAAAAAAAAA/..%2f..%2fvar%2fsecret_key",
        "/images/x%00y/",
    ],
)
def test_no_other_address_answers(address):
    assert Client().get(address).status_code == 404


def test_no_file_but_those_of_the_image_is_read(image):
    for name in ("..%5c..%5csecret_key", "..", "other.jpg", "x%00.jpg", "0123456789abcdef.svg/"):
        assert Client().get(f"{image.get_absolute_url()}{name}").status_code == 404
    response = Client().get(f"{image.get_absolute_url()}0123456789abcdef.jpg")
    assert response["Location"] == image.get_absolute_url()


def test_pages_that_are_kept_somewhere_find_the_new_picture(image):
    old = image.copies[0]["name"]
    images.replace(image, given(a_file("PNG")), by=image.uploaded_by)
    response = Client().get(f"/{old}", follow=True)
    assert response["Content-Type"] == "image/png"


def test_a_removed_image_is_a_drawing_and_gone(image):
    old = image.copies[0]["name"]
    images.remove(image, by=image.uploaded_by)
    for address in (image.get_absolute_url(), f"/{old}"):
        response = Client().get(address, follow=True)
        assert response.status_code == 410
        assert response["Content-Type"] == "image/svg+xml"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_nothing_changes_by_asking(image):
    for method in ("post", "put", "delete"):
        assert getattr(Client(), method)(image.get_absolute_url()).status_code == 405
