"""What a text says of its images: described, only decorating, or not said yet."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog import pasting, pictures, richtext
from blog.pictures import Said

KEY = "abcdefghijklmnopqrstuv"
OURS = f"/images/{KEY}/"


def use(src: str = OURS, more: str = ' alt="A wheel"') -> str:
    return f'<p><img src="{src}"{more}></p>'


def test_a_use_without_words_is_told_from_one_that_only_decorates():
    html = richtext.clean(
        use(more=' alt="A wheel"')
        + use("/a.png", ' alt=" "')
        + use("/b.png", "")
        + use("/c.png", ' alt="" role="presentation"')
        + use("/a.png", ' alt=""')
    )
    for text in (html, pasting.clean(html)):
        assert [one.src for one in pictures.undescribed(text)] == ["/a.png", "/b.png", "/a.png"]


@pytest.mark.parametrize("role", ["img", "button", "alert", "none presentation", ""])
def test_no_other_role_is_kept_and_none_elsewhere(role):
    assert "role" not in richtext.clean(use(more=f' alt="x" role="{role}"'))
    assert "role" not in richtext.clean('<p role="presentation">Words.</p>')


@pytest.mark.parametrize(
    "src",
    ["https://elsewhere.example/images/abcdefghijklmnopqrstuv/", "/images/short/", f"{OURS}x.jpg"],
)
def test_only_our_own_addresses_have_a_key(src):
    assert pictures.key_of(src) is None
    assert pictures.key_of(OURS) == KEY
    assert pictures.keys_in(use() + use(src)) == {KEY}


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]))


@settings(max_examples=50, deadline=None)
@given(words=words, caption=words, is_decorative=st.booleans())
def test_a_figure_says_what_was_said_of_it(words, caption, is_decorative):
    # Given
    html = richtext.clean(pictures.figure(OURS, Said(words, is_decorative, caption)))
    # Then
    (found,) = pictures.uses_in(html)
    assert found.is_decorative == is_decorative
    assert found.description == ("" if is_decorative else words)
    # and said anew
    again = richtext.clean(pictures.with_descriptions(html, [Said("A wheel")]))
    assert [one.description for one in pictures.uses_in(again)] == ["A wheel"]
    assert richtext.clean(again) == again


def test_descriptions_are_set_one_for_each_use_and_nothing_else_changes():
    html = use(more=' alt="1" width="20"') + "<p>Words &amp; more.</p>" + use(more=' alt="2"')
    said = [Said("", is_decorative=True), Said('A "wheel"')]
    assert pictures.with_descriptions(html, said) == (
        use(more=' width="20" alt="" role="presentation"')
        + "<p>Words &amp; more.</p>"
        + use(more=' alt="A &quot;wheel&quot;"')
    )
