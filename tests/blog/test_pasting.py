"""What people paste comes out as they meant it, in allowed HTML, and stays the same ever after.

Each `pasted/<program>/<what>.html` is what that program puts on the clipboard; beside it stands
what the post then holds.
"""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings

from blog import pasting, richtext
from blog.pasted.addresses import straightened
from tests.blog.test_richtext import assert_harmless
from tests.strategies import hostile_html

FOLDER = Path(__file__).parent / "pasted"
FRAGMENTS = sorted(
    path for path in FOLDER.rglob("*.html") if not path.name.endswith(".expected.html")
)
FEWEST_FRAGMENTS = 60


def named(path: Path) -> str:
    return path.relative_to(FOLDER).with_suffix("").as_posix()


def test_there_are_fragments_of_every_program() -> None:
    assert len(FRAGMENTS) >= FEWEST_FRAGMENTS
    assert {path.parent.name for path in FRAGMENTS} == {
        "gmail",
        "google-docs",
        "medium",
        "pages",
        "web",
        "word",
        "wordpress-block",
        "wordpress-classic",
    }


@pytest.mark.parametrize("path", FRAGMENTS, ids=named)
def test_a_fragment_comes_out_as_it_was_meant_and_stays_so(path: Path) -> None:
    # When
    cleaned = pasting.clean(path.read_text())
    # Then
    assert cleaned == path.with_suffix(".expected.html").read_text().removesuffix("\n")
    assert_harmless(cleaned, richtext.POST_TAGS)
    assert pasting.clean(cleaned) == cleaned
    assert richtext.clean(cleaned) == cleaned


@settings(max_examples=50, deadline=None)
@given(hostile_html)
def test_whatever_is_pasted_comes_out_harmless_and_stable(html: str) -> None:
    cleaned = pasting.clean(html)
    assert_harmless(cleaned, richtext.POST_TAGS)
    assert richtext.clean(cleaned) == cleaned
    assert pasting.clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("address", "straight"),
    [
        ("https://a.example/?a=1&utm_source=x&b=%20#c", "https://a.example/?a=1&b=%20#c"),
        ("https://a.example/?fbclid=x", "https://a.example/"),
        ("https://a.example/?q=a+b&q=c", "https://a.example/?q=a+b&q=c"),
        ("https://a.example/?utmost=1", "https://a.example/?utmost=1"),
        ("https://www.google.com/search?q=https://a.example/", None),
        ("https://www.google.com/url?q=javascript:alert(1)", None),
        ("https://www.google.com/url?sa=t&url=https%3A%2F%2Fa.example%2F", "https://a.example/"),
        ("https://shop.example/?tag=ana-21", None),
        ("mailto:ana@example.org?subject=utm_source=x", None),
        ("/posts/true-a-wheel/?page=2", None),
        ("http://[broken/?utm_source=x", None),
    ],
)
def test_a_link_leads_straight_there_and_keeps_what_it_needs(
    address: str, straight: str | None
) -> None:
    assert straightened(address) == (straight or address)


def test_a_redirect_within_a_redirect_comes_to_an_end() -> None:
    address = "https://a.example/"
    for _ in range(10):
        address = f"https://www.google.com/url?q={address.replace('&', '%26')}&sa=D"
    assert straightened(address).startswith("https://")


@pytest.mark.parametrize("html", ["<b>" * 50_000, "<div><p>x" * 20_000, "<ul><li>" * 20_000])
def test_markup_made_to_be_slow_is_not_slow(html: str) -> None:
    began = time.process_time()
    pasting.clean(html)
    assert time.process_time() - began < 5  # seconds; far more would mean quadratic time


def test_a_picture_that_is_said_to_decorate_stays_so() -> None:
    html = '<p><img src="/images/x/" alt="" role="presentation"></p>'
    assert pasting.clean(html) == richtext.clean(html) == html
