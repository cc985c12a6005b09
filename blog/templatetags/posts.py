"""What templates say about posts."""

import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from blog import happenings, sentences
from blog.differences import compare_words
from blog.models import Notice
from blog.rendering import PostPage
from blog.structured_data import blog_posting

register = template.Library()
register.filter(sentences.notice_label)
register.filter(sentences.told_in_a_line)
register.filter(happenings.in_words)

ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@register.inclusion_tag("blog/_before_after.html")
def before_after(notice: Notice) -> dict[str, object]:
    """The words of a notice before and after, each with what went or came in it."""
    before, after = notice.before, notice.after
    return {"before": before, "after": after, "runs": compare_words(before, after).runs}


@register.simple_tag
def json_ld(page: PostPage, more: SafeString) -> SafeString:
    """The structured data of a post page, in a block that no text can close.

    `more` are the members that other rooms add, or the mark that they take the place of.
    """
    text = json.dumps(blog_posting(page), ensure_ascii=False).translate(ESCAPED)
    text = f"{text.removesuffix('}')}, {more}}}"
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
