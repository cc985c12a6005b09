"""What can happen to an edit that an author proposes for their published post.

It is held apart from the working text, so that it is neither published by the way nor lost. An
editor who takes it makes it the working text; only publishing that shows it to readers.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from accounts.roles import require_editor
from blog import mail, pasting, richtext, steps
from blog.models import EditProposal, Post, ProposalState, Revision
from blog.workflow import Draft, is_own, write

P = ProposalState


@transaction.atomic
def propose(
    post: Post, *, by: Person, draft: Draft, base: Revision, message: str = ""
) -> EditProposal:
    """Ask the editors for another text of one's own published post; it takes an earlier's place.

    Refuses with `Conflict` when readers see another revision than `base` by now.
    """
    post = steps.locked(post)
    if not is_own(post, by):
        raise NotAllowed(_("You may propose edits of your own posts only."))
    if not post.is_public or post.head is None:
        raise WrongMoment(_("Only an edit of a published post is proposed."))
    if post.head_id != base.pk:
        raise Conflict(_("A newer version of this post was published since you began."))
    said = _cleaned(draft, post.head)
    if said == {name: getattr(post.head, old) for name, old in SAME_IN_HEAD.items()}:
        raise Invalid(_("The text has not changed."))
    facts = {**said, "base": base, "message": message.strip(), "made_at": timezone.now()}
    proposal, _made = EditProposal.objects.update_or_create(
        post=post, person=by, state=P.OPEN, defaults=facts
    )
    steps.record(post, by=by, kind="edit_proposed", message=message)
    mail.edit_proposed(proposal)
    return proposal


SAME_IN_HEAD = {"title": "title", "summary": "summary", "body": "body_html"}


def _cleaned(draft: Draft, head: Revision) -> dict[str, str]:
    if not draft.title.strip():
        raise Invalid(_("A post needs a title."))
    body = richtext.clean(draft.body)
    if body in {richtext.clean(head.body_html), pasting.clean(head.body_html)}:
        body = head.body_html  # nothing differs but spaces between tags, or marks on paid links
    return {"title": draft.title.strip(), "summary": draft.summary.strip(), "body": body}


@transaction.atomic
def withdraw(proposal: EditProposal, *, by: Person) -> None:
    """Wish for it no longer."""
    proposal, post = _locked(proposal)
    if proposal.person_id != by.pk:
        raise NotAllowed(_("Somebody else proposed this edit."))
    _answer(proposal, by=by, state=P.WITHDRAWN)
    steps.record(post, by=by, kind="proposal_withdrawn")


@transaction.atomic
def take(proposal: EditProposal, *, editor: Person) -> Post:
    """Make it the working text, which waits for an editor to label and publish it."""
    require_editor(editor)
    proposal, post = _locked(proposal)
    if not post.is_public:
        raise WrongMoment(_("Readers do not see this post."))
    if post.has_unpublished_changes:
        raise WrongMoment(_("An edit of this post is not published yet: publish or drop it first."))
    if post.head_id != proposal.base_id:
        raise Conflict(
            _("The proposal was made of an earlier version and would undo what was changed since.")
        )
    _answer(proposal, by=editor, state=P.TAKEN)
    steps.record(post, by=editor, kind="proposal_taken")
    mail.edit_answered(proposal, message="")
    draft = Draft(proposal.title, proposal.summary, proposal.body)
    return write(post, by=editor, draft=draft, version=post.version)


@transaction.atomic
def decline(proposal: EditProposal, *, editor: Person, message: str) -> None:
    """Leave the text as it is, and say why; the author is told."""
    require_editor(editor)
    if not message.strip():
        raise Invalid(_("Please tell the author why."))
    proposal, post = _locked(proposal)
    _answer(proposal, by=editor, state=P.DECLINED)
    steps.record(post, by=editor, kind="proposal_declined", message=message)
    mail.edit_answered(proposal, message=message)


def _locked(proposal: EditProposal) -> tuple[EditProposal, Post]:
    post = steps.locked(proposal.post)
    proposal = EditProposal.objects.select_related("person", "post__author__person").get(
        pk=proposal.pk
    )
    if proposal.state != P.OPEN:
        raise WrongMoment(_("This proposal was answered already."))
    return proposal, post


def _answer(proposal: EditProposal, *, by: Person, state: ProposalState) -> None:
    proposal.state, proposal.answered_by, proposal.answered_at = state, by, timezone.now()
    proposal.save(update_fields=("state", "answered_by", "answered_at"))
