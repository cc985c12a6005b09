"""Painting inserts and nothing else: the body comes back byte for byte, the words stay the same."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from blog.markup import BLOCKS, Kind, tokens
from blog.painting import Paint, paint, unpaint
from blog.projection import project
from blog.richtext import clean
from tests.strategies import bodies

KINDS = ["disputed", "corrected", "clarified", "updated", "note"]
NOTES = [
    "",
    '<sup class="mark-ref"><a id="passage-1" href="#d">[disputed]</a></sup>',
    '<span class="editor-note" role="note">Editor: <b>no</b><br>&lt;p&gt; <span>x</span></span>',
]


def paint_of(html, words, name="1", kind="disputed", after=""):
    """A paint on the first place where the words stand in the projected text."""
    start = project(html).text.index(words)
    return Paint(name, start, start + len(words), kind, after)


def marked(html):
    """The words of every mark with its ids, in order."""
    return re.findall(r'<mark class="mark" data-marks="([^"]*)"[^>]*>(.*?)</mark>', html, re.DOTALL)


def without_space(text):
    return "".join(text.split())


@st.composite
def painted_bodies(draw):
    html = draw(bodies)
    length = len(project(html).text)
    border = st.integers(0, length + 2)
    paints = draw(
        st.lists(
            st.builds(
                lambda name, borders, kind, after: Paint(str(name), *sorted(borders), kind, after),
                st.integers(1, 4),
                st.tuples(border, border),
                st.sampled_from(KINDS),
                st.sampled_from(NOTES),
            ),
            max_size=5,
        )
    )
    return html, paints


@settings(max_examples=100, deadline=None)
@given(painted_bodies())
def test_taking_the_paint_off_gives_the_body_back_byte_for_byte(page):
    html, paints = page
    assert unpaint(paint(html, paints)) == html


@settings(max_examples=100, deadline=None)
@given(painted_bodies())
def test_the_words_are_the_same_painted_or_not(page):
    html, paints = page
    assert project(paint(html, paints)).text == project(html).text


@settings(max_examples=100, deadline=None)
@given(painted_bodies())
def test_marks_hold_exactly_the_words_they_are_for(page):
    # Given
    html, paints = page
    text = project(html).text
    # When
    painted = paint(html, paints)
    # Then
    for name in {one.id for one in paints}:
        wanted = {at for one in paints if one.id == name for at in range(one.start, one.end)}
        words = "".join(sign for at, sign in enumerate(text) if at in wanted)
        found = "".join(words for ids, words in marked(painted) if name in ids.split())
        assert without_space(unescape(found)) == without_space(words)


@settings(max_examples=100, deadline=None)
@given(painted_bodies())
def test_painted_html_is_well_formed_and_no_mark_crosses_an_element(page):
    # Given
    html, paints = page
    # When
    painted = paint(html, paints)
    # Then
    open_tags = []
    for token in tokens(painted):
        if token.kind is Kind.OPEN:
            assert token.name not in BLOCKS or "mark" not in open_tags
            open_tags.append(token.name)
        elif token.kind is Kind.CLOSE:
            assert open_tags.pop() == token.name
    assert open_tags == []
    if html:
        tree = lxml_html.fragment_fromstring(painted, create_parent="div")
        assert tree.text_content() is not None


@settings(max_examples=100, deadline=None)
@given(painted_bodies())
def test_no_note_stands_inside_a_link_code_or_small_print(page):
    # Given
    html, paints = page
    # When
    open_tags = []
    notes = 0
    for token in tokens(paint(html, paints)):
        if token.kind is Kind.OPEN:
            if token.has("data-injected"):
                notes += 1
                assert not {"a", "code", "pre", "sub", "sup"} & set(open_tags)
            open_tags.append(token.name)
        elif token.kind is Kind.CLOSE:
            open_tags.pop()
    # Then
    text = project(html).text
    assert notes == sum(1 for one in paints if one.after and text[one.start : one.end].strip("\n"))


@settings(max_examples=100, deadline=None)
@given(painted_bodies())
def test_each_tag_stands_once_and_after_the_last_of_its_words(page):
    # Given one tag a passage, each with a name of its own
    html, paints = page
    named = [
        Paint(f"p{at}", one.start, one.end, one.kind, f"[tag {at}]")
        for at, one in enumerate(paints)
    ]
    text = project(html).text
    # When
    painted = paint(html, named)
    # Then
    for at, one in enumerate(named):
        pieces = list(re.finditer(rf'<mark class="mark" data-marks="[^"]*\bp{at}\b', painted))
        assert painted.count(one.after) == bool(text[one.start : one.end].strip("\n"))
        assert not pieces or pieces[-1].start() < painted.index(one.after)
        if pieces:
            last = painted.index("</mark>", pieces[-1].start())
            assert last < painted.index(one.after)


def test_a_mark_and_its_reference_stand_around_and_after_the_words():
    # Given
    html = "<p>A patch lasts forever, they say.</p>"
    reference = '<sup class="mark-ref"><a id="passage-41" href="#dispute-41">[disputed]</a></sup>'
    # When
    painted = paint(html, [paint_of(html, "A patch lasts forever", "41", after=reference)])
    # Then
    assert painted == (
        '<p><mark class="mark" data-marks="41" data-state="disputed">A patch lasts forever</mark>'
        f"<span data-injected>{reference}</span>, they say.</p>"
    )


def test_overlapping_passages_both_stand_and_the_common_words_carry_both():
    """Scenario 17."""
    # Given
    html = "<ul><li><strong>Needs no</strong> new tube</li><li>No waiting time</li></ul>"
    first = paint_of(html, "Needs no new tube", "1", "clarified", "<sup>[1]</sup>")
    second = paint_of(html, "tube\nNo waiting", "2", "disputed", "<sup>[2]</sup>")
    # When
    painted = paint(html, [first, second])
    # Then
    assert marked(painted) == [
        ("1", "Needs no"),
        ("1", " new "),
        ("1 2", "tube"),
        ("2", "No waiting"),
    ]
    assert '"1 2" data-state="disputed"' in painted
    assert painted.index("[1]") < painted.index("</li>") < painted.index("[2]")
    assert paint(html, [first]) == unpaint_one(painted, html, first)


def unpaint_one(painted, html, kept):
    """Resolving one dispute leaves the mark of the other as it was."""
    return paint(unpaint(painted), [kept])


def test_a_passage_across_bold_a_link_and_two_items_crosses_no_element():
    """Scenario 18."""
    # Given
    html = clean(
        "<ul><li>Ask <strong>the <em>workshop</em></strong> at <a href='https://w.example/'>its"
        " site</a></li><li>first &amp; foremost</li></ul>"
    )
    passage = paint_of(html, "the workshop at its site\nfirst & fore", after="<sup>[x]</sup>")
    # When
    painted = paint(html, [passage])
    # Then
    assert [words for _ids, words in marked(painted)] == [
        "the ",
        "workshop",
        " at ",
        "its site",
        "first &amp; fore",
    ]
    assert 'href="https://w.example/"' in painted
    assert painted.endswith("</mark><span data-injected><sup>[x]</sup></span>most</li></ul>")
    assert unpaint(painted) == html


@pytest.mark.parametrize(
    ("html", "words", "after_what"),
    [
        ('<p>see <a href="/x">our long page</a> now</p>', "our long", "our long page</a>"),
        ("<p>type <code>make pump now</code> there</p>", "pump", "now</code>"),
        ("<pre><code>make pump\nnow</code></pre><p>end</p>", "pump", "now</code></pre>"),
        ("<p>H<sub>2</sub>O</p>", "H2", "2</sub>"),
        ("<p>a <strong><em>dry chain</em></strong> runs</p>", "dry chain", "</em></strong>"),
        ("<p>a <strong>dry chain</strong> runs</p>", "dry", "dry</mark>"),
        ("<ul><li>dry <b>chain</b></li></ul>", "dry chain", "chain</mark></b>"),
    ],
)
def test_a_note_stands_as_near_to_its_words_as_html_allows(html, words, after_what):
    # When
    painted = paint(html, [paint_of(html, words, after="<sup>[x]</sup>")])
    # Then
    place = painted.index("<span data-injected>")
    assert unpaint(painted) == html
    assert re.sub(r"</?mark[^>]*>", "", painted[:place]).endswith(after_what.replace("</mark>", ""))


def test_a_note_on_a_heading_stands_after_it_and_a_reference_within():
    # Given
    html = "<h2>Hubs <em>first</em></h2><p>Then rims.</p>"
    # When
    painted = paint(
        html,
        [
            paint_of(html, "Hubs", "1", "note", "<span>a note</span>"),
            paint_of(html, "Hubs", "2", "disputed", "<sup>[2]</sup>"),
        ],
    )
    # Then
    assert painted == (
        '<h2><mark class="mark" data-marks="1 2" data-state="disputed">Hubs</mark>'
        "<span data-injected><sup>[2]</sup></span> <em>first</em></h2>"
        "<span data-injected><span>a note</span></span><p>Then rims.</p>"
    )


def test_emoji_and_right_to_left_names_before_the_passage_shift_nothing():
    # Given
    html = (
        "<p>\U0001f6b2\U0001f468\u200d\U0001f527 \u05d0\u05d1\u05e8\u05d4\u05dd says: mend it</p>"
    )
    # Then
    assert marked(paint(html, [paint_of(html, "mend it")])) == [("1", "mend it")]


def test_entities_are_marked_whole():
    # Given
    html = "<p>nuts &amp; bolts, 5&nbsp;mm &lt; 6&nbsp;mm</p>"
    # Then
    assert marked(paint(html, [paint_of(html, "& bolts, 5\xa0mm <")])) == [
        ("1", "&amp; bolts, 5&nbsp;mm &lt;")
    ]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 3), (5, 2), (4, 5), (90, 99)])
def test_a_passage_without_words_is_left_out(start, end):
    # Given
    html = "<p>hubs</p><p>rims</p>"
    # Then
    assert paint(html, [Paint("1", start, end, "note", "<sup>x</sup>")]) == html


def test_an_id_can_not_break_out_of_its_attribute():
    # Given
    html = "<p>hub</p>"
    # When
    painted = paint(html, [Paint('"><script>', 0, 3, "note")])
    # Then
    assert "<script>" not in painted
    assert unpaint(painted) == html
