"""Pictures in templates: the dialog of the editor, and texts that are not a whole post page."""

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from blog import images, shown_images
from blog.models import Post

register = template.Library()


@register.inclusion_tag("blog/write/_picture_dialog.html")
def picture_dialog(post: Post) -> dict[str, object]:
    """Where a writer gives a picture, and says what it shows."""
    most = settings.IMAGE_MAX_BYTES
    return {"post": post, "most": most, "too_large": images.too_large_sentence(most)}


@register.filter
def pictures_html(html: str) -> SafeString:
    """A stored text, sanitised as all of them are, with its pictures as readers get them."""
    return shown_images.put_in(mark_safe(html), shown_images.of_text(html))
