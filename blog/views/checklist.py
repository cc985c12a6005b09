"""What should be true of every post, as the publisher wants it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import AuthedRequest, publishers_only
from blog import checklist
from blog.forms.checklist import ChecklistForm
from blog.views.answers import ask


@publishers_only
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: AuthedRequest) -> HttpResponse:
    """Each item: off, recommended or required."""
    form = ChecklistForm(request.POST or None, needs=checklist.needs())
    if form.is_valid():
        given, done = form.needs(), _("The checklist is saved.")
        ask(request, lambda: checklist.set_needs(publisher=request.user, needs=given), done=done)
        return redirect("blog:desk_checklist")
    return render(request, "blog/desk/checklist.html", {"form": form})
