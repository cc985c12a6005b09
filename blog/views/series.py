"""Series: their page for readers, and where editors put them in order."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import AuthedRequest, editors_only
from blog import series as rules
from blog import shelves
from blog.forms.series import PartsForm, SeriesForm, facts_of
from blog.models import Post, Series
from blog.views.answers import attempt
from blog.views.public import public_page

ON_A_LIST = 50
PICKABLE_POSTS = 300  # newest posts offered while an editor types; any address may be given
GET_AND_POST = ["GET", "HEAD", "POST"]


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The parts that readers may see, the first one first."""
    series = get_object_or_404(shelves.series_in_use(), slug=slug)
    pages = Paginator(shelves.parts_of(series), ON_A_LIST).get_page(request.GET.get("page"))
    return public_page("blog/series.html", {"series": series, "pages": pages})


@editors_only
@require_http_methods(GET_AND_POST)
def series_list(request: AuthedRequest) -> HttpResponse:
    """All series, and the form that begins another."""
    form = SeriesForm(request.POST or None)
    made = attempt(form, lambda: rules.add(form.facts(), editor=request.user))
    if made:
        messages.success(request, _("The series is begun: now choose its posts."))
        return redirect("blog:desk_series", pk=made.pk)
    counted = Series.objects.annotate(part_count=Count("parts"))
    return render(request, "blog/desk/series_list.html", {"all_series": counted, "form": form})


@editors_only
@require_http_methods(GET_AND_POST)
def series(request: AuthedRequest, pk: int) -> HttpResponse:
    """What a series is called; its posts have a form of their own beside it."""
    series = get_object_or_404(Series, pk=pk)
    form = SeriesForm(request.POST or None, initial=facts_of(series))
    if attempt(form, lambda: rules.change(series, editor=request.user, facts=form.facts())):
        messages.success(request, _("The series is changed."))
        return redirect("blog:desk_series", pk=pk)
    return _desk(request, pk, form, PartsForm(series=series))


@editors_only
@require_POST
def parts(request: AuthedRequest, pk: int) -> HttpResponse:
    """Which posts the series is made of, in which order."""
    series = get_object_or_404(Series, pk=pk)
    form, editor = PartsForm(request.POST, series=series), request.user
    if attempt(form, lambda: rules.put_in_order(series, editor=editor, posts=form.posts())):
        messages.success(request, _("The order is saved."))
        return redirect("blog:desk_series", pk=pk)
    return _desk(request, pk, SeriesForm(initial=facts_of(series)), form)


def _desk(request: AuthedRequest, pk: int, form: SeriesForm, parts: PartsForm) -> HttpResponse:
    """The row is read anew: a form that was refused has changed the copy at hand."""
    facts = {
        "series": get_object_or_404(Series, pk=pk),
        "form": form,
        "parts": parts,
        "posts": Post.objects.order_by("-saved_at").only("slug", "title")[:PICKABLE_POSTS],
    }
    return render(request, "blog/desk/series.html", facts)
