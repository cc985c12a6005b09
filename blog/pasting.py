"""What people paste from other programs, as they meant it, in the HTML that a post may have.

`clean` is what forms and the editor use for text from outside: it reads the habits of Word, Google
Docs, Pages, mail programs, WordPress and web pages (`blog/pasted/`), then lets `richtext.clean`
decide what stays. Its own results it leaves as they are.
"""

import re

from blog import richtext
from blog.pasted import (
    addresses,
    figures,
    lists,
    mail,
    paragraphs,
    spaces,
    styles,
    tables,
    tree,
    word,
)

MOST_PASSES = 4
_COMMENT = re.compile(r"<!--(?!-?>).*?--!?>", re.DOTALL)  # Word describes all its styles in one
STEPS = (
    spaces.converted,
    mail.read,
    figures.read,
    word.read,
    styles.read,
    addresses.read,
    tables.read,
    lists.put_in_place,
    paragraphs.read,
    spaces.read,
)


def clean(html: str) -> str:
    """Clean any pasted HTML; what is clean stays the same byte for byte."""
    html = _COMMENT.sub("", richtext.whole(html))
    if richtext.is_too_deep(html):
        return richtext.clean(html)
    for _ in range(MOST_PASSES):
        before, html = html, richtext.clean(_read(html))
        if html == before:
            break
    return html


def _read(html: str) -> str:
    root = tree.read(figures.spell_out(html))
    for step in STEPS:
        step(root)
    return tree.write(root.children)
