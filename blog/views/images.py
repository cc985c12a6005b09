"""Images for readers: at an address that stays, and their files at addresses that never change.

What is answered has the type of our own table, and can do nothing in a browser but be looked at.
"""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from blog.models import Image
from blog.models.image import SUFFIXES

TYPES = {suffix: content_type for content_type, suffix in SUFFIXES.items()}
FOR_A_WHILE = "public, max-age=300"
FOR_EVER = "public, max-age=31536000, immutable"
HARMLESS = "default-src 'none'; sandbox"
GONE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180" width="320" height="180">'
    '<rect width="320" height="180" fill="#8883"/>'
    '<path d="M120 60h80v60h-80z M120 108l24-22 18 14 14-12 24 20" fill="none" stroke="#888"'
    ' stroke-width="3"/></svg>'
)


@require_safe
def image(request: HttpRequest, key: str) -> HttpResponseBase:
    """The image as it is now, or a drawing in the place of one that was removed."""
    image = get_object_or_404(Image.objects.with_use(), key=key)
    if image.removed_at is not None:
        gone = HttpResponse(GONE, status=410, content_type="image/svg+xml")
        return _harmless(gone, image, FOR_A_WHILE)
    etag = quote_etag(image.sha256[:32])
    same = get_conditional_response(request, etag=etag)
    response = same or _file(image.file)
    response["ETag"] = etag
    return _harmless(response, image, FOR_A_WHILE)


@require_safe
def file(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """One file of the image; of a file that was replaced, the way to the image as it is now."""
    image = get_object_or_404(Image.objects.with_use(), key=key)
    wanted = f"images/{key}/{name}"
    if wanted not in image.files():
        return _harmless(redirect(image), image, FOR_A_WHILE)
    return _harmless(_file(wanted), image, FOR_EVER)


def _file(name: str) -> FileResponse:
    try:
        opened = default_storage.open(name)
    except FileNotFoundError as missing:
        raise Http404 from missing
    return FileResponse(opened, content_type=TYPES[name.rpartition(".")[2]])


def _harmless(response: HttpResponseBase, image: Image, kept: str) -> HttpResponseBase:
    response["Cache-Control"] = kept
    response["Content-Security-Policy"] = HARMLESS
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # feeds are read elsewhere
    response["Content-Disposition"] = "inline"
    if not image.is_public:  # known to those who write, and to nobody who searches
        response["X-Robots-Tag"] = "noindex"
    return response
