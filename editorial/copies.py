"""The same sentence elsewhere: other posts that still say what was corrected in one.

The database looks for texts that hold the rarest-looking words; only those few are read, and only
where the words stand one after the other, whatever their typography, it is a copy.
"""

import re
from dataclasses import dataclass

from blog.anchoring import Quote, locate
from blog.models import Notice, Post

MOST_TRIED = 100  # texts that are read
MOST_SHOWN = 10
TELLING_WORDS = 6  # the longest words of a sentence are asked for
SHORTEST = 3  # words; fewer stand everywhere
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Copy:
    """Another post in which the words stand as they are there."""

    post: Post
    words: str


def elsewhere(notice: Notice | None) -> list[Copy]:
    """Published posts that say now what a notice has changed in its own, in one query.

    Empty where the notice changed no words, or too few to look for.
    """
    sentence = notice.before.split("\n")[0].strip() if notice is not None else ""
    words = sorted(set(_WORD.findall(sentence)), key=len, reverse=True)
    if notice is None or len(_WORD.findall(sentence)) < SHORTEST:
        return []
    posts = Post.objects.published().exclude(pk=notice.post_id).newest_first()
    for word in words[:TELLING_WORDS]:
        posts = posts.filter(head__text__contains=word)
    tried = posts.select_related("head").defer("body", "head__body_html")[:MOST_TRIED]
    copies = (_copy_in(post, sentence) for post in tried)
    return [copy for copy in copies if copy is not None][:MOST_SHOWN]


def _copy_in(post: Post, sentence: str) -> Copy | None:
    text = post.head.text if post.head else ""
    spans = locate(text, Quote(sentence))
    return Copy(post, text[spans[0].start : spans[0].end]) if spans else None
