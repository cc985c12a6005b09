"""The words of a comment."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.richtext import clean_comment
from comments.markdown import render


def test_emphasis_links_quotes_lists_and_code_are_understood() -> None:
    # Given
    text = "*soft* **loud** `true`\n\n> said\n\n1. one\n2. two\n\n- a\n\n```\n<b>\n```"
    # Then
    assert render(text) == (
        "<p><em>soft</em> <strong>loud</strong> <code>true</code></p>\n"
        "<blockquote>\n<p>said</p>\n</blockquote>\n"
        "<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n"
        "<ul>\n<li>a</li>\n</ul>\n"
        "<pre><code>&lt;b&gt;\n</code></pre>"
    )


def test_three_numbered_points_become_a_list_without_a_blank_line_before_them() -> None:
    assert "<ol>" in render("Three things are wrong.\n1. The tyre\n2. The spoke\n3. The hub")


def test_a_line_break_stays_one() -> None:
    assert render("One\nTwo") == "<p>One<br>\nTwo</p>"


def test_a_link_says_that_a_reader_set_it() -> None:
    rel = 'rel="ugc nofollow noopener"'
    assert (
        render("[here](https://a.example/)")
        == f'<p><a href="https://a.example/" {rel}>here</a></p>'
    )
    assert render("https://a.example/") == (
        f'<p><a href="https://a.example/" {rel}>https://a.example/</a></p>'
    )


def test_an_e_mail_address_in_the_text_is_not_made_a_link() -> None:
    assert render("Write to ana@example.org") == "<p>Write to ana@example.org</p>"


@pytest.mark.parametrize(
    "text",
    [
        "# big",
        "![x](https://a.example/x.png)",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "---",
    ],
)
def test_everything_else_stays_the_characters_it_is(text: str) -> None:
    html = render(text)
    for tag in (
        "<h1",
        "<img",
        "<script",
        "<table",
        "<hr",
        'javascript:alert(1)"',
        'data:text/html,x"',
    ):
        assert tag not in html


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_whatever_is_typed_comes_out_clean(text: str) -> None:
    html = render(text)
    assert clean_comment(html) == html


@pytest.mark.parametrize("piece", ["*", "[", "> ", "`", "<", "](x", "*_", "&", "a.b.", "- ", "1. "])
def test_the_longest_comment_of_the_worst_kind_takes_no_long_time(piece: str) -> None:
    # Given
    text = (piece * 10_000)[:10_000]
    # When
    start = time.process_time()
    render(text)
    # Then
    assert time.process_time() - start < 3
