"""Nothing that acts, styles or breaks out survives `clean`, and cleaning twice changes nothing."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from blog import richtext
from tests.strategies import ATTACKS, hostile_html

ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}


class Reader(HTMLParser):
    """Collects every tag and attribute the way another parser sees them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.unbalanced = False
        self.declared = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in {"br", "hr", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.unbalanced |= not self.open or self.open.pop() != tag

    def handle_comment(self, data: str) -> None:
        self.declared = True

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_harmless(html: str, tags: frozenset[str]) -> None:
    page = Reader(html)
    assert (page.unbalanced, page.open, page.declared) == (False, [], False), html
    for tag, attributes in page.found:
        assert tag in tags
        assert attributes.keys() <= ATTRIBUTES.get(tag, set())
        for name in ("href", "src"):
            address = attributes.get(name) or ""
            scheme = re.match(r"[\s\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.-]*):", address)
            assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", html)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    ("clean", "tags"),
    [
        (richtext.clean, richtext.POST_TAGS),
        (richtext.clean_comment, richtext.COMMENT_TAGS),
    ],
)
def test_no_known_attack_survives(attack, clean, tags):
    # When
    cleaned = clean(f"<p>before</p>{attack}<p>after</p>")
    # Then
    assert_harmless(cleaned, tags)
    assert clean(cleaned) == cleaned


@settings(max_examples=400, deadline=None)
@given(hostile_html)
@example("<pre>\n\n\nx</pre>")
@example("<p><button><p>x</button>y")
@example("<a href=/x><object><a href=/y>z")
@example("<table><tr><td><table><caption><a href=/x><table>")
def test_nothing_forbidden_survives_and_cleaning_twice_changes_nothing(html):
    for clean, tags in (
        (richtext.clean, richtext.POST_TAGS),
        (richtext.clean_comment, richtext.COMMENT_TAGS),
    ):
        # When
        cleaned = clean(html)
        # Then
        assert_harmless(cleaned, tags)
        assert clean(cleaned) == cleaned


def test_a_guest_authors_text_passes_unchanged():
    # Given
    body = (
        "<h2>Two ways to mend a puncture</h2>\n"
        '<p>Take it to the <strong>community workshop</strong> &amp; <a href="https://shop.example/'
        'a?b=1&amp;c=2" title="Opening hours" rel="noopener">ask</a>.<br>Or not.</p>\n'
        "<ul>\n<li>Patch</li>\n<li>Glue, 5&nbsp;g<ol><li>open</li></ol></li>\n</ul>\n"
        '<table><thead><tr><th scope="col">Part</th></tr></thead>'
        '<tbody><tr><td colspan="2">tube</td></tr></tbody></table>\n'
        '<figure><img src="/media/tube.jpg" alt="A tube" width="600" height="400">'
        "<figcaption>The tube</figcaption></figure>\n"
        "<blockquote><p>Mend it.</p></blockquote>\n<hr>\n<pre><code>  psi = 60\n</code></pre>"
    )
    # Then
    assert richtext.clean(body) == body


@pytest.mark.parametrize(
    "nothing",
    ["", " \n", "<p></p>", "<p><br></p>", "<p>&nbsp;</p><p></p>", "<div></div>", "<b></b>"],
)
def test_an_empty_editor_gives_an_empty_body(nothing):
    assert richtext.clean(nothing) == ""
    assert richtext.clean_comment(nothing) == ""


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<div>one</div><div>two</div>", "<p>one</p>\n<p>two</p>"),
        ("one\n\ntwo <b>three</b>", "<p>one</p>\n<p>two <b>three</b></p>"),
        ("<b id='doc'><p>one</p><p>two</p></b>", "<p><b>one</b></p>\n<p>two</p>"),
        ("<h1>Brakes</h1><h5>Pads</h5>", "<h2>Brakes</h2>\n<h4>Pads</h4>"),
        ("<dl><dt>Hub</dt><dd>the middle</dd></dl>", "<p>Hub</p>\n<p>the middle</p>"),
        ("<ul><li><div>a</div><div>b</div></li></ul>", "<ul><li>\na\n\nb\n</li></ul>"),
        ("<li>alone</li>", "<p>alone</p>"),
        ("<a>no address</a>", "<p>no address</p>"),
        ("<p>x <img alt='lost'></p>", "<p>x </p>"),
        ("<p><img src='/a.jpg'></p>", '<p><img src="/a.jpg" alt=""></p>'),
        (
            "<table><tr><td colspan='all'>x</table>",
            "<table><tbody><tr><td>x</td></tr></tbody></table>",
        ),
        ("<strike>old</strike>", "<p><s>old</s></p>"),
    ],
)
def test_pasted_markup_becomes_ours_and_no_words_run_together(pasted, kept):
    assert richtext.clean(pasted) == kept


