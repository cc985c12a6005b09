"""What writing pages say about comments on a draft."""

from django import template

from blog.models import Post

register = template.Library()


@register.inclusion_tag("blog/write/_waiting_comments.html")
def waiting_comments(post: Post) -> dict[str, object]:
    """How many threads are open beside the text; one query."""
    return {"post": post, "number": post.draft_comments.waiting().count()}


@register.inclusion_tag("blog/desk/_waiting_comments.html")
def comments_left_open(post: Post) -> dict[str, object]:
    """The same for whoever is about to accept or publish; one query."""
    return waiting_comments(post)
