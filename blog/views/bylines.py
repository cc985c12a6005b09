"""The names on a post."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import AuthedRequest, editors_only
from blog.bylines import sign
from blog.forms.bylines import BylinesForm
from blog.models import Post
from blog.views.answers import attempt


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def signed(request: AuthedRequest, pk: int) -> HttpResponse:
    """Who signs beside the first author, as what, and in which order."""
    post = get_object_or_404(Post.objects.select_related("author", "head"), pk=pk)
    form = BylinesForm(request.POST or None, post=post)
    if attempt(form, lambda: sign(post, editor=request.user, signatures=form.signatures())):
        messages.success(request, _("The names are saved."))
        return redirect("blog:desk_signed", pk=pk)
    return render(request, "blog/desk/signed.html", {"post": post, "form": form})
