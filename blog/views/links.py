"""The page that says which links of a post are broken, bare or without words."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog import links
from blog.access import WriterRequest, writers_only
from blog.views.answers import ask
from blog.views.writing import writable


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: WriterRequest, pk: int) -> HttpResponse:
    """What is known of the links; the button has their addresses asked."""
    post = get_object_or_404(writable(request.writer), pk=pk)
    if request.method == "POST":
        ask(request, lambda: links.check(post, by=request.writer), done=_("The links are asked."))
        return redirect("blog:write_links", pk=pk)
    facts = {"post": post, "report": links.report(post)}
    fragment = "blog/write/_links.html" if "HX-Request" in request.headers else ""
    return render(request, fragment or "blog/write/links.html", facts)
