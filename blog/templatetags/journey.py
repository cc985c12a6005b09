"""Where a post stands on its way, for the pages of whoever writes it."""

from django import template

from accounts.models import Person
from blog.journey import journey_of
from blog.models import Post

register = template.Library()


@register.inclusion_tag("blog/write/_journey.html")
def way_of(post: Post, writer: Person, *, is_short: bool = False) -> dict[str, object]:
    """The stages, and what is asked of this person. Needs the post's author loaded."""
    is_own = post.author.person_id == writer.pk
    return {"journey": journey_of(post, for_author=is_own), "is_short": is_short}
