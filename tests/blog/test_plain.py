"""Plain text typed without scripts: lists where people mean lists, and no word lost."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog import plain, richtext
from blog.forms.fields import RichTextField
from blog.projection import project

MARK = re.compile(r"[-*•◦▪‣·]|\d{1,3}[.)]")
SIGNS = st.sampled_from(["•", "-", "*", "·"])
WORDS = st.from_regex(r"[a-zé<&]{1,8}( [a-zé<&]{1,8}){0,4}", fullmatch=True)
LINES = st.one_of(
    WORDS,
    WORDS.map("• {}".format),
    WORDS.map("- {}".format),
    WORDS.map("  {}".format),
    st.builds("{}. {}".format, st.integers(1, 12), WORDS),
    st.builds("{}) {}".format, st.integers(1, 3), WORDS),
    st.just(""),
    st.text(max_size=12),
)
TEXTS = st.lists(LINES, max_size=14).map("\n".join)


def words_of(html: str) -> list[str]:
    return [word for word in project(html).text.split() if not MARK.fullmatch(word)]


def test_marked_lines_become_a_list_between_its_paragraphs():
    text = "Advantages:\n• No cost\n• Close to home\nDisadvantages:\n- Loud\n- Cold\n\nThe end."
    assert plain.set_text(text).replace("\n", "") == (
        "<p>Advantages:</p><ul><li>No cost</li><li>Close to home</li></ul>"
        "<p>Disadvantages:</p><ul><li>Loud</li><li>Cold</li></ul><p>The end.</p>"
    )


def test_numbered_lines_become_a_numbered_list_even_with_empty_lines_between():
    text = "First:\n1. Patch\n\n2. Glue\n   and wait\n\n3) Ride"
    assert plain.set_text(text).replace("\n", "") == (
        "<p>First:</p><ol><li>Patch</li><li>Glue and wait</li><li>Ride</li></ol>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "1. January was cold.",
        "- Ann",
        "Said she:\n- Hello.\nSaid he nothing.",
        "1984. A book.\n1985. Another.",
        "3. Third\n4. Fourth",
        "-5 degrees\n-6 degrees",
        "1.5 litres\n2.5 litres",
        "* * *",
        "One line\nand another\n\nA paragraph",
    ],
)
def test_what_is_not_surely_a_list_stays_as_it_was_typed(text):
    assert plain.set_text(text) == richtext.plain_paragraphs(text)


def test_a_post_typed_without_scripts_keeps_its_lists():
    body = RichTextField(label="Text").clean("Bring:\r\n- glue & patches\r\n- time")
    assert body == "<p>Bring:</p>\n<ul><li>glue &amp; patches</li><li>time</li></ul>"


@settings(deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=8), SIGNS)
def test_every_marked_line_is_an_item_with_its_words(items, sign):
    # When
    html = plain.set_text("\n".join(f"{sign} {words}" for words in items))
    # Then
    assert (
        html == f"<ul>{''.join(f'<li>{richtext.plain_line(words)}</li>' for words in items)}</ul>"
    )


@settings(deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=8))
def test_every_numbered_line_is_an_item_in_its_order(items):
    html = plain.set_text("\n".join(f"{n}. {words}" for n, words in enumerate(items, start=1)))
    assert (
        html == f"<ol>{''.join(f'<li>{richtext.plain_line(words)}</li>' for words in items)}</ol>"
    )


@settings(deadline=None)
@given(TEXTS)
def test_no_word_is_lost_and_none_changes_its_place(text):
    set_anew = richtext.clean(plain.set_text(text))
    as_paragraphs = richtext.clean(richtext.plain_paragraphs(text))
    assert words_of(set_anew) == words_of(as_paragraphs)


@settings(deadline=None)
@given(TEXTS)
def test_what_is_set_is_clean_markup_of_few_kinds(text):
    html = plain.set_text(text)
    assert set(re.findall(r"</?([a-z]+)", html)) <= {"p", "br", "ul", "ol", "li"}
    assert words_of(richtext.clean(html)) == words_of(html)
