"""What people are told by mail about an objection: the raiser, the author; each once.

Letters are written in the transaction that makes them true. None holds the objection as it was
typed, and none tells the author who raised it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.addresses import absolute_url
from accounts.mail import send
from accounts.models import Person
from accounts.roles import editors
from blog import sentences
from blog.days import hour_in_words
from blog.models import Notice, Post, Publication
from blog.models.notice import withheld_since
from comments import links
from comments.models import Participant
from editorial import slips
from editorial.honesty import READERS_ARE_TOLD
from editorial.models import (
    AuthorReply,
    Consultation,
    Decision,
    Dispute,
    Finding,
    FollowUp,
    Origin,
    Question,
)


def received(dispute: Dispute) -> None:
    """Thank the raiser, if there is an address, and give the link where it is confirmed."""
    address = dispute.contact_email or _address(dispute)
    proof = reverse("editorial:confirm", kwargs={"token": slips.mailed_link(dispute.public_id)})
    link = absolute_url(proof) if dispute.waits_for_proof else private_url(dispute)
    facts = {"link": link, "confirms": dispute.waits_for_proof}
    _write("dispute_received", address, [dispute], **facts)


def received_together(disputes: Sequence[Dispute]) -> None:
    """Thank a commenter for all that one form said, with a private link for each."""
    links = [(one.claim.statement, private_url(one)) for one in disputes]
    _write("disputes_received", _address(disputes[0]), disputes, links=links)


def letter_received(dispute: Dispute) -> None:
    """Give whoever wrote a letter the private link to what was made of it."""
    _write("letter_received", _address(dispute), [dispute], link=private_url(dispute))


def opened(disputes: Sequence[Dispute]) -> None:
    """Tell the author, and whoever raised them, that statements are under review.

    All are about one post; a person who raised several gets one mail.
    """
    for address, theirs in _by_others(disputes):
        _write("disputes_opened", address, theirs)
    author_asked(disputes)


def author_asked(disputes: Sequence[Dispute]) -> None:
    """Tell the author what is under review, and how to answer where an answer is asked for."""
    _to_author("author_disputes_opened", disputes)


def author_reminded(disputes: Sequence[Dispute]) -> int:
    """Remind the author that a day is left to answer; returns the number of mails."""
    return _to_author("author_reminded", disputes)


def author_offered(dispute: Dispute, reply: AuthorReply) -> None:
    """Show the author the wording that the editors propose."""
    _to_author("author_offered", [dispute], wording=reply.proposed)


def author_link(post: Post) -> None:
    """Mail the author a new link to the page where they answer what is questioned in a post."""
    facts = {"title": post.headline, "link": author_url(post), "days": settings.AUTHOR_LINK_DAYS}
    if address := _author(post):
        send("editorial/author_link", to=address, context=facts)


def consulted(consultation: Consultation) -> None:
    """Ask a colleague for private advice."""
    token = slips.colleague_link(consultation.pk)
    dispute, asked_by = consultation.dispute, consultation.asked_by
    facts = {
        "question": consultation.question,
        "editor": asked_by.public_name if asked_by else Publication.current().name,
        "publication": Publication.current().name,
        "link": absolute_url(reverse("editorial:advise", kwargs={"token": token})),
        "days": settings.COLLEAGUE_LINK_DAYS,
    }
    _write("colleague_asked", consultation.address, [dispute], **facts)


def concern_expressed(dispute: Dispute, notice: Notice) -> None:
    """Tell the raiser and the author that a concern stands on the post until it is decided."""
    facts = {"text": notice.text, "url": absolute_url(notice.get_absolute_url())}
    for address, theirs in _by_others([dispute]):
        _write("concern_expressed", address, theirs, **facts)
    _to_author("author_concern_expressed", [dispute], **facts)


def declined(dispute: Dispute, sentence: str) -> None:
    """Tell the raiser, and those of what was merged into it, why it is not taken up."""
    for one in (dispute, *dispute.merged.select_related("raised_by", "source_comment")):
        facts = {"sentence": sentence, "link": private_url(one)}
        _write("dispute_declined", _address(one), [dispute], **facts)


def asked(question: Question, *, again: bool = False) -> None:
    """Ask the raiser what an editor has to know; `again` reminds them of it, once."""
    dispute = question.dispute
    facts = {"question": question.text, "again": again, "link": private_url(dispute)}
    _write("dispute_question", _address(dispute), [dispute], **facts)


def joined(dispute: Dispute, root: Dispute) -> None:
    """Tell the raiser of a merged objection that the statement is under review already."""
    _write("disputes_opened", _address(dispute), [root])


def withdrawn(dispute: Dispute) -> None:
    """Tell the raiser, who asked for it, and the author that it is no longer under review."""
    if (address := _address(dispute)) != _author(dispute.claim.post):
        _write("dispute_withdrawn", address, [dispute], link=private_url(dispute))
    _write("author_dispute_withdrawn", _author(dispute.claim.post), [dispute])


def reopened(dispute: Dispute) -> None:
    """Tell the raiser and the author that a statement is under review again."""
    for address, theirs in _by_others([dispute]):
        _write("dispute_reopened", address, theirs)
    _to_author("author_dispute_reopened", [dispute])


def left_closed(dispute: Dispute, sentence: str, *, to_author: bool) -> None:
    """Tell whoever asked to open it again why it stays closed."""
    if to_author:
        post = dispute.claim.post
        facts = {"sentence": sentence, "link": author_url(post)}
        return _write("author_dispute_left_closed", _author(post), [dispute], **facts)
    facts = {"sentence": sentence, "link": private_url(dispute)}
    return _write("dispute_left_closed", _address(dispute), [dispute], **facts)


def decided(decisions: Sequence[Decision]) -> None:
    """Tell everybody who raised something, and the author, what was decided: one mail each."""
    disputes = [dispute for decision in decisions for dispute in decision.disputes.all()]
    for address, theirs in _by_others(disputes):
        _write("disputes_decided", address, theirs)
    _write("author_disputes_decided", _author(disputes[0].claim.post), disputes)


def roles(disputes: Sequence[Dispute]) -> dict[str, str]:
    """Who is written to about these disputes, by address, and what they have to do with them."""
    told = {address: _("Whoever raised it") for address, _theirs in _by_raiser(disputes)}
    author = _author(disputes[0].claim.post)
    return told | ({author: _("The author")} if author else {})


def follow_up_published(follow_up: FollowUp) -> None:
    """Tell everybody who raised something that the post they were promised can be read."""
    facts = {
        "follow_up_title": follow_up.post.headline if follow_up.post else "",
        "follow_up_url": absolute_url(follow_up.post.get_absolute_url()) if follow_up.post else "",
    }
    for address, theirs in _by_raiser(follow_up.decision.disputes.all()):
        _write("follow_up_published", address, theirs, **facts)


def follow_up_overdue(promise: FollowUp, person: Person) -> None:
    """Remind an editor that readers were promised a post that did not come."""
    page = reverse("editorial:follow_up", kwargs={"pk": promise.pk})
    context: dict[str, object] = {
        "title": promise.claim.post.headline,
        "statement": promise.claim.statement,
        "promised_at": promise.promised_at,
        "due_on": promise.due_on,
        "url": absolute_url(page),
    }
    send("editorial/follow_up_overdue", to=person.email, context=context)


def recalled(notice: Notice, participant: Participant) -> None:
    """Tell somebody who read a post what of it was corrected, with one click to hear no more."""
    stop = links.STOP.url(participant.pk, notice.post_id)
    context: dict[str, object] = {
        "publication": Publication.current().name,
        "title": notice.post.headline,
        "notice": notice,
        "told": sentences.told_in_a_line(notice),
        "url": absolute_url(notice.get_absolute_url()),
        "post_url": absolute_url(notice.post.get_absolute_url()),
        "unsubscribe": stop,
    }
    send("editorial/recalled", to=participant.email, context=context, unsubscribe=stop)


def comment_gone(dispute: Dispute) -> None:
    """Tell whoever works on a public dispute that its comment is no longer on the page."""
    case = reverse("editorial:case", kwargs={"public_id": dispute.public_id})
    facts = {"case": absolute_url(case)}
    for editor in _editors_of(dispute):
        _write("comment_gone", editor.email, [dispute], **facts)


def burst(post: Post) -> None:
    """Tell every editor, once, that many reports about one post have come within an hour."""
    context: dict[str, object] = {
        "title": post.headline,
        "url": absolute_url(f"{reverse('editorial:disputes')}?list=received"),
    }
    for editor in editors():
        send("editorial/burst", to=editor.email, context=context)


def private_url(dispute: Dispute) -> str:
    """The page where the raiser, and nobody else, follows the objection from the start."""
    token = slips.private_link(dispute.public_id)
    return absolute_url(reverse("editorial:mine", kwargs={"token": token}))


def author_url(post: Post) -> str:
    """The page where the author, without an account, answers what is questioned in a post."""
    token = slips.author_link(post_id=post.pk, profile_id=post.author_id)
    return absolute_url(reverse("editorial:author", kwargs={"token": token}))


def _to_author(template: str, disputes: Sequence[Dispute], **facts: object) -> int:
    post = disputes[0].claim.post
    asked = AuthorReply.objects.filter(dispute__in=disputes).order_by("due_at").first()
    if asked is not None:
        facts |= {"link": author_url(post), "until": hour_in_words(asked.due_at)}
    address = _author(post)
    _write(template, address, disputes, **facts)
    return int(bool(address))


def _write(template: str, address: str, disputes: Sequence[Dispute], **facts: object) -> None:
    if not address:
        return
    post = disputes[0].claim.post
    context = {
        "post": post,
        "title": post.headline,
        "post_url": absolute_url(post.get_absolute_url()),
        "disputes": [_told(dispute) for dispute in disputes],
        "number": len(disputes),
        **facts,
    }
    send(f"editorial/{template}", to=address, context=context)


def _told(dispute: Dispute) -> dict[str, object]:
    decision = dispute.decision
    if dispute.withheld_at is not None:
        return _wordless(dispute, since=dispute.withheld_at)
    notice = decision.notice if decision else None
    return {
        "statement": dispute.claim.statement,
        "summary": dispute.public_summary,
        "decision": decision,
        "notice": notice,
        "told": READERS_ARE_TOLD[Finding(decision.finding)] if decision else "",
        "url": absolute_url((notice or dispute).get_absolute_url()),
    }


def _wordless(dispute: Dispute, *, since: datetime) -> dict[str, object]:
    """What the law forbids to show is not mailed either."""
    finding = dispute.decision.finding if dispute.decision else None
    return {
        "statement": withheld_since(since),
        "told": READERS_ARE_TOLD[Finding(finding)] if finding else "",
        "url": absolute_url(dispute.get_absolute_url()),
    }


def _by_raiser(disputes: Iterable[Dispute]) -> list[tuple[str, list[Dispute]]]:
    """Who raised which of them, or one merged into it, by address.

    Nobody is told of what the editor opened alone.
    """
    raised: dict[str, dict[int, Dispute]] = {}
    for dispute in disputes:
        merged = dispute.merged.select_related("raised_by", "source_comment")
        for one in (dispute, *merged):
            if one.origin != Origin.EDITOR and (address := _address(one)):
                raised.setdefault(address, {})[dispute.pk] = dispute
    return [(address, list(theirs.values())) for address, theirs in raised.items()]


def _by_others(disputes: Sequence[Dispute]) -> list[tuple[str, list[Dispute]]]:
    """The same without the author, who gets a mail of their own about it."""
    author = _author(disputes[0].claim.post)
    return [(address, theirs) for address, theirs in _by_raiser(disputes) if address != author]


def _address(dispute: Dispute) -> str:
    """Where to write to the raiser: the account as it is now, the form, or the comment."""
    if dispute.raised_by is not None:
        return dispute.raised_by.email if dispute.raised_by.is_active else ""
    if dispute.waits_for_proof:
        return ""
    comment = dispute.source_comment
    return dispute.contact_email or (comment.user_email if comment else "")


def _editors_of(dispute: Dispute) -> list[Person]:
    """Who works on it; all editors when nobody does."""
    editor = dispute.assigned_to
    if editor is not None and editor.is_active:
        return [editor]
    return list(editors())


def _author(post: Post) -> str:
    """The author's address; "" for a byline without a login."""
    person = post.author.person
    return person.email if person is not None and person.is_active else ""
