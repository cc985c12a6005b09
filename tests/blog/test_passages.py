"""Passages: captured where they stand, carried through every edit, never on the wrong words."""

import pytest

from accounts.refusals import Invalid, NotAllowed, WrongMoment
from blog import passages, publishing, workflow
from blog.anchoring import Quote
from blog.models import EditLabel, Mark, PositionStatus, Post
from blog.workflow import Draft
from tests.factories.blog import PostFactory

pytestmark = pytest.mark.django_db

BODY = (
    "<p>Oil the chain every second week. Wipe it first with a dry cloth.</p>"
    "<p>A new chain costs less than a new cassette. Oil the brakes never.</p>"
)
TWICE = "<p>Check the bolts once a month.</p><p>And again: Check the bolts once a month.</p>"


def published(body: str = BODY) -> Post:
    return PostFactory(published=True, body=body)


def edit(post: Post, editor, body: str) -> Post:
    draft = Draft(title=post.title, summary=post.summary, body=body)
    post = workflow.write(post, by=editor, draft=draft, version=post.version)
    publishing.revise(post, by=editor, label=EditLabel.COSMETIC, reason="", base=post.head)
    post.refresh_from_db()
    return post


def quote(words: str, before: str = "", after: str = "") -> Quote:
    return Quote(words, before, after)


def test_a_passage_keeps_its_words_and_neighbours():
    passage = passages.capture(published(), quote=quote("Wipe it first with a dry cloth"))
    assert passage.exact == "Wipe it first with a dry cloth"
    assert passage.prefix.endswith("second week. ")
    assert passage.positions.get().status == PositionStatus.EXACT


def test_words_that_do_not_stand_there_are_refused():
    with pytest.raises(Invalid):
        passages.capture(published(), quote=quote("Wipe it last with a wet sponge"))


@pytest.mark.parametrize("words", ["", "  ", "dry cloth", "a b c", "word " * 200])
def test_too_few_or_too_many_words_are_refused_to_a_reader(words):
    with pytest.raises(Invalid):
        passages.capture(published(), quote=quote(words))


def test_an_editor_may_name_two_words():
    passage = passages.capture(published(), quote=quote("dry cloth"), by_editor=True)
    assert passage.exact == "dry cloth"


def test_words_that_stand_twice_are_asked_about():
    with pytest.raises(passages.Ambiguous) as refusal:
        passages.capture(published(TWICE), quote=quote("Check the bolts once a month"))
    assert len(refusal.value.choices) == 2


def test_a_chosen_copy_is_captured():
    post = published(TWICE)
    with pytest.raises(passages.Ambiguous) as refusal:
        passages.capture(post, quote=quote("Check the bolts once a month"))
    second = refusal.value.choices[1]
    passage = passages.capture(
        post, quote=Quote("Check the bolts once a month", "", "", start=second.start)
    )
    assert passage.captured_start == second.start


def test_a_post_without_a_final_text_has_no_passages():
    with pytest.raises(WrongMoment):
        passages.capture(PostFactory(body=BODY), quote=quote("Wipe it first with a dry cloth"))


def test_a_passage_follows_its_words_when_text_is_put_before(editor):
    # Given
    post = published()
    passage = passages.capture(post, quote=quote("Wipe it first with a dry cloth"))
    # When
    post = edit(post, editor, f"<p>Some words on tools.</p>{BODY}")
    # Then
    assert passages.wording(passage, post.head) == "Wipe it first with a dry cloth"
    assert post.head.positions.get().status == PositionStatus.EXACT


def test_a_changed_passage_says_so(editor):
    post = published()
    passage = passages.capture(post, quote=quote("A new chain costs less than a new cassette"))
    post = edit(post, editor, BODY.replace("costs less", "does not cost less"))
    assert post.head.positions.get().status == PositionStatus.CHANGED
    assert "does not cost less" in passages.wording(passage, post.head)


def test_a_deleted_passage_becomes_an_orphan_and_never_jumps(editor):
    # Given a look-alike elsewhere
    post = published(f"{BODY}<p>Wipe it first with a wet cloth, some say.</p>")
    passage = passages.capture(post, quote=quote("Wipe it first with a dry cloth"))
    # When
    post = edit(post, editor, post.body.replace(" Wipe it first with a dry cloth.", ""))
    # Then
    assert post.head.positions.get().status == PositionStatus.ORPHAN
    assert passages.wording(passage, post.head) == ""


def test_an_orphan_stays_one_through_later_edits_until_an_editor_places_it(editor):
    # Given
    post = published()
    passage = passages.capture(post, quote=quote("Wipe it first with a dry cloth"))
    gone = post.body.replace(" Wipe it first with a dry cloth.", "")
    post = edit(post, editor, gone)
    post = edit(post, editor, gone + "<p>More about oil.</p>")
    assert post.head.positions.get().status == PositionStatus.ORPHAN
    # When
    passages.place(passage, editor=editor, quote=quote("More about oil"))
    # Then
    assert passages.wording(passage, post.head) == "More about oil"
    assert passage.exact == "Wipe it first with a dry cloth"


def test_an_orphan_returns_when_its_words_are_back_in_their_place(editor):
    post = published()
    passage = passages.capture(post, quote=quote("Wipe it first with a dry cloth"))
    post = edit(post, editor, post.body.replace(" Wipe it first with a dry cloth.", ""))
    post = edit(post, editor, BODY)
    assert passages.wording(passage, post.head) == "Wipe it first with a dry cloth"


def test_only_an_editor_places_an_orphan(author):
    post = published()
    passage = passages.capture(post, quote=quote("Wipe it first with a dry cloth"))
    with pytest.raises(NotAllowed):
        passages.place(passage, editor=author, quote=quote("Oil the brakes never"))


def test_a_mark_never_enters_the_text():
    post = published()
    passage = passages.capture(post, quote=quote("Wipe it first with a dry cloth"))
    passages.set_mark(passage, mark=Mark.DISPUTED, reference="dispute-abc")
    post.refresh_from_db()
    assert (post.body, post.head.body_html) == (BODY, BODY)
