"""The page of a post: whose words stand where, and how they are told apart."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html as lxml_html

from blog import notes, notices, passages, rendering
from blog.models import Mark, NoticeKind, Post, PostState, Severity, Shown
from blog.painting import unpaint
from tests.factories.blog import (
    BODY,
    EditorNoteFactory,
    NoticeFactory,
    PassageFactory,
    PostFactory,
    PublicationFactory,
    RelatedPostFactory,
    RevisionFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def page_of(post: Post) -> rendering.PostPage:
    return rendering.assemble(rendering.with_page(Post.objects.all()).get(pk=post.pk))


def words(html: str) -> str:
    return " ".join(lxml_html.fromstring(f"<div>{html}</div>").text_content().split())


def marked(post: Post, exact: str, mark: Mark, reference: str) -> None:
    passages.set_mark(PassageFactory(post=post, exact=exact), mark=mark, reference=reference)


def test_an_inline_note_is_labelled_signed_and_dated_right_after_its_words() -> None:
    # Given
    note = EditorNoteFactory(inline=True, words="spoke wrench", text="Ours hangs by the door.")

    # When
    body = words(page_of(note.post).body)

    # Then
    day = f"{timezone.localtime(note.created_at):%-d %B %Y}"
    said = f"[Editor's note: Ours hangs by the door. \u2013 {note.byline.name}, {day}]"
    assert f"A spoke wrench {said} is all it takes." in body


def test_a_note_does_not_part_a_full_stop_from_its_sentence() -> None:
    # Given
    note = EditorNoteFactory(inline=True, words="before the tyre goes on")

    # When
    body = page_of(note.post).body

    # Then
    assert "before the tyre goes on.</mark><span data-injected>" in body


def test_taking_out_what_was_drawn_gives_the_text_back() -> None:
    # Given
    note = EditorNoteFactory(inline=True)
    marked(note.post, "True the wheel", Mark.DISPUTED, "k4t9")

    # When
    body = page_of(note.post).body

    # Then
    assert body != BODY
    assert unpaint(body) == BODY


def test_a_note_is_text_and_never_markup() -> None:
    # Given
    note = EditorNoteFactory(inline=True, text="<script>alert(1)</script> & so on")

    # When
    body = page_of(note.post).body

    # Then
    assert "<script>" not in body
    assert "alert(1)&lt;/script&gt; &amp; so on" in body


def test_a_reworded_note_shows_at_once(editor) -> None:
    # Given
    note = EditorNoteFactory(inline=True, text="Ask in the workshop.")
    assert "Ask in the workshop." in page_of(note.post).body

    # When
    notes.reword_note(note, editor=editor, text="Ask at the counter.")

    # Then
    assert "Ask at the counter." in page_of(note.post).body
    assert "Ask in the workshop." not in page_of(note.post).body


def test_a_withdrawn_note_is_gone_at_once(editor) -> None:
    # Given
    note = EditorNoteFactory(inline=True)
    assert page_of(note.post).body != BODY

    # When
    notes.withdraw_note(note, editor=editor)

    # Then
    assert page_of(note.post).body == BODY
    assert page_of(note.post).strays == []


def test_a_note_whose_words_are_gone_stands_after_the_text() -> None:
    # Given
    note = EditorNoteFactory(inline=True, words="spoke wrench")

    # When
    RevisionFactory(post=note.post, body="<p>Look at the rim while the wheel turns.</p>")

    # Then
    page = page_of(note.post)
    assert page.strays == [note]
    assert page.body == "<p>Look at the rim while the wheel turns.</p>"


def test_a_disputed_passage_wears_a_bracketed_word_that_leads_to_the_dispute() -> None:
    # Given
    post = PostFactory(published=True)
    marked(post, "spoke wrench", Mark.DISPUTED, "k4t9")

    # When
    (link,) = lxml_html.fromstring(page_of(post).body).xpath("//a[@class='mark-ref']")

    # Then
    assert link.get("href") == "#dispute-k4t9"
    assert link.get("id") == "mark-k4t9"
    assert link.text == "[disputed"


def test_a_clarified_passage_leads_to_its_notice_and_the_notice_back() -> None:
    # Given
    post = PostFactory(published=True)
    notice = NoticeFactory(post=post, kind=NoticeKind.CLARIFICATION)
    marked(post, "spoke wrench", Mark.CLARIFIED, notice.public_id)

    # When
    page = page_of(post)

    # Then
    assert f'href="#notice-{notice.public_id}"' in page.body
    assert page.marked == {notice.public_id}


def test_a_mark_whose_notice_was_superseded_leads_to_the_log() -> None:
    # Given
    post = PostFactory(published=True)
    old = NoticeFactory(post=post)
    marked(post, "spoke wrench", Mark.UPDATED, old.public_id)

    # When
    notices.supersede(old, by=NoticeFactory(post=post))

    # Then
    assert f'href="/corrections/{old.public_id}/"' in page_of(post).body


def test_two_passages_of_one_dispute_have_ids_of_their_own_that_count_nothing() -> None:
    # Given
    post = PostFactory(published=True)
    marked(post, "True the wheel", Mark.DISPUTED, "k4t9")
    marked(post, "spoke wrench", Mark.DISPUTED, "k4t9")

    # When
    links = lxml_html.fragments_fromstring(page_of(post).body)
    ids = [link.get("id") for part in links if not isinstance(part, str) for link in part.iter("a")]

    # Then
    assert ids == ["mark-k4t9", "mark-k4t9-2"]


def test_introduction_and_closing_note_stand_apart_from_the_text() -> None:
    # Given
    post = PostFactory(published=True)
    closing = EditorNoteFactory(post=post)
    introduction = EditorNoteFactory(post=post, introduction=True)

    # When
    page = page_of(post)

    # Then
    assert (page.introductions, page.closings) == ([introduction], [closing])
    assert page.body == BODY


@pytest.mark.parametrize(
    ("severity", "on_top"),
    [(Severity.MINOR, False), (Severity.SIGNIFICANT, True), (Severity.PREMISE, True)],
)
def test_a_notice_stands_where_its_gravity_puts_it(severity: Severity, on_top: bool) -> None:
    # Given
    notice = NoticeFactory(severity=severity)

    # When
    page = page_of(notice.post)

    # Then
    assert page.lines == ([notice] if on_top else [])
    assert page.endings == ([] if on_top else [notice])
    assert page.notices == [notice]


def test_an_expression_of_concern_stands_before_the_title() -> None:
    # Given
    notice = NoticeFactory(kind=NoticeKind.CONCERN, severity=Severity.SIGNIFICANT)

    # When
    page = page_of(notice.post)

    # Then
    assert page.banners == [notice]
    assert page.lines == []


def test_a_superseded_notice_has_left_the_page() -> None:
    # Given
    old = NoticeFactory()
    new = NoticeFactory(post=old.post)

    # When
    notices.supersede(old, by=new)

    # Then
    assert page_of(old.post).notices == [new]


def test_a_title_whose_premise_fell_says_so() -> None:
    # Given
    post = PostFactory(published=True, title="Never oil a chain")
    before = post.head
    after = RevisionFactory(post=post)

    # When
    NoticeFactory(
        post=post,
        kind=NoticeKind.CORRECTION,
        severity=Severity.PREMISE,
        revision_before=before,
        revision_after=after,
    )

    # Then
    assert page_of(post).title == "Corrected: Never oil a chain"


def test_a_retracted_title_says_so() -> None:
    # Given
    post = PostFactory(published=True, title="Never oil a chain")

    # When
    Post.objects.filter(pk=post.pk).update(state=PostState.RETRACTED)

    # Then
    assert page_of(post).title == "Retracted: Never oil a chain"


@pytest.mark.parametrize(
    ("shown", "by_topic", "by_link", "expected"),
    [
        (Shown.AUTO, False, False, False),
        (Shown.AUTO, True, False, True),
        (Shown.AUTO, False, True, True),
        (Shown.ALWAYS, False, False, True),
        (Shown.NEVER, True, True, False),
    ],
)
def test_the_disclosure_stands_by_rule(
    shown: Shown, by_topic: bool, by_link: bool, expected: bool
) -> None:
    # Given
    PublicationFactory(disclosure_html="<p>Paid links.</p>", affiliate_hosts="shop.example")
    link = '<p><a href="https://shop.example/oil">Oil</a></p>' if by_link else ""
    topics = [TopicFactory(shows_disclosure=by_topic)]
    post = PostFactory(published=True, disclosure=shown, body=BODY + link, topics=topics)

    # When
    disclosure = page_of(post).disclosure

    # Then
    assert disclosure == ("<p>Paid links.</p>" if expected else "")


@pytest.mark.parametrize(
    ("shown", "by_topic", "expected"),
    [
        (Shown.AUTO, False, False),
        (Shown.AUTO, True, True),
        (Shown.ALWAYS, False, True),
        (Shown.NEVER, True, False),
    ],
)
def test_the_disclaimer_stands_by_rule(shown: Shown, by_topic: bool, expected: bool) -> None:
    # Given
    PublicationFactory(disclaimer_html="<p>Check your brakes.</p>")
    topics = [TopicFactory(shows_disclaimer=by_topic)]
    post = PostFactory(published=True, disclaimer=shown, topics=topics)

    # When
    disclaimer = page_of(post).disclaimer

    # Then
    assert disclaimer == ("<p>Check your brakes.</p>" if expected else "")


def test_the_invitation_of_a_post_comes_before_that_of_the_site() -> None:
    # Given
    PublicationFactory(invitation="What do you think?")
    plain = PostFactory(published=True)
    asking = PostFactory(published=True, invitation="Which oil do you use?")

    # Then
    assert page_of(plain).invitation == "What do you think?"
    assert page_of(asking).invitation == "Which oil do you use?"


def test_the_host_is_not_introduced_twice_on_her_own_post() -> None:
    # Given
    post = PostFactory(published=True)

    # When
    PublicationFactory(host=post.author)

    # Then
    assert page_of(post).host is None


def test_picked_posts_come_first_then_those_that_share_most_topics() -> None:
    # Given
    wheels, winter = TopicFactory(), TopicFactory()
    post = PostFactory(published=True, topics=[wheels, winter])
    shares_one = PostFactory(published=True, topics=[wheels])
    shares_two = PostFactory(published=True, topics=[wheels, winter])
    PostFactory(published=True)
    picked = RelatedPostFactory(post=post).other

    # When
    related = page_of(post).related

    # Then
    assert related == [picked, shares_two, shares_one]


def test_related_posts_are_public_and_never_the_post_itself() -> None:
    # Given
    wheels = TopicFactory()
    post = PostFactory(published=True, topics=[wheels])
    PostFactory(topics=[wheels])
    PostFactory(published=True, topics=[wheels], at=timezone.now() + timedelta(days=2))
    RelatedPostFactory(post=post, other=PostFactory())

    # When
    related = page_of(post).related

    # Then
    assert related == []
