"""After the rules of reading a text have changed, marks and notes stand where they stood."""

from io import StringIO

import pytest
from django.core.management import call_command

from blog import passages, rendering
from blog.models import Mark, PassagePosition, Post, Revision
from blog.projection import PROJECTION_VERSION
from tests.factories.blog import EditorNoteFactory, PassageFactory, PostFactory, RevisionFactory

pytestmark = pytest.mark.django_db
BODY = (
    "<p>Don\u2019t oil the \u201ctop\u201d run of a chain\u2026</p>"
    "<p>Wipe it \u2013 always \u2013 with a dry cloth.</p>"
)
PLAIN = 'Don\'t oil the "top" run of a chain...\nWipe it - always - with a dry cloth.'
WIPE = "Wipe it \u2013 always \u2013 with a dry cloth"


def reproject(*options: str) -> str:
    said = StringIO()
    call_command("reproject", *options, stdout=said)
    return said.getvalue().strip()


def read_by_older_rules(revision: Revision) -> None:
    """As the projection of some earlier year stored it: with typewriter's quotes and dots."""
    shift = PLAIN.index("Wipe") - revision.text.index("Wipe")
    text = revision.text.replace(BODY[3 : BODY.index("</p>")], PLAIN.split("\n", maxsplit=1)[0])
    text = text.replace("\u2013", "-")
    Revision.objects.filter(pk=revision.pk).update(text=text, projection_version=0)
    for place in revision.positions.exclude(start=None):
        place.start, place.end = place.start + shift, place.end + shift
        place.save()
        where = {"captured_start": place.start, "captured_end": place.end}
        type(place.passage).objects.filter(pk=place.passage_id).update(**where)


def rows() -> list[object]:
    places = PassagePosition.objects.order_by("pk")
    return [*Revision.objects.order_by("pk").values(), *places.values()]


@pytest.fixture
def post() -> Post:
    """Two revisions with a mark and a note, both stored by older rules."""
    post = PostFactory(published=True, body=BODY)
    passage = PassageFactory(post=post, exact=WIPE)
    passages.set_mark(passage, mark=Mark.DISPUTED, reference="abc")
    EditorNoteFactory(post=post, inline=True, words="with a dry cloth", text="Or an old sock.")
    RevisionFactory(post=post, body=f"{BODY}<p>Then ride.</p>")
    for revision in post.revisions.all():
        read_by_older_rules(revision)
    return post


def painted(post: Post) -> str:
    return str(rendering.assemble(rendering.with_page(Post.objects.all()).get(pk=post.pk)).body)


def test_a_new_way_of_reading_keeps_all_marks_and_a_second_run_changes_nothing(post):
    """Scenario 21."""
    # When
    said = reproject()
    # Then
    assert said == "2 texts of 1 posts were read anew; 4 places were kept, 0 were lost."
    for place in PassagePosition.objects.select_related("passage", "revision"):
        words = place.revision.text[place.start : place.end]
        assert words == place.passage.exact
        assert place.status == "exact"
        assert place.revision.projection_version == PROJECTION_VERSION
    assert f">{WIPE.split(' with', maxsplit=1)[0]} " in painted(post)
    assert "Or an old sock." in painted(post)
    for passage in post.passages.all():
        first = passage.captured_revision.text
        assert first[passage.captured_start : passage.captured_end] == passage.exact
    # When
    before = rows()
    said = reproject()
    # Then
    assert said == "0 texts of 0 posts were read anew; 0 places were kept, 0 were lost."
    assert rows() == before


def test_stored_texts_are_sanitised_by_todays_rules_if_asked(post):
    # Given a text from before scripts were thought of
    old = f"<h6>Old heading</h6>{BODY}<script>alert(1)</script>"
    Revision.objects.filter(pk=post.head_id).update(body_html=old)
    Post.objects.filter(pk=post.pk).update(body=old)
    # When
    reproject("--sanitise")
    # Then
    post.refresh_from_db()
    assert "script" not in post.head.body_html
    assert not post.has_unpublished_changes
    assert WIPE.split(" with", maxsplit=1)[0] in painted(post)
    # And
    before = rows()
    assert reproject("--sanitise").startswith("0 texts")
    assert rows() == before


def test_words_that_are_not_read_any_more_are_lost_and_counted(post):
    # Given
    Revision.objects.filter(pk=post.head_id).update(body_html="<p>Nothing of it.</p>")
    # When
    said = reproject()
    # Then
    assert said.endswith("2 places were kept, 2 were lost.")
    assert PassagePosition.objects.in_head().orphans().count() == 2
