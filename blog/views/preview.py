"""A post as it will look: for those who write it, and for whoever holds a link that shows it."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, editors_only
from blog import previews
from blog.access import WriterRequest, writers_only
from blog.forms.scheduling import PreviewForm
from blog.models import Post, PreviewLink
from blog.views.answers import ask
from blog.views.public import public_page
from blog.views.writing import writable

KEPT_BY_NOBODY = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@writers_only
@require_safe
def post(request: WriterRequest, pk: int) -> HttpResponse:
    """The working text on the page of the post."""
    found = previews.page_of(writable(request.writer), pk)
    if found is None:
        raise Http404
    page, is_head = found
    facts = {"page": page, "post": page.post, "is_head": is_head}
    return render(request, "blog/write/preview.html", facts)


@require_safe
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same for whoever holds a link that works; no login, and no trace."""
    link = previews.opened(token)
    if link is None:
        raise Http404
    response = _shown(link)
    for name, value in KEPT_BY_NOBODY.items():
        response.headers[name] = value
    return response


def _shown(link: PreviewLink) -> HttpResponse:
    """What readers see already is shown at its own address."""
    found = previews.page_of(Post.objects.filter(preview_links__in=_live(link)), link.post_id)
    if found is None:
        return public_page("blog/preview_over.html", {}, status=410)
    page, is_head = found
    if is_head and page.post.is_public:
        return redirect(page.post)
    return public_page("blog/preview.html", {"page": page, "post": page.post, "link": link})


def _live(link: PreviewLink) -> list[PreviewLink]:
    return list(PreviewLink.objects.live().filter(pk=link.pk))


@editors_only
@require_POST
def make(request: AuthedRequest, pk: int) -> HttpResponse:
    post, form = get_object_or_404(Post, pk=pk), PreviewForm(request.POST)
    if form.is_valid():
        days, done = form.cleaned_data["days"], _("The link is made: it stands below.")
        ask(request, lambda: previews.make(post, editor=request.user, days=days), done=done)
    else:
        sentence = _("Please choose between 1 and %(days)d days.")
        messages.error(request, sentence % {"days": settings.PREVIEW_LINK_MAX_DAYS})
    return redirect("blog:desk_post", pk=pk)


@editors_only
@require_POST
def revoke(request: AuthedRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(PreviewLink.objects.select_related("post"), pk=pk)
    done = _("The link is ended.")
    ask(request, lambda: previews.revoke(link, editor=request.user), done=done)
    return redirect("blog:desk_post", pk=link.post_id)
