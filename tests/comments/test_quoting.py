"""Quoting: words of the post or of a comment, set above what somebody says about them."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.refusals import Invalid
from blog.models import Post
from comments import markdown
from comments.models import PostComment
from comments.words import fit_quote, with_quote
from tests.comments.visitors import HTMX, address, hidden, send, shown
from tests.factories.comments import PostCommentFactory

pytestmark = pytest.mark.django_db
plain = st.text(st.sampled_from("abc \n"), max_size=30).map(str.strip)


def test_a_quote_is_sent_as_a_quotation_above_the_words(client: Client, post: Post) -> None:
    send(client, post, quote="Grease first.\r\n\r\nThen oil.", text="Never.")
    comment = PostComment.objects.get()
    assert comment.comment == "> Grease first.\n>\n> Then oil.\n\nNever."
    assert comment.html.startswith("<blockquote>")
    assert comment.html.endswith("</blockquote>\n<p>Never.</p>")


def test_without_a_quote_nothing_is_added(client: Client, post: Post) -> None:
    send(client, post, quote=" \r\n", text="Never.")
    assert PostComment.objects.get().comment == "Never."


@given(quote=plain.filter(bool), text=plain.filter(bool))
def test_every_quoted_line_stands_in_the_quotation_and_every_own_one_below(
    quote: str, text: str
) -> None:
    html = markdown.render(with_quote(quote, text))
    inside, _end, below = html.partition("</blockquote>")
    assert inside.startswith("<blockquote>")
    assert "<blockquote" not in below
    for whole, words in ((inside, quote), (below, text)):
        for line in words.split("\n"):
            assert " ".join(line.split()) in " ".join(whole.split())


def test_words_that_nobody_said_are_not_refused(client: Client, post: Post) -> None:
    assert send(client, post, quote="As Ovid has it.").status_code == 302


def test_a_quote_stays_when_something_else_is_wrong(client: Client, post: Post) -> None:
    response = send(client, post, quote="Grease first.", text="")
    assert response.status_code == 422
    assert '<details class="comment-form__quote" open>' in shown(response)
    assert "Grease first." in shown(response)


def test_a_quote_is_seen_in_the_preview(client: Client, post: Post) -> None:
    response = send(client, post, quote="Grease first.", text="Never.", preview="1", name="")
    assert "<blockquote>\n<p>Grease first.</p>" in shown(response)
    assert not PostComment.objects.exists()


def test_a_long_quote_is_refused_and_not_cut(client: Client, post: Post) -> None:
    response = send(client, post, quote="x" * 601)
    assert response.status_code == 422
    assert "x" * 601 in shown(response)
    with pytest.raises(Invalid, match="at most 600 characters"):
        fit_quote("x" * 601)
    assert fit_quote("x" * 600)


def test_quote_and_words_are_not_longer_than_a_comment(client: Client, post: Post) -> None:
    response = send(client, post, quote="q" * 600, text="x" * 9_900)
    assert response.status_code == 422
    assert "A comment has at most 10000 characters" in shown(response)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_address_brings_the_quote_and_the_comment_that_it_answers(
    client: Client, headers: dict[str, str]
) -> None:
    parent = PostCommentFactory(published=True, text="Oil it.")
    words = {"quote": 'Oil </textarea><b>"it"', "reply_to": str(parent.pk)}
    response = client.get(address(parent.post), words, headers=headers)
    assert "&lt;/textarea&gt;&lt;b&gt;&quot;it&quot;</textarea>" in response.content.decode()
    assert '<details class="comment-form__quote" open>' in shown(response)
    assert hidden(shown(response), "reply_to") == str(parent.pk)


def test_an_address_brings_no_more_than_a_quote_may_hold(client: Client, post: Post) -> None:
    html = shown(client.get(address(post), {"quote": "\x00" + "é" * 2_000}))
    assert "é" * 599 in html
    assert "é" * 600 not in html


def test_an_open_discussion_offers_to_quote_and_a_closed_one_does_not(
    client: Client, post: Post
) -> None:
    assert "<quote-words" in shown(client.get(post.get_absolute_url()))
    Post.objects.update(discussion="closed")
    assert "<quote-words" not in shown(client.get(post.get_absolute_url()))
