"""The rich-text editor offers what the allow-list keeps, and needs no inline script or style."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from accounts.models import Person
from blog import richtext
from blog.forms.fields import LONGEST_TEXT, LineField, RichTextField
from tests.factories.blog import PostFactory

SCRIPT = (Path(settings.BASE_DIR) / "static/js/write-editor.js").read_text()
SCRIPT += (Path(settings.BASE_DIR) / "static/js/write-signs.js").read_text()
KEPT_BY_THE_EDITOR = {
    # what the editor writes for each tool of its bar
    "Bold": "<p><strong>x</strong></p>",
    "Italic": "<p><em>x</em></p>",
    "Underline": "<p><u>x</u></p>",
    "Strike": "<p><s>x</s></p>",
    "Subscript": "<p><sub>x</sub></p>",
    "Superscript": "<p><sup>x</sup></p>",
    "Code": "<p><code>x</code></p>",
    "CodeBlock": "<pre><code>x</code></pre>",
    "Blockquote": "<blockquote><p>x</p></blockquote>",
    "HorizontalRule": "<p>x</p>\n<hr>",
    "BulletList": "<ul><li>x</li></ul>",
    "OrderedList": "<ol><li>x</li></ol>",
    "Heading": "<h2>x</h2>\n<h3>x</h3>\n<h4>x</h4>",
    "Link": '<p><a href="https://a.example/" rel="noopener">x</a></p>',
    "Figure": '<figure><img src="/x.png" alt="x"><figcaption>x</figcaption></figure>',
    "insertion": "<p><ins>x</ins></p>",
    "deletion": "<p><del>x</del></p>",
}


@pytest.mark.parametrize("tool", KEPT_BY_THE_EDITOR)
def test_the_server_keeps_what_the_editor_can_write(tool: str) -> None:
    html = KEPT_BY_THE_EDITOR[tool]
    assert tool in SCRIPT
    assert richtext.clean(html) == html


def test_a_table_of_the_editor_is_kept() -> None:
    html = "<table><tbody><tr><th>a</th></tr><tr><td>b</td></tr></tbody></table>"
    assert richtext.clean(html) == html


def test_the_editors_library_is_served_by_us() -> None:
    assert finders.find("django_prose_editor/editor.js")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  \n ", ""),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<p>One.</p>", "<p>One.</p>"),
        ("Loose <strong>HTML</strong>", "<p>Loose <strong>HTML</strong></p>"),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_plain_text_and_html_are_both_understood(typed: str, kept: str) -> None:
    assert RichTextField(label="Text").clean(typed) == kept


def test_a_text_that_is_too_long_is_refused_whole_and_never_cut() -> None:
    with pytest.raises(Exception, match="at most 400000 characters"):
        RichTextField(label="Text").clean("x" * (LONGEST_TEXT + 1))


def test_a_line_holds_no_line_break() -> None:
    assert LineField().clean(" One\r\nTwo\t three ") == "One Two three"


@pytest.mark.django_db
def test_the_page_of_the_editor_has_no_inline_script_or_style(editor: Person) -> None:
    # Given
    client, post = Client(), PostFactory()
    client.force_login(editor)
    # When
    response = client.get(f"/write/{post.pk}/")
    # Then
    page = response.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page)
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "nonce" not in policy
