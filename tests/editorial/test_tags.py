"""A mark beside what has no words to paint: the title, the summary, an image."""

import pytest
from django.urls import reverse

from blog.models import Post
from blog.models.passage import PassageField
from blog.painting import unpaint
from editorial import disputes
from editorial.models import Dispute
from editorial.points import Point, Target
from tests.factories.blog import an_editor
from tests.factories.editorial import BODY, WorkshopPostFactory, point

pytestmark = pytest.mark.django_db
ON_PAGES = ' decoding="async"'  # what images get where they are shown
PICTURE = '<p><a href="https://chains.example/"><img src="/media/chain.jpg" alt="A chain"></a></p>'


def opened(post: Post, target: Target) -> str:
    given: Point = point()
    dispute = disputes.open_dispute(
        post, editor=an_editor(), point=Point(target, given.grounds, given.summary)
    )
    return dispute.public_id


@pytest.mark.parametrize("field", ["title", "summary"])
def test_a_disputed_title_or_summary_has_its_tag_beside_it(client, field):
    """Scenario 23."""
    # Given
    post = WorkshopPostFactory()
    assert "mark-ref" not in client.get(post.get_absolute_url()).content.decode()
    # When
    public_id = opened(post, Target(field=PassageField(field)))
    # Then
    html = client.get(post.get_absolute_url()).content.decode()
    head = html[html.index("<h1>") : html.index('class="byline')]
    assert f'id="mark-{public_id}" href="#dispute-{public_id}"' in head
    assert "[disputed" in head


def test_a_disputed_image_has_its_tag_after_it_and_outside_its_link(client):
    """Scenario 23."""
    # Given
    post = WorkshopPostFactory(body=BODY + PICTURE)
    # When
    public_id = opened(post, Target(field=PassageField.IMAGE, image="/media/chain.jpg"))
    told = client.get(Dispute.objects.get(public_id=public_id).get_absolute_url()).content.decode()
    assert "An image" in told
    assert "The post as a whole" not in told
    # Then
    html = client.get(post.get_absolute_url()).content.decode()
    after = html[html.index("/media/chain.jpg") :]
    assert after.index("</a>") < after.index(f'id="mark-{public_id}"')
    body = html[html.index('class="prose">') + len('class="prose">') :]
    assert post.head.body_html.strip() in unpaint(body).replace(ON_PAGES, "")


def test_an_editor_puts_an_image_of_the_post_under_review(client):
    """Scenario 23."""
    # Given
    post, editor = WorkshopPostFactory(body=BODY + PICTURE), an_editor()
    client.force_login(editor)
    page = reverse("editorial:from_post", args=[post.pk])
    assert "The image “A chain”" in client.get(page).content.decode()
    sent = {"grounds": "image", "summary": "It shows another chain.", "origin": "editor"}
    # When another address is sent
    assert "errorlist" in client.post(page, sent | {"about": "image:/x.jpg"}).content.decode()
    # When
    client.post(page, sent | {"about": "image:/media/chain.jpg"})
    # Then
    passage = Dispute.objects.get().claim.passages.get()
    assert (passage.field, passage.image) == (PassageField.IMAGE, "/media/chain.jpg")
