"""Finding words in one discussion: published comments alone, flat, each with its place."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from blog.filters import holds
from blog.models import Post
from blog.projection import project
from comments.models import PostComment
from comments.words import storable

MOST_SHOWN = 100
MOST_WORDS, MOST_CHARACTERS = 8, 100  # of what is asked for
EXCERPT, LEAD = 600, 150  # characters shown, and how many of them before the first word found


@dataclass(frozen=True)
class Hit:
    """One comment, and the words of it around what was asked for."""

    comment: PostComment
    excerpt: SafeString


class Found:
    """The newest comments that hold all of these words, in any order and in any case."""

    def __init__(self, post: Post, asked: str) -> None:
        self._post = post
        self.asked = storable(asked, most=MOST_CHARACTERS).strip()
        self.words = list(dict.fromkeys(self.asked.split()))[:MOST_WORDS]

    @property
    def hits(self) -> list[Hit]:
        return [Hit(one, excerpt(one.html, self.words)) for one in self._comments[:MOST_SHOWN]]

    @property
    def are_all_shown(self) -> bool:
        return len(self._comments) <= MOST_SHOWN

    @cached_property
    def _comments(self) -> list[PostComment]:
        """One more than is shown, to know whether there are more."""
        if not self.words:
            return []
        comments = PostComment.objects.filter(post=self._post).published().select_related("user")
        for word in self.words:
            comments = comments.filter(holds(word, ["comment"]))
        return list(comments.order_by("-pk")[: MOST_SHOWN + 1])


def excerpt(html: str, words: list[str]) -> SafeString:
    """The text around the first word, as safe HTML with every word marked."""
    text = project(html).text
    sought = re.compile("|".join(map(re.escape, words)) or r"(?!)", re.IGNORECASE)
    first = sought.search(text)
    start = max(0, first.start() - LEAD) if first else 0
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = start + EXCERPT
    end = max(text.rfind(" ", start, end), start + LEAD * 2) if len(text) > end else len(text)
    cut = text[start:end]
    lead, tail = "… " if start else "", " …" if end < len(text) else ""
    return format_html("{}{}{}", lead, _marked(cut, sought), tail)


def _marked(text: str, sought: re.Pattern[str]) -> SafeString:
    pieces, end = [], 0
    for hit in sought.finditer(text):
        pieces.append((text[end : hit.start()], hit[0]))
        end = hit.end()
    marked = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}", marked, text[end:])
