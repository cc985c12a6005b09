"""In which texts an image stands: noted whenever a text is stored."""

from blog.models import Image, ImageUse, Post, Revision
from blog.pictures import keys_in


def note_working_text(post: Post) -> None:
    """Note the images of the working text, and only them; call it when the text was stored."""
    keys = keys_in(post.body)
    ImageUse.objects.filter(post=post, revision=None).exclude(image__key__in=keys).delete()
    _note(keys, post, None)


def note_revision(revision: Revision) -> None:
    """Note the images of a revision, whose text never changes."""
    _note(keys_in(revision.body_html), revision.post, revision)


def _note(keys: set[str], post: Post, revision: Revision | None) -> None:
    if keys:
        found = Image.objects.filter(key__in=keys)
        uses = [ImageUse(image=image, post=post, revision=revision) for image in found]
        ImageUse.objects.bulk_create(uses, ignore_conflicts=True)
