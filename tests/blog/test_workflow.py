"""What can happen to a post, and what is refused."""

import pytest

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from blog import notes, passages, pasting, publishing, workflow
from blog.anchoring import Quote
from blog.models import EditLabel, NoteKind, Post, PostState
from blog.workflow import Details, Draft
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import NoticeFactory, PostFactory, TopicFactory

pytestmark = pytest.mark.django_db

BODY = "<p>Oil the chain every second week. Wipe it first with a dry cloth.</p>"


def draft(body: str = BODY, title: str = "A quiet chain") -> Draft:
    return Draft(title=title, summary="How to oil.", body=body)


def own_post(author: Person, **fields: object) -> Post:
    return PostFactory(author=ProfileFactory(person=author), body=BODY, **fields)


def accepted_post(editor: Person) -> Post:
    return workflow.accept(PostFactory(body=BODY), editor=editor)


def test_a_post_goes_from_first_line_to_readers(author, editor):
    # Given
    post = workflow.begin(author=ProfileFactory(person=author), by=author, title="A quiet chain")
    # When
    post = workflow.write(post, by=author, draft=draft(), version=post.version)
    post = workflow.submit(post, by=author)
    post = workflow.take_up(post, editor=editor)
    post = workflow.request_changes(post, editor=editor, message="Which oil?")
    post = workflow.submit(post, by=author)
    post = workflow.accept(post, editor=editor)
    post = publishing.publish(post, editor=editor)
    # Then
    assert Post.objects.published().get() == post
    assert [(r.number, r.label, r.body_html) for r in post.revisions.all()] == [
        (1, EditLabel.FIRST, BODY)
    ]
    assert [event.kind for event in post.events.all()] == [
        "begun",
        "submitted",
        "taken_up",
        "changes_requested",
        "submitted",
        "accepted",
        "published",
    ]


@pytest.mark.parametrize("state", [PostState.DRAFT, PostState.SUBMITTED, PostState.IN_REVIEW])
def test_a_post_is_not_published_before_it_is_accepted(editor, state):
    # Given
    post = PostFactory(body=BODY, state=state)
    # When / Then
    with pytest.raises(WrongMoment):
        publishing.publish(post, editor=editor)
    post.refresh_from_db()
    assert (post.state, post.head, post.published_at) == (state, None, None)


def test_publishing_twice_is_refused(editor):
    post = PostFactory(published=True)
    with pytest.raises(WrongMoment):
        publishing.publish(post, editor=editor)
    assert post.revisions.count() == 1


