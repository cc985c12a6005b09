"""Edits that authors propose for their published posts: the writer's page, and the editor's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import AuthedRequest, editors_only
from accounts.refusals import Refusal
from blog import proposals
from blog.access import WriterRequest, writers_only
from blog.forms.proposals import AnswerForm, ProposalForm, begun_with
from blog.models import EditProposal, Post, ProposalState
from blog.models.post import PostQuerySet
from blog.views.answers import ask, attempt
from blog.views.comparing import difference_of
from blog.workflow import Draft


def _own(request: WriterRequest) -> PostQuerySet:
    """Editors who are no authors of a post edit it themselves."""
    return Post.objects.written_by(request.writer).select_related("author", "head")


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: WriterRequest, pk: int) -> HttpResponse:
    """Write what one would change in one's own published post."""
    post = get_object_or_404(_own(request).published(), pk=pk)
    theirs = post.proposals.filter(person=request.writer, state=ProposalState.OPEN).first()
    form = ProposalForm(request.POST or None, initial=begun_with(post, theirs))
    if attempt(form, lambda: _propose(request, post, form)):
        messages.success(request, _("The editors have been told of what you would change."))
        return redirect("blog:write_propose", pk=pk)
    return render(request, "blog/write/propose.html", {"post": post, "form": form, "open": theirs})


def _propose(request: WriterRequest, post: Post, form: ProposalForm) -> EditProposal:
    given = form.cleaned_data
    base = get_object_or_404(post.revisions, pk=given["base"])
    by, message = request.writer, given["message"]
    return proposals.propose(post, by=by, draft=form.draft(), base=base, message=message)


@writers_only
@require_POST
def withdraw(request: WriterRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(_own(request), pk=pk)
    open_still = post.proposals.filter(state=ProposalState.OPEN)
    theirs = get_object_or_404(open_still, person=request.writer)
    done = _("The proposal is withdrawn.")
    ask(request, lambda: proposals.withdraw(theirs, by=request.writer), done=done)
    return redirect("blog:write_post", pk=pk)


@editors_only
@require_safe
def proposal(request: AuthedRequest, pk: int) -> HttpResponse:
    """What an author would change, beside what readers see."""
    return _desk(request, _proposal(pk), AnswerForm())


def _proposal(pk: int) -> EditProposal:
    proposals = EditProposal.objects.select_related("post__head", "post__author", "person", "base")
    return get_object_or_404(proposals, pk=pk)


def _desk(request: AuthedRequest, proposal: EditProposal, form: AnswerForm) -> HttpResponse:
    base = proposal.base
    old = Draft(base.title, base.summary, base.body_html)
    new = Draft(proposal.title, proposal.summary, proposal.body)
    facts = {
        "proposal": proposal,
        "post": proposal.post,
        "difference": difference_of(old, new),
        "form": form,
        "is_old": proposal.post.head_id != proposal.base_id,
    }
    return render(request, "blog/desk/proposal.html", facts)


@editors_only
@require_POST
def take(request: AuthedRequest, pk: int) -> HttpResponse:
    """The next page compares it once more, and asks for its label."""
    proposal = _proposal(pk)
    try:
        proposals.take(proposal, editor=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("blog:desk_proposal", pk=pk)
    messages.success(request, _("The proposal is the working text now: label and publish it."))
    return redirect("blog:desk_revise", pk=proposal.post_id)


@editors_only
@require_POST
def decline(request: AuthedRequest, pk: int) -> HttpResponse:
    proposal, form = _proposal(pk), AnswerForm(request.POST)
    if attempt(form, lambda: _decline(proposal, form, request)):
        messages.success(request, _("The author has been told."))
        return redirect("blog:desk_post", pk=proposal.post_id)
    return _desk(request, proposal, form)


def _decline(proposal: EditProposal, form: AnswerForm, request: AuthedRequest) -> bool:
    proposals.decline(proposal, editor=request.user, message=form.cleaned_data["message"])
    return True
