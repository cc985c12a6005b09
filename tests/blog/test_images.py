"""Images: who may add, replace, describe and remove them, and what texts show of them."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Person, Profile
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from blog import images, publishing, stored_images, workflow
from blog.models import EditLabel, Image, ImageUse, Post
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import PostFactory, an_editor
from tests.factories.images import a_file, a_film, an_image, given

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return PostFactory()


@pytest.fixture
def writer(post: Post) -> Person:
    return post.author.person


def showing(*shown: Image, alt: str = "A wheel") -> str:
    return "".join(f'<p><img src="{one.get_absolute_url()}" alt="{alt}"></p>' for one in shown)


def written(post: Post, body: str, by: Person) -> Post:
    draft = workflow.Draft(title=post.title, summary=post.summary, body=body)
    return workflow.write(post, by=by, draft=draft, version=Post.objects.get(pk=post.pk).version)


def published(body: str, *, author: Profile) -> Post:
    return PostFactory(published=True, body=body, author=author)


def page(post: Post) -> str:
    return Client().get(post.get_absolute_url()).content.decode()


def test_an_upload_is_kept_with_what_is_known_of_it(post, writer):
    # When
    image = images.upload(
        given(a_file(size=(640, 480)), "Holiday  1.jpg"), by=writer, post=post, alt=" A  wheel "
    )
    # Then
    image.refresh_from_db()
    assert (image.width, image.height, image.content_type) == (640, 480, "image/jpeg")
    assert (image.alt, image.name, image.uploaded_by) == ("A wheel", "Holiday 1.jpg", writer)
    assert len(image.key) == 22
    assert len(stored_images.read(image.file)) == image.bytes
    assert "Holiday" not in image.file


def test_the_same_file_twice_is_two_images(post, writer):
    first, second = an_image(post), an_image(post)
    assert first.sha256 == second.sha256
    assert first.key != second.key
    assert first.file != second.file


def test_a_type_is_told_by_the_content_whatever_the_name_says(post, writer):
    image = images.upload(given(a_file("PNG"), "photo.jpg"), by=writer, post=post)
    assert image.content_type == "image/png"
    with pytest.raises(Invalid, match="SVG and HTML"):
        images.upload(given(b"<svg/>", "photo.jpg"), by=writer, post=post)


def test_too_many_bytes_are_refused(post, writer, settings):
    settings.IMAGE_MAX_BYTES = 1_000
    with pytest.raises(Invalid, match="larger than"):
        images.upload(
            given(a_file("PNG", size=(300, 300), mode="RGB") + bytes(1000)), by=writer, post=post
        )


def test_too_many_pixels_are_refused_and_nothing_is_kept(post, writer, settings):
    settings.IMAGE_MAX_PIXELS = 1_000_000
    with pytest.raises(Invalid, match="2 million pixels; at most 1 million"):
        images.upload(given(a_file(size=(1200, 1000))), by=writer, post=post)
    assert not Image.objects.exists()


def test_only_those_who_write_the_post_add_to_it(post, editor):
    assert an_image(post, editor).uploaded_by == editor
    for stranger in (PersonFactory(author=True), PersonFactory(moderator=True), PersonFactory()):
        with pytest.raises(NotAllowed):
            an_image(post, stranger)
    assert Image.objects.count() == 1


@pytest.mark.parametrize("state", ["submitted", "in_review", "accepted"])
def test_an_author_adds_only_while_the_text_is_theirs(state, editor):
    post = PostFactory(**{state: True})
    with pytest.raises(WrongMoment):
        an_image(post)
    assert an_image(post, editor).post == post


def test_authors_bring_pictures_for_the_edits_that_they_propose():
    assert an_image(PostFactory(published=True)).alt == ""


def test_a_picture_that_is_removed_while_another_comes_is_not_put_back(post, writer, monkeypatch):
    # Given
    image, put = an_image(post), images._put

    def removed_meanwhile(row: Image, encoded) -> Image:
        images.remove(image, by=writer)
        return put(row, encoded)

    monkeypatch.setattr(images, "_put", removed_meanwhile)
    before = set(default_storage.listdir(f"images/{image.key}")[1])
    # When
    with pytest.raises(WrongMoment):
        images.replace(image, given(a_file("PNG")), by=writer)
    # Then
    assert set(default_storage.listdir(f"images/{image.key}")[1]) == before


def test_one_person_adds_only_so_many_in_an_hour(post, writer, settings):
    settings.IMAGES_AN_HOUR = 2
    an_image(post)
    an_image(post)
    with pytest.raises(WrongMoment, match="many pictures"):
        an_image(post)


def test_smaller_copies_are_made_by_the_task(post, writer, run_tasks):
    # Given
    image = an_image(post, content=a_file(size=(1200, 900)))
    assert image.copies == []
    # When
    run_tasks()
    # Then
    image.refresh_from_db()
    assert [(one["width"], one["height"], one["type"]) for one in image.copies] == [
        (480, 360, "image/avif"),
        (480, 360, "image/webp"),
        (480, 360, "image/jpeg"),
        (960, 720, "image/avif"),
        (960, 720, "image/webp"),
        (960, 720, "image/jpeg"),
        (1200, 900, "image/avif"),
        (1200, 900, "image/webp"),
    ]
    assert all(default_storage.exists(name) for name in image.files())


def test_a_small_image_is_not_made_larger(post, run_tasks):
    image = an_image(post, content=a_file("PNG", size=(64, 48)))
    run_tasks()
    image.refresh_from_db()
    assert {one["width"] for one in image.copies} == {64}
    assert {one["type"] for one in image.copies} == {"image/avif", "image/webp"}


def test_the_task_may_run_twice(post, run_tasks):
    image = an_image(post)
    stored_images.make_renditions.call(image.pk)
    image.refresh_from_db()
    before = image.copies
    run_tasks()
    image.refresh_from_db()
    assert image.copies == before


def test_the_sweep_makes_what_a_task_lost(post):
    # Given
    image = an_image(post)
    Image.objects.update(created_at=timezone.now() - timedelta(hours=1))
    # When
    call_command("tend_images", verbosity=0)
    # Then
    image.refresh_from_db()
    assert image.copies != []


def test_a_file_that_is_lost_is_tried_a_few_times_only(post, caplog):
    image = an_image(post)
    default_storage.delete(image.file)
    for _ in range(7):
        stored_images.make_renditions.call(image.pk)
    image.refresh_from_db()
    assert (image.attempts, image.copies) == (5, [])


def test_a_page_offers_each_browser_what_it_knows(post, writer, run_tasks):
    # Given
    image = an_image(post, content=a_file(size=(1200, 900)))
    shown = published(showing(image, image), author=post.author)
    assert f'<img src="/images/{image.key}/" alt="A wheel" width="1200" height="900"' in page(shown)
    assert "<picture>" not in page(shown)
    # When
    run_tasks()
    # Then
    html = page(shown)
    image.refresh_from_db()
    avif = [
        f"/{one['name']} {one['width']}w" for one in image.copies if one["type"] == "image/avif"
    ]
    assert f'<source type="image/avif" srcset="{", ".join(avif)}" sizes="' in html
    assert (
        html.index("image/avif")
        < html.index("image/webp")
        < html.index(f'<img src="/images/{image.key}/"')
    )
    assert html.count("<picture>") == 2
    assert html.count('loading="lazy"') == 1  # the first one is what is seen first
    # and machines are told
    assert f'"image": ["http://localhost:8000/images/{image.key}/"]' in html
    # and the text holds nothing of all that
    shown.head.refresh_from_db()
    assert shown.head.body_html == showing(image, image)


def test_a_feed_has_a_plain_image_with_a_whole_address(post, writer, run_tasks):
    image = an_image(post)
    published(showing(image), author=post.author)
    run_tasks()
    feed = Client().get("/feed/").content.decode()
    whole = f"http://localhost:8000/images/{image.key}/"
    assert f'&lt;img src="{whole}" alt="A wheel" width="64" height="48"&gt;' in feed
    assert "srcset" not in feed


def test_an_image_that_only_decorates_has_an_empty_description(post, writer):
    image = an_image(post)
    body = f'<p><img src="{image.get_absolute_url()}" alt="" role="presentation"></p><p>Words.</p>'
    shown = published(body, author=post.author)
    assert shown.body == body
    assert f'<img src="/images/{image.key}/" alt="" width' in page(shown)


def test_a_use_is_noted_with_each_text(post, writer):
    # Given
    first, second = an_image(post), an_image(post)
    # When
    written(post, showing(first, second), writer)
    written(post, showing(second), writer)
    # Then
    assert list(ImageUse.objects.values_list("image", "revision")) == [(second.pk, None)]
    # When
    editor = an_editor()
    workflow.submit(post, by=writer)
    workflow.accept(post, editor=editor)
    # Then
    post.refresh_from_db()
    noted = set(ImageUse.objects.values_list("image", "revision"))
    assert noted == {(second.pk, None), (second.pk, post.head_id)}


def test_a_replaced_image_is_the_new_one_everywhere(post, writer, editor, run_tasks):
    # Given
    image = an_image(post, content=a_file(size=(600, 400)))
    one = published(showing(image), author=post.author)
    other = published(showing(image), author=ProfileFactory())
    run_tasks()
    page(one)
    # When
    images.replace(image, given(a_file(size=(300, 500))), by=editor)
    # Then
    for post in (one, other):
        assert 'width="300" height="500"' in page(post)
        assert post.events.get(kind="image_replaced").actor == editor
        assert post.body == showing(image)
    # and after the task
    run_tasks()
    image.refresh_from_db()
    assert {copy["width"] for copy in image.copies} == {300}


def test_files_of_a_replaced_image_stay_a_day(post, writer, run_tasks, time_machine):
    # Given
    image = an_image(post)
    run_tasks()
    image.refresh_from_db()
    old = image.files()
    images.replace(image, given(a_file("PNG")), by=writer)
    run_tasks()
    call_command("tend_images", verbosity=0)
    assert all(default_storage.exists(name) for name in old)
    # When
    time_machine.move_to(timezone.now() + timedelta(days=1, minutes=1))
    call_command("tend_images", verbosity=0)
    # Then
    image.refresh_from_db()
    assert not any(default_storage.exists(name) for name in old)
    assert all(default_storage.exists(name) for name in image.files())


def test_copies_of_the_old_image_never_become_those_of_the_new(post, writer, monkeypatch):
    """Replaced while the task was at work."""
    image = an_image(post)
    made = stored_images._copies

    def replaced_meanwhile(seen: Image):
        copies = made(seen)
        images.replace(image, given(a_file(size=(90, 30))), by=writer)
        return copies

    monkeypatch.setattr(stored_images, "_copies", replaced_meanwhile)
    stored_images.make_renditions.call(image.pk)
    image.refresh_from_db()
    assert (image.width, image.copies, image.rendered_at) == (90, [], None)


def test_a_removed_image_leaves_its_words_and_no_file(post, writer, editor, run_tasks):
    # Given
    image = an_image(post)
    body = showing(image, alt="A &quot;bent&quot; &lt;wheel&gt;")
    shown = published(body, author=post.author)
    run_tasks()
    image.refresh_from_db()
    files = image.files()
    page(shown)
    # When
    images.remove(image, by=editor)
    run_tasks()
    # Then
    html = page(shown)
    assert f"/images/{image.key}" not in html
    assert (
        "A picture stood here and was removed. It showed: A &quot;bent&quot; &lt;wheel&gt;" in html
    )
    assert not any(default_storage.exists(name) for name in files)
    assert shown.events.get(kind="image_removed").actor == editor
    # and not twice
    for act in (
        lambda: images.remove(image, by=editor),
        lambda: images.describe(image, by=editor, alt="x"),
        lambda: images.replace(image, given(a_file()), by=editor),
    ):
        with pytest.raises(WrongMoment):
            act()


def test_whoever_added_an_image_changes_it_while_it_is_only_in_their_drafts(post, writer):
    image = an_image(post)
    written(post, showing(image), writer)
    images.describe(image, by=writer, alt="Another wheel")
    images.replace(image, given(a_file("GIF")), by=writer)
    # When it stands in a text that others answer for
    workflow.submit(post, by=writer)
    # Then
    for act in (
        lambda: images.replace(image, given(a_file()), by=writer),
        lambda: images.remove(image, by=writer),
        lambda: images.describe(image, by=writer, alt="x"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_an_image_that_was_ever_published_is_changed_by_editors_only(post, writer, editor):
    # Given
    image = an_image(post)
    shown = published(showing(image), author=post.author)
    written(shown, "<p>No picture.</p>", editor)
    publishing.revise(shown, by=editor, label=EditLabel.COSMETIC, reason="", base=shown.head)
    # Then
    with pytest.raises(NotAllowed):
        images.remove(image, by=writer)
    assert images.may_change(image, editor)


def test_nobody_changes_the_images_of_another(post, writer):
    image = an_image(post)
    for stranger in (PersonFactory(author=True), PersonFactory(moderator=True), PersonFactory()):
        with pytest.raises(NotAllowed):
            images.replace(image, given(a_file()), by=stranger)
        with pytest.raises(NotAllowed):
            images.remove(image, by=stranger)


def test_a_refused_replacement_changes_nothing(post, writer):
    image = an_image(post)
    with pytest.raises(Invalid):
        images.replace(image, given(b"<svg/>"), by=writer)
    image.refresh_from_db()
    assert default_storage.exists(image.file)
    assert image.replaced_at is None


def test_a_film_has_smaller_copies_that_move(post, run_tasks):
    image = an_image(post, content=a_film())
    run_tasks()
    image.refresh_from_db()
    assert (image.is_animated, image.content_type) == (True, "image/gif")
    assert [one["type"] for one in image.copies] == ["image/webp"]
