"""The words of a comment: a small Markdown (emphasis, links, quotes, lists, code), nothing else."""

from markdown_it import MarkdownIt

from blog.richtext import clean_comment

_BLOCKS = ("blockquote", "fence", "list")
_INLINES = ("autolink", "backticks", "emphasis", "entity", "escape", "link", "linkify", "newline")


def _reader() -> MarkdownIt:
    reader = MarkdownIt("zero", {"html": False, "linkify": True, "breaks": True})
    reader.enable([*_BLOCKS, *_INLINES])
    assert reader.linkify is not None  # noqa: S101  "linkify" above asks for it
    reader.linkify.set({"fuzzy_email": False})
    return reader


_MARKDOWN = _reader()


def render(text: str) -> str:
    """The comment as safe HTML; tags in `text` come out as the characters they are."""
    return clean_comment(_MARKDOWN.render(text))
