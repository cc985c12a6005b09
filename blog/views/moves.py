"""The steps of a review: each a form with words to the author, and one rule."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.access import AuthedRequest, editors_only
from blog.views.answers import attempt
from blog.views.workbench import MOVES, desk_post, is_told, workbench


@editors_only
@require_POST
def move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    """Take a step; what was typed survives a refusal."""
    post, chosen = desk_post(pk), MOVES[name]
    gets_mail = is_told(post, request.user)
    form = chosen.form(request.POST, gets_mail=gets_mail)
    if not attempt(form, lambda: chosen.rule(post, editor=request.user, **form.cleaned_data)):
        return workbench(request, post, refused=(name, form))
    messages.success(request, str(chosen.told if gets_mail else chosen.not_told))
    return redirect("blog:desk_post", pk=pk)