def test_publishing_twice_is_refused_after_readers_were_told_of_an_update(editor):
    post = NoticeFactory().post
    with pytest.raises(WrongMoment):
        publishing.publish(post, editor=editor)


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_only_an_editor_decides_about_a_post(role, editor):
    person = PersonFactory(role=role)
    submitted = PostFactory(body=BODY, state=PostState.SUBMITTED)
    accepted = accepted_post(editor)
    for refused in (
        lambda: workflow.take_up(submitted, editor=person),
        lambda: workflow.request_changes(submitted, editor=person, message="More."),
        lambda: workflow.accept(submitted, editor=person),
        lambda: publishing.publish(accepted, editor=person),
        lambda: workflow.describe(submitted, editor=person, details=Details(slug="x")),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_an_author_writes_only_their_own_posts(author):
    post = PostFactory(body=BODY)
    with pytest.raises(NotAllowed):
        workflow.write(post, by=author, draft=draft("<p>Mine now.</p>"), version=post.version)
    with pytest.raises(NotAllowed):
        workflow.begin(author=post.author, by=author, title="Under another name")


def test_an_author_does_not_write_while_the_editors_read(author):
    post = own_post(author, state=PostState.SUBMITTED)
    with pytest.raises(WrongMoment):
        workflow.write(post, by=author, draft=draft(), version=post.version)


def test_a_save_over_somebody_elses_save_is_refused(author, editor):
    # Given
    post = own_post(author)
    seen = post.version
    workflow.write(post, by=editor, draft=draft("<p>The editor was first.</p>"), version=seen)
    # When / Then
    with pytest.raises(Conflict):
        workflow.write(post, by=author, draft=draft("<p>Too late.</p>"), version=seen)
    post.refresh_from_db()
    assert post.body == "<p>The editor was first.</p>"


def test_what_is_written_is_sanitised(author):
    post = own_post(author)
    hostile = '<p onclick="x()">Oil<script>alert(1)</script></p>'
    post = workflow.write(post, by=author, draft=draft(hostile), version=post.version)
    assert post.body == "<p>Oil</p>"


@pytest.mark.parametrize("title", ["", "   "])
def test_a_post_needs_a_title(author, title):
    post = own_post(author)
    with pytest.raises(Invalid):
        workflow.write(post, by=author, draft=draft(title=title), version=post.version)
    with pytest.raises(Invalid):
        workflow.begin(author=post.author, by=author, title=title)


def test_an_empty_post_is_neither_submitted_nor_accepted(author, editor):
    post = PostFactory(author=ProfileFactory(person=author), body="")
    with pytest.raises(Invalid):
        workflow.submit(post, by=author)
    with pytest.raises(Invalid):
        workflow.accept(post, editor=editor)


def test_readers_keep_the_published_text_until_an_edit_is_published(editor):
    # Given
    post = PostFactory(published=True, body=BODY)
    # When
    post = workflow.write(
        post, by=editor, draft=draft("<p>Something else.</p>"), version=post.version
    )
    # Then
    assert post.head.body_html == BODY
    assert post.has_unpublished_changes


def test_an_author_does_not_change_a_published_post_alone(author):
    post = own_post(author, published=True)
    with pytest.raises(WrongMoment):
        workflow.write(post, by=author, draft=draft("<p>Mine.</p>"), version=post.version)


def test_a_decision_does_not_publish_or_lose_an_edit_that_waits(editor):
    # Given
    post = PostFactory(published=True, body=BODY)
    post = workflow.write(post, by=editor, draft=draft("<p>Waits.</p>"), version=post.version)
    words = {"body": "<p>Decided.</p>", "label": EditLabel.CORRECTION, "reason": "A reader."}
    # When / Then
    with pytest.raises(WrongMoment):
        publishing.reword(post, by=editor, base=post.head, **words)
    post = publishing.drop_changes(post, editor=editor)
    revision = publishing.reword(post, by=editor, base=post.head, **words)
    assert (revision.number, revision.body_html) == (2, "<p>Decided.</p>")
    assert "<p>Waits.</p>" in [event.message for event in post.events.all()]


def test_dropping_nothing_is_refused(editor):
    with pytest.raises(WrongMoment):
        publishing.drop_changes(PostFactory(published=True), editor=editor)


def test_a_cosmetic_edit_moves_no_date_that_readers_see(editor):
    # Given
    post = PostFactory(published=True, body=BODY)
    changed = BODY.replace("second week", "other week")
    post = workflow.write(post, by=editor, draft=draft(changed), version=post.version)
    # When
    publishing.revise(post, by=editor, label=EditLabel.COSMETIC, reason="", base=post.head)
    # Then
    post.refresh_from_db()
    assert (post.updated_at, post.head.number) == (None, 2)


def test_an_edit_that_readers_are_told_of_needs_words_and_moves_the_date(editor):
    # Given
    post = PostFactory(published=True, body=BODY)
    post = workflow.write(post, by=editor, draft=draft("<p>New.</p>"), version=post.version)
    # When / Then
    with pytest.raises(Invalid):
        publishing.revise(post, by=editor, label=EditLabel.UPDATE, reason=" ", base=post.head)
    publishing.revise(post, by=editor, label=EditLabel.UPDATE, reason="New oil.", base=post.head)
    post.refresh_from_db()
    assert post.updated_at >= post.published_at


def test_a_revision_over_another_revision_is_refused(editor):
    # Given
    post = PostFactory(published=True, body=BODY)
    seen = post.head
    post = workflow.write(post, by=editor, draft=draft("<p>One.</p>"), version=post.version)
    publishing.revise(post, by=editor, label=EditLabel.COSMETIC, reason="", base=seen)
    post.refresh_from_db()
    post = workflow.write(post, by=editor, draft=draft("<p>Two.</p>"), version=post.version)
    # When / Then
    with pytest.raises(Conflict):
        publishing.revise(post, by=editor, label=EditLabel.COSMETIC, reason="", base=seen)
    assert post.revisions.count() == 2


def test_a_revision_without_a_change_is_refused(editor):
    post = PostFactory(published=True, body=BODY)
    with pytest.raises(Invalid):
        publishing.revise(post, by=editor, label=EditLabel.COSMETIC, reason="", base=post.head)


def test_a_note_set_before_publication_stands_on_revision_one(editor):
    # Given
    post = accepted_post(editor)
    passage = passages.capture(post, quote=Quote("with a dry cloth", "", ""), by_editor=True)
    note = notes.write_note(
        post, kind=NoteKind.INLINE, editor=editor, text="Not with a wet one.", passage=passage
    )
    longer = draft(f"<p>Before you start, breathe.</p>{BODY}")
    post = workflow.write(post, by=editor, draft=longer, version=post.version)
    # When
    post = publishing.publish(post, editor=editor)
    # Then
    note.passage.refresh_from_db()
    assert [r.number for r in post.revisions.all()] == [1]
    assert note.passage.captured_revision == post.head
    assert passages.wording(note.passage, post.head) == "with a dry cloth"


def test_an_address_is_used_once(editor):
    PostFactory(slug="taken")
    post = PostFactory()
    with pytest.raises(Invalid):
        workflow.describe(post, editor=editor, details=Details(slug="taken"))


def test_a_post_is_never_related_to_itself_and_keeps_the_picked_order(editor):
    # Given
    post, first, second = PostFactory(), PostFactory(), PostFactory()
    topic = TopicFactory()
    details = Details(slug="kept", topics=[topic], related=[second, post, first, second])
    # When
    workflow.describe(post, editor=editor, details=details)
    # Then
    assert [pick.other for pick in post.picks.all()] == [second, first]
    assert list(post.topics.all()) == [topic]


def test_two_posts_with_one_title_get_two_addresses(author):
    profile = ProfileFactory(person=author)
    slugs = [
        workflow.begin(author=profile, by=author, title="A quiet chain").slug for _n in range(3)
    ]
    assert slugs == ["a-quiet-chain", "a-quiet-chain-2", "a-quiet-chain-3"]


def test_saving_a_published_text_makes_no_edit_of_what_pasting_would_tidy(editor):
    # Given
    body = '<p>See <a href="https://a.example/?utm_source=x" rel="noopener">it</a></p>'
    post = PostFactory(published=True, body=body)
    assert post.head.body_html == body
    # When
    tidied = Draft(post.title, post.summary, pasting.clean(body))
    post = workflow.write(post, by=editor, draft=tidied, version=post.version)
    # Then
    assert not post.has_unpublished_changes
