"""What the publisher does to a whole post at the desk: one page, forms that name their result."""

import pytest
from django.urls import reverse

from accounts.models import Letter
from blog import removal, retraction, workflow
from blog.models import EditLabel, NoticeKind, PostState
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory

pytestmark = pytest.mark.django_db
SURE = {"is_sure": "on"}


@pytest.fixture
def post():
    return PostFactory(published=True)


def press(client, post, name, prefix, **given):
    post.refresh_from_db()
    facts = {"version": post.version, **SURE, **given}
    address = f"/desk/posts/{post.pk}/whole/{name}/"
    answer = client.post(address, {f"{prefix}-{key}": value for key, value in facts.items()})
    post.refresh_from_db()
    return answer


def offered(client, post):
    page = client.get(reverse("blog:desk_whole_post", args=[post.pk])).content.decode()
    names = ("Retract", "Reinstate", "Unpublish", "Remove")
    found = [name for name in names if f">{name} this post</button>" in page]
    return found + ["Publish"] * (">Publish this post again</button>" in page)


def test_the_publisher_is_offered_what_can_be_done_now_and_each_button_does_it(
    post, publisher, client
):
    client.force_login(publisher)
    assert offered(client, post) == ["Retract", "Unpublish", "Remove"]
    press(client, post, "retract", "retract", text="It was invented.")
    assert post.state == PostState.RETRACTED
    assert offered(client, post) == ["Reinstate", "Unpublish", "Remove"]
    press(client, post, "reinstate", "reinstate", text="It was not.")
    assert post.state == PostState.PUBLISHED
    press(client, post, "unpublish", "unpublish", note="")
    assert post.state == PostState.WITHDRAWN
    assert offered(client, post) == ["Remove", "Publish"]
    press(client, post, "publish-again", "again")
    assert post.state == PostState.PUBLISHED
    press(client, post, "remove", "remove", text="A court asked for it.")
    assert post.state == PostState.REMOVED
    assert offered(client, post) == []
    log = client.get(reverse("blog:desk_post", args=[post.pk])).content.decode()
    for told in ("retracted it: It was invented.", "published it again", "removed it: A court"):
        assert told in log


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": "We have retracted this post because […]."}, "complete the text"),
        ({"text": "It was invented.", "is_sure": ""}, "required"),
        ({"text": "It was invented.", "version": 0}, "Somebody else changed this post"),
    ],
)
def test_a_form_that_is_refused_keeps_what_was_typed(post, publisher, client, given, said):
    client.force_login(publisher)
    page = press(client, post, "retract", "retract", **given).content.decode()
    assert said in page
    assert given["text"] in page
    assert post.state == PostState.PUBLISHED


def test_what_was_edited_meanwhile_is_published_with_a_label(post, publisher, client):
    removal.unpublish(post, by=publisher, version=post.version)
    post.refresh_from_db()
    draft = workflow.Draft(post.title, post.summary, "<p>Other words.</p>")
    workflow.write(post, by=publisher, draft=draft, version=post.version)
    client.force_login(publisher)
    press(client, post, "publish-again", "again", label="update", reason="The maker answered.")
    assert (post.head.label, post.head.reason) == (EditLabel.UPDATE, "The maker answered.")
    assert "Other words." in client.get(post.get_absolute_url()).content.decode()


def test_nobody_else_is_shown_the_way_or_enters_it(post, editor, publisher, client):
    way = reverse("blog:desk_whole_post", args=[post.pk])
    overview = reverse("blog:desk_post", args=[post.pk])
    client.force_login(editor)
    assert way not in client.get(overview).content.decode()
    assert client.get(way).status_code == 403
    assert press(client, post, "remove", "remove", text="No.").status_code == 403
    assert not post.notices.filter(kind=NoticeKind.REMOVAL).exists()
    client.force_login(publisher)
    assert way in client.get(overview).content.decode()


def test_the_author_is_told_each_time_in_the_words_for_readers(post, publisher):
    # Given
    author = PersonFactory(author=True)
    post.author.person = author
    post.author.save()
    Letter.objects.all().delete()

    def seen():
        post.refresh_from_db()
        return post.version

    # When
    retraction.retract(post, by=publisher, text="It was invented.", version=seen())
    retraction.reinstate(post, by=publisher, text="It was not.", version=seen())
    removal.unpublish(post, by=publisher, note="We ask the maker.", version=seen())
    removal.publish_again(post, by=publisher, version=seen())
    removal.remove(post, by=publisher, text="A court asked for it.", version=seen())
    # Then
    letters = Letter.objects.filter(to=author.email).order_by("written_at")
    told = ("It was invented.", "It was not.", "We ask the maker.", "", "A court asked for it.")
    assert [words in letter.body for words, letter in zip(told, letters, strict=True)] == [True] * 5
    assert len({letter.subject for letter in letters}) == 5