def test_unpaired_surrogates_and_control_characters_do_no_harm():
    assert richtext.clean("<p>a\ud83d b\x01\x0b &#2; \u202e😀\ufeff</p>") == (
        "<p>a\ufffd b  \u202e😀\ufeff</p>"
    )


@pytest.mark.parametrize(
    "html", ["<div>" * 20_000, "<ul><li>\xa0" * 10_000, "<a href=/x><b>" * 8_000]
)
def test_markup_nested_absurdly_deep_is_shown_as_text(html):
    # When
    cleaned = richtext.clean(html)
    # Then
    assert Reader(cleaned).found == [("p", {})]
    assert richtext.clean(cleaned) == cleaned


def test_many_elements_beside_each_other_are_not_deep():
    # Given
    body = "<ul>" + "<li><p>a <b>b</b></p></li>" * 5_000 + "</ul>"
    # Then
    assert richtext.clean(body) == body


def test_links_in_comments_are_marked_as_a_readers():
    # When
    cleaned = richtext.clean_comment('<p>See <a href="https://x.example/" rel="me">this</a></p>')
    # Then
    assert cleaned == (
        '<p>See <a href="https://x.example/" rel="ugc nofollow noopener">this</a></p>'
    )


def test_comments_have_no_images_headings_or_tables():
    # Given
    html = "<h2>Big</h2><img src='/x.jpg' alt='y'><table><tr><td>a</td><td>b</td></tr></table>"
    # Then
    assert richtext.clean_comment(html) == "<p>Big</p>\n<p>a</p>\n<p>b</p>"


def test_plain_text_becomes_paragraphs_with_its_line_breaks():
    # Given
    text = "  First <b>line</b>\r\nsecond & last\n \n\n\nNext \u201cpart\u201d  "
    # Then
    assert richtext.plain_paragraphs(text) == (
        "<p>First &lt;b&gt;line&lt;/b&gt;<br>second &amp; last</p>\n<p>Next \u201cpart\u201d</p>"
    )
    assert richtext.plain_line(text) == (
        "First &lt;b&gt;line&lt;/b&gt;<br>second &amp; last<br><br>Next \u201cpart\u201d"
    )
    assert richtext.plain_paragraphs(" \n ") == ""


@given(st.text())
def test_plain_text_is_always_inert(text):
    assert_harmless(richtext.plain_paragraphs(text), frozenset({"p", "br"}))
    assert_harmless(richtext.plain_line(text), frozenset({"br"}))


@pytest.mark.parametrize(
    ("href", "is_paid"),
    [
        ("https://shop.example/pump", True),
        ("https://www.shop.example/pump", True),
        ("HTTP://SHOP.EXAMPLE:8080/pump", True),
        ("//shop.example./pump", True),
        ("https://me:pw@shop.example/", True),
        ("https://shop.example.evil.example/", False),
        ("https://myshop.example/", False),
        ("https://other.example/?to=https://shop.example/", False),
        ("/posts/shop.example/", False),
        ("mailto:a@shop.example", False),
    ],
)
def test_only_links_to_an_affiliate_host_are_marked_as_paid(href, is_paid):
    # Given
    body = richtext.clean(f'<p><a href="{href}" title="a &amp; b">pump</a></p>')
    # When
    marked, found = richtext.mark_affiliate_links(body, frozenset({"shop.example"}))
    # Then
    assert found is is_paid
    rel = "sponsored noopener" if is_paid else "noopener"
    assert marked == f'<p><a href="{href}" title="a &amp; b" rel="{rel}">pump</a></p>'
    assert richtext.mark_affiliate_links(marked, frozenset({"shop.example"})) == (marked, found)


@settings(max_examples=200, deadline=None)
@given(hostile_html)
def test_marking_affiliate_links_leaves_valid_html(html):
    # When
    marked, _found = richtext.mark_affiliate_links(richtext.clean(html), frozenset({"a.example"}))
    # Then
    assert_harmless(marked, richtext.POST_TAGS)
