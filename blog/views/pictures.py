"""The pictures of a post, for those who write it: added, described, put in, replaced, removed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog import images, placed_images
from blog.access import WriterRequest, writers_only
from blog.forms.images import AltForm, FileForm, PutForm, UploadForm, UsesForm
from blog.models import Image, Post
from blog.views.answers import ask, attempt
from blog.views.writing import writable

ON_A_PAGE = 24
GET_AND_POST = ["GET", "HEAD", "POST"]
JSON = "application/json"


@writers_only
@require_http_methods(GET_AND_POST)
def panel(request: WriterRequest, pk: int) -> HttpResponse:
    """The pictures of the text, with their descriptions; those at hand; and room for another."""
    post = _post(request, pk)
    form = UsesForm(request.POST or None, post=post)
    if attempt(form, lambda: placed_images.describe(post, by=request.writer, **form.facts())):
        messages.success(request, _("The descriptions are saved in your text."))
        return redirect("blog:write_pictures", pk=pk)
    return render(request, "blog/write/pictures.html", _facts(request, post, form, UploadForm()))


@writers_only
@require_POST
def upload(request: WriterRequest, pk: int) -> HttpResponse:
    """Take a file; a script gets its address, or a sentence why not."""
    post = _post(request, pk)
    form = UploadForm(request.POST, request.FILES)
    image = attempt(form, lambda: images.upload(post=post, by=request.writer, **form.facts()))
    if request.headers.get("Accept") == JSON:
        return _told(image, form)
    if image:
        messages.success(request, _("The picture is here. Now put it into the text."))
        return redirect("blog:write_picture", pk=pk, key=image.key)
    facts = _facts(request, post, UsesForm(post=post), form)
    return render(request, "blog/write/pictures.html", facts)


@writers_only
@require_safe
def at_hand(request: WriterRequest, pk: int) -> JsonResponse:
    """The newest pictures that can be taken, for the dialog of the editor."""
    found = _at_hand(_post(request, pk), request)[:ON_A_PAGE]
    return JsonResponse({"pictures": [_on_the_shelf(image) for image in found]})


def _on_the_shelf(image: Image) -> dict[str, str]:
    return {
        "src": image.get_absolute_url(),
        "thumbnail": image.thumbnail,
        "alt": image.alt,
        "name": str(image),
    }


def _told(image: Image | None, form: UploadForm) -> JsonResponse:
    if image is None:
        sentences = [str(sentence) for errors in form.errors.values() for sentence in errors]
        return JsonResponse({"error": " ".join(sentences)}, status=422)
    size = {"width": image.width, "height": image.height}
    return JsonResponse({"src": image.get_absolute_url(), "alt": image.alt, **size}, status=201)


@writers_only
@require_http_methods(GET_AND_POST)
def picture(request: WriterRequest, pk: int, key: str) -> HttpResponse:
    """One picture: the words for putting it into the text, and what can be done to it."""
    post, person = _post(request, pk), request.writer
    image = get_object_or_404(_at_hand(post, request), key=key)
    form = PutForm(request.POST or None, initial={"alt": image.alt, "version": post.version})
    if attempt(form, lambda: placed_images.put(image, into=post, by=person, **form.facts())):
        messages.success(request, _("The picture stands at the end of your text now."))
        return redirect("blog:write_pictures", pk=pk)
    return render(request, "blog/write/picture.html", _about(request, post, image, form))


@writers_only
@require_POST
def describe(request: WriterRequest, pk: int, key: str) -> HttpResponse:
    """Set the description that is proposed from now on."""
    image = get_object_or_404(_at_hand(_post(request, pk), request), key=key)
    form = AltForm(request.POST, prefix="proposed")
    if form.is_valid():
        ask(
            request,
            lambda: images.describe(image, by=request.writer, **form.cleaned_data),
            done=_("The description is saved."),
        )
    return redirect("blog:write_picture", pk=pk, key=key)


@writers_only
@require_POST
def replace(request: WriterRequest, pk: int, key: str) -> HttpResponse:
    """Show another picture wherever this one stands."""
    post = _post(request, pk)
    image = get_object_or_404(_at_hand(post, request), key=key)
    form = FileForm(request.POST, request.FILES)
    if attempt(form, lambda: images.replace(image, by=request.writer, **form.facts())):
        messages.success(request, _("The new picture stands in its place everywhere."))
        return redirect("blog:write_picture", pk=pk, key=key)
    facts = _about(request, post, image, PutForm(initial={"version": post.version}))
    return render(request, "blog/write/picture.html", facts | {"file_form": form})


@writers_only
@require_POST
def remove(request: WriterRequest, pk: int, key: str) -> HttpResponse:
    """Delete the picture for good."""
    image = get_object_or_404(_at_hand(_post(request, pk), request), key=key)
    done = _("The picture is removed. Where it stood, its description remains.")
    ask(request, lambda: images.remove(image, by=request.writer), done=done)
    return redirect("blog:write_pictures", pk=pk)


def _post(request: WriterRequest, pk: int) -> Post:
    return get_object_or_404(writable(request.writer), pk=pk)


def _at_hand(post: Post, request: WriterRequest) -> QuerySet[Image]:
    return Image.objects.for_writing(post, request.writer)


def _facts(
    request: WriterRequest, post: Post, form: UsesForm, upload_form: UploadForm
) -> dict[str, object]:
    pages = Paginator(_at_hand(post, request), ON_A_PAGE)
    return {
        "post": post,
        "form": form,
        "upload_form": upload_form,
        "page": pages.get_page(request.GET.get("page")),
        "may_upload": images.may_upload(post, request.writer),
        "may_write": placed_images.may_put(post, request.writer),
        "guest_link": request.guest_link,
    }


def _about(request: WriterRequest, post: Post, image: Image, form: PutForm) -> dict[str, object]:
    return {
        "post": post,
        "image": image,
        "form": form,
        "file_form": FileForm(),
        "alt_form": AltForm(initial={"alt": image.alt}, prefix="proposed"),
        "may_write": placed_images.may_put(post, request.writer),
        "may_change": images.may_change(image, request.writer),
        "users": writable(request.writer).filter(image_uses__image=image).distinct(),
    }
