"""All pictures, for editors: where each stands, and what can be done to it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, editors_only
from blog import images
from blog.filters import fit, holds, sought
from blog.forms.images import AltForm, FileForm
from blog.models import Image
from blog.models.image import ImageQuerySet
from blog.views.answers import ask, attempt

ON_A_PAGE = 30
KINDS = (
    ("", gettext_lazy("All")),
    ("unused", gettext_lazy("In no text")),
    ("removed", gettext_lazy("Removed")),
)
SEARCHED = ("alt", "name", "uploaded_by__name", "uses__post__title")


@editors_only
@require_safe
def pictures(request: AuthedRequest) -> HttpResponse:
    """The newest pictures first; by kind, and by words."""
    kind, words = request.GET.get("kind", ""), fit(request.GET.get("q", ""))
    pages = Paginator(_with_words(_of_kind(kind), words).with_places(), ON_A_PAGE)
    facts = {
        "page": pages.get_page(request.GET.get("page")),
        "kinds": [(name, label, urlencode({"kind": name, "q": words})) for name, label in KINDS],
        "kind": kind,
        "words": words,
        "address": "?" + urlencode({"kind": kind, "q": words}),
    }
    return render(request, "blog/desk/pictures.html", facts)


@editors_only
@require_safe
def picture(request: AuthedRequest, key: str) -> HttpResponse:
    """One picture with the posts it stands in."""
    return render(request, "blog/desk/picture.html", _about(_picture(key)))


@editors_only
@require_POST
def describe(request: AuthedRequest, key: str) -> HttpResponse:
    """Set the description that is proposed from now on."""
    image, form = _picture(key), AltForm(request.POST, prefix="proposed")
    if not attempt(form, lambda: images.describe(image, by=request.user, **form.cleaned_data)):
        return render(request, "blog/desk/picture.html", _about(image) | {"alt_form": form})
    messages.success(request, _("The description is saved."))
    return redirect("blog:desk_picture", key=key)


@editors_only
@require_POST
def replace(request: AuthedRequest, key: str) -> HttpResponse:
    """Show another picture wherever this one stands."""
    image, form = _picture(key), FileForm(request.POST, request.FILES)
    if not attempt(form, lambda: images.replace(image, by=request.user, **form.facts())):
        return render(request, "blog/desk/picture.html", _about(image) | {"file_form": form})
    messages.success(request, _("The new picture stands in its place everywhere."))
    return redirect("blog:desk_picture", key=key)


@editors_only
@require_POST
def remove(request: AuthedRequest, key: str) -> HttpResponse:
    """Delete the picture for good."""
    image = _picture(key)
    done = _("The picture is removed. Where it stood, its description remains.")
    ask(request, lambda: images.remove(image, by=request.user), done=done)
    return redirect("blog:desk_picture", key=key)


def _picture(key: str) -> Image:
    return get_object_or_404(Image.objects.with_places(), key=key)


def _about(image: Image) -> dict[str, object]:
    return {
        "image": image,
        "alt_form": AltForm(initial={"alt": image.alt}, prefix="proposed"),
        "file_form": FileForm(),
    }


def _of_kind(kind: str) -> ImageQuerySet:
    if kind == "unused":
        return Image.objects.unused()
    return Image.objects.exclude(removed_at=None) if kind == "removed" else Image.objects.all()


def _with_words(found: ImageQuerySet, words: str) -> ImageQuerySet:
    asked = Q()
    for word in sought(words):
        asked &= Q(pk__in=Image.objects.filter(holds(word, SEARCHED)).values("pk"))
    return found.filter(asked)
