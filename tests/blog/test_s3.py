"""Images in a bucket: by the real client against a real server that speaks the protocol."""

import logging
from collections.abc import Iterator

import boto3
import pytest
from django.test import Client
from moto.server import ThreadedMotoServer

from blog import images, stored_images
from config.buckets import in_a_bucket
from tests.factories.blog import PostFactory
from tests.factories.images import a_file, an_image, given

pytestmark = pytest.mark.django_db

KEYS = ("a", "b")
REGION = "eu-central-1"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server: str, settings):
    """A bucket, and the settings of a site that keeps its pictures there."""
    in_it = in_a_bucket("pictures", endpoint=server, region=REGION, keys=KEYS, addressing="path")
    settings.STORAGES = settings.STORAGES | {"default": in_it}
    key, secret = KEYS
    s3 = boto3.resource(
        "s3", REGION, endpoint_url=server, aws_access_key_id=key, aws_secret_access_key=secret
    )
    bucket = s3.Bucket("pictures")
    bucket.create(CreateBucketConfiguration={"LocationConstraint": REGION})
    yield bucket
    bucket.objects.all().delete()
    bucket.delete()


def names(bucket) -> set[str]:
    return {one.key for one in bucket.objects.all()}


def test_an_image_lives_in_the_bucket_from_upload_to_removal(bucket, run_tasks):
    # When it is added
    image = an_image(PostFactory(), content=a_file(size=(600, 400)))
    run_tasks()
    image.refresh_from_db()
    # Then its files are there, with the types of our own table
    assert len(image.files()) == 6
    assert names(bucket) == set(image.files())
    for copy in image.copies:
        kept = bucket.Object(copy["name"])
        assert kept.content_type == copy["type"]
        assert kept.cache_control == "public, max-age=31536000, immutable"
    # and the site serves them, as from a folder
    response = Client().get(image.get_absolute_url())
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8\xff")
    assert response["X-Content-Type-Options"] == "nosniff"
    # When it is replaced
    old = set(image.files())
    images.replace(image, given(a_file("PNG")), by=image.uploaded_by)
    image.refresh_from_db()
    assert names(bucket) == old | {image.file}
    # When it is removed
    images.remove(image, by=image.uploaded_by)
    run_tasks()
    # Then
    assert names(bucket) == set()


def test_a_file_that_the_bucket_lost_is_a_missing_page(bucket):
    image = an_image(PostFactory())
    stored_images.discard([image.file])
    stored_images.discard([image.file])  # and to lose it twice is no error
    assert Client().get(image.get_absolute_url()).status_code == 404


def test_readers_get_copies_from_the_public_address_of_the_bucket(bucket, settings, run_tasks):
    # Given
    settings.S3_PUBLIC_URL = "https://pictures.example.org"
    image = an_image(PostFactory())
    shown = f'<p><img src="{image.get_absolute_url()}" alt="A wheel"></p>'
    post = PostFactory(published=True, body=shown)
    run_tasks()
    # When
    response = Client().get(post.get_absolute_url())
    # Then
    image.refresh_from_db()
    page = response.content.decode()
    for copy in image.copies:
        assert f"https://pictures.example.org/{copy['name']} 64w" in page
    assert f'<img src="/images/{image.key}/"' in page
