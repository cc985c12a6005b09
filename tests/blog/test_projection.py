"""What a reader meets as text, and the way back to the HTML it stands in."""

import time
import unicodedata
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.projection import normalise, project
from tests.strategies import articles, bodies


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<p>one</p>\n\n<p>two</p>\n", "one\ntwo"),
        ("<ul>\n<li>No fee</li><li>No wait</li>\n</ul>", "No fee\nNo wait"),
        ("<li>a<ul><li>b</li></ul></li><li>c</li>", "a\nb\nc"),
        ("one<br>two<br>\n<br>three", "one\ntwo\nthree"),
        ("<h2>Hubs</h2>loose<p>set</p>tail", "Hubs\nloose\nset\ntail"),
        ("<tr><th>part</th><td>price</td></tr>", "part\nprice"),
        ("<p>a<hr>b</p>", "a\nb"),
        ("<figure><img src='/a' alt='a wheel'><figcaption>True</figcaption></figure>", "True"),
        ("<p>  a \n\t b  <b> c</b> <i> </i>d </p>", "a b c d"),
        ("<p>wh<b>ee</b>l</p>", "wheel"),
        ("<p>now <del>not </del>free</p>", "now free"),
        ("<pre>  a\n   b </pre><p>c</p>", "  a\n   b \nc"),
        ("<p>5&nbsp;g &amp; &lt;b&gt; &eacute; &#x1F6B2; &#39;</p>", "5\xa0g & <b> é \U0001f6b2 '"),
        ("<p>R&D, AT&T &c; &unknown;</p>", "R&D, AT&T &c; &unknown;"),
        ("<p>a <script>b</script><style>c</style><template>d<p>e</p></template>f</p>", "a f"),
        ("<p>a<span data-injected> Editor: <sup>x</sup><br></span> b</p>", "a b"),
        ("<p>a <mark data-marks='1'>b</mark><sup data-injected>[1]</sup></p>", "a b"),
        ('<p>a <a href="/x data-injected">b</a></p>', "a b"),
        ("<p>a<!-- b -->c</p>", "ac"),
    ],
)
def test_the_text_is_what_a_reader_meets(html, text):
    assert project(html).text == text


@settings(deadline=None)
@given(st.one_of(bodies, articles))
def test_every_segment_leads_to_the_source_of_its_words(html):
    # When
    projection = project(html)
    # Then
    end = source_end = 0
    for segment in projection.segments:
        assert set(projection.text[end : segment.start]) <= {"\n"}
        assert segment.source_start >= source_end
        words = projection.text[segment.start : segment.end]
        source = html[segment.source_start : segment.source_end]
        flowing = source.translate(dict.fromkeys(map(ord, "\t\n\r\f"), " "))
        assert words in {source, flowing, unescape(source)} or (words, source.strip()) == (" ", "")
        assert words
        end, source_end = segment.end, segment.source_end
    assert set(projection.text[end:]) <= {"\n"}


@settings(deadline=None)
@given(bodies)
def test_no_words_run_together_and_none_are_lost(html):
    # Given
    outside_del = html.replace("<del>", "\x00").replace("</del>", "\x01")
    # When
    text = project(html).text
    # Then
    assert text == text.strip(" \n\t") or "<pre>" in html
    if "\x00" not in outside_del and "<pre>" not in html:
        assert "  " not in text
        assert "\n\n" not in text


def test_offsets_count_code_points():
    # Given
    projection = project("<p>\U0001f6b2\U0001f6b2 \u05d0\u05d1 <b>hub</b></p>")
    # Then
    assert projection.text.index("hub") == 6
    assert projection.segments[-1].start == 6


@pytest.mark.parametrize(
    ("typed", "levelled"),
    [
        ("a  b\n\tc\xa0d\u2009e", "a b c d e"),
        ("re\u00adpair\u200b\ufeff \u200b x", "repair x"),
        (
            "\u2018a\u2019 \u201cb\u201d 5\u2032 6\u2033 \u00abc\u00bb `d\u00b4",
            "'a' \"b\" 5' 6\" \"c\" 'd'",
        ),
        ("1\u20132 \u2014 \u22123 non\u2011stop", "1-2 - -3 non-stop"),
        ("wait\u2026", "wait..."),
        ("\ufb01x e\u0301 \uff21", "fix \u00e9 A"),
        ("\u1112\u1161\u11ab", "\ud55c"),
        ("Not NOT no\u0308t", "Not NOT n\u00f6t"),
        ("\u202eabc\u202c \u200fd", "abc d"),
        ("", ""),
    ],
)
def test_typography_is_levelled_and_meaning_is_not(typed, levelled):
    assert normalise(typed).text == levelled


@given(st.text(st.characters(codec="utf-8")))
def test_every_levelled_sign_knows_where_it_came_from(text):
    # When
    level = normalise(text)
    # Then
    assert len(level.index_map) == len(level.text) + 1
    assert level.index_map[-1] == len(text)
    assert len(level.ends) == len(level.text)
    assert list(level.index_map) == sorted(level.index_map)
    for at in range(len(level.text)):
        start, end = level.span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert level.text[at] in normalise(text[start:end]).text


@given(st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x21)))
def test_plain_ascii_is_left_alone_but_for_backticks(text):
    assert normalise(text).text == text.replace("`", "'")


def test_levelled_text_is_composed():
    assert unicodedata.is_normalized("NFC", normalise("Zu\u0308rich co\u0302te\u0301").text)


def test_a_long_text_is_read_in_a_moment():
    # Given
    html = "<p>The hub of a wheel &amp; its <b>axle</b>, 5&nbsp;mm.</p>\n" * 2_000
    started = time.perf_counter()
    # When
    text = project(html).text
    normalise(text)
    # Then
    assert len(text) > 70_000
    assert time.perf_counter() - started < 2
