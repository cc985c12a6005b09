"""What happened to a post, in words: one sentence for each kind of event, and its name in filters.

`%(words)s` is the event's message. A kind without words here is shown by its name.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from blog.days import day_in_words, hour_in_words
from blog.models import PostEvent

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Words


@dataclass(frozen=True)
class Happening:
    """What a kind of event is called, and what is said of one: with its message and without."""

    name: "Words"
    said: "Words"
    with_words: "Words" = ""


HAPPENINGS: dict[str, Happening] = {
    "begun": Happening(_("Begun"), _("began it")),
    "submitted": Happening(_("Handed in"), _("handed it in"), _("handed it in: %(words)s")),
    "taken_up": Happening(_("Taken up"), _("took it up"), _("took it up: %(words)s")),
    "changes_requested": Happening(
        _("Changes requested"), _("asked for changes"), _("asked for changes: %(words)s")
    ),
    "declined": Happening(_("Declined"), _("declined it"), _("declined it: %(words)s")),
    "reopened": Happening(
        _("Looked at again"), _("looked at it again"), _("looked at it again: %(words)s")
    ),
    "accepted": Happening(_("Accepted"), _("accepted it"), _("accepted it: %(words)s")),
    "assigned": Happening(
        _("Given to an editor"),
        _("put it in nobody's hands"),
        _("put it in the hands of %(words)s"),
    ),
    "author_due": Happening(
        _("Day for the author"),
        _("took the day for the author away"),
        _("asked the author to be done by %(words)s"),
    ),
    "editor_due": Happening(
        _("Day for the editor"),
        _("took the day for the editor away"),
        _("wants the editor to be done by %(words)s"),
    ),
    "commented": Happening(
        _("Said beside the text"),
        _("said something about it"),
        _("said something about “%(words)s”"),
    ),
    "suggested": Happening(
        _("Other words proposed"),
        _("proposed other words"),
        _("proposed other words for “%(words)s”"),
    ),
    "suggestion_accepted": Happening(
        _("Proposed words accepted"),
        _("accepted proposed words"),
        _("accepted the words proposed for “%(words)s”"),
    ),
    "suggestion_declined": Happening(
        _("Proposed words declined"),
        _("declined proposed words"),
        _("declined proposed words: %(words)s"),
    ),
    "suggestion_taken_back": Happening(
        _("Old words brought back"),
        _("brought the old words back"),
        _("brought the old words back: “%(words)s”"),
    ),
    "comment_resolved": Happening(
        _("Comment resolved"),
        _("resolved a comment"),
        _("resolved a comment about “%(words)s”"),
    ),
    "comment_reopened": Happening(
        _("Comment opened again"),
        _("opened a comment again"),
        _("opened a comment about “%(words)s” again"),
    ),
    "published": Happening(_("Published"), _("published it"), _("published it: %(words)s")),
    "published_as_planned": Happening(_("Published as planned"), _("published it, as planned")),
    "scheduled": Happening(_("Scheduled"), _("scheduled it"), _("scheduled it for %(words)s")),
    "rescheduled": Happening(
        _("Scheduled anew"), _("scheduled it anew"), _("scheduled it for %(words)s")
    ),
    "unscheduled": Happening(_("Day taken back"), _("took its day back")),
    "expiry_set": Happening(_("End set"), _("set its end"), _("set its end for %(words)s")),
    "expiry_cleared": Happening(_("End taken back"), _("took its end back")),
    "invited": Happening(_("Author invited"), _("invited the author to write it")),
    "link_ended": Happening(_("Personal link ended"), _("ended the author's personal link")),
    "link_renewed": Happening(
        _("Personal link renewed"), _("had a new personal link mailed to the author")
    ),
    "claimed": Happening(
        _("Put under an account"),
        _("put it under their account"),
        _("put it under their account, as %(words)s"),
    ),
    "approval_asked": Happening(
        _("Approval asked for"),
        _("asked the author to approve the text"),
        _("asked the author to approve the text: %(words)s"),
    ),
    "approved": Happening(_("Text approved"), _("approved the text")),
    "approval_declined": Happening(
        _("Text not approved"),
        _("did not approve the text"),
        _("did not approve the text: %(words)s"),
    ),
    "approval_lost": Happening(
        _("Approval lost"), _("changed the text after it had been approved")
    ),
    "revised": Happening(
        _("Edit published"), _("published an edit"), _("published an edit: %(words)s")
    ),
    "preview_made": Happening(_("Preview link made"), _("made a preview link")),
    "preview_ended": Happening(_("Preview link ended"), _("ended a preview link")),
    "signed": Happening(
        _("Names changed"),
        _("took all names but the first author's off it"),
        _("put more names on it: %(words)s"),
    ),
    "edit_proposed": Happening(
        _("Edit proposed"), _("proposed an edit"), _("proposed an edit: %(words)s")
    ),
    "proposal_taken": Happening(_("Proposal taken"), _("took a proposed edit into the text")),
    "proposal_declined": Happening(
        _("Proposal declined"),
        _("declined a proposed edit"),
        _("declined a proposed edit: %(words)s"),
    ),
    "proposal_withdrawn": Happening(_("Proposal withdrawn"), _("withdrew a proposed edit")),
    "held_back": Happening(
        _("Held back"),
        _("planned it, but it was held back"),
        _("planned it, but it was held back: %(words)s"),
    ),
    "described": Happening(_("Details changed"), _("changed its details")),
    "changes_dropped": Happening(_("Edit dropped"), _("dropped an edit")),
    "used_again": Happening(
        _("Version used again"),
        _("took up the text of an earlier revision again"),
        _("took up the text of revision %(words)s again"),
    ),
    "correction_undone": Happening(
        _("Correction undone"),
        _("brought corrected words back, without being asked"),
        _("brought corrected words back: %(words)s"),
    ),
    "retracted": Happening(_("Retracted"), _("retracted it"), _("retracted it: %(words)s")),
    "reinstated": Happening(
        _("Retraction taken back"),
        _("took the retraction back"),
        _("took the retraction back: %(words)s"),
    ),
    "unpublished": Happening(
        _("Unpublished"),
        _("unpublished it, without a note"),
        _("unpublished it, with a note: %(words)s"),
    ),
    "published_again": Happening(_("Published again"), _("published it again")),
    "removed": Happening(_("Removed"), _("removed it"), _("removed it: %(words)s")),
    "note_written": Happening(
        _("Note written"),
        _("wrote an editor's note"),
        _("set an editor's note beside “%(words)s”"),
    ),
    "note_reworded": Happening(_("Note reworded"), _("reworded an editor's note, which said:")),
    "note_withdrawn": Happening(
        _("Note withdrawn"),
        _("withdrew an editor's note"),
        _("withdrew the editor's note beside “%(words)s”"),
    ),
    "image_replaced": Happening(
        _("Picture replaced"), _("replaced a picture"), _("replaced a picture: %(words)s")
    ),
    "image_removed": Happening(
        _("Picture removed"), _("removed a picture"), _("removed a picture: %(words)s")
    ),
    "taken_back": Happening(
        _("Given back with a decision"), _("gave it back, with a decision that was taken back")
    ),
}
MOMENTS = frozenset({"scheduled", "rescheduled", "expiry_set"})  # the message is a moment
DAYS = frozenset({"author_due", "editor_due"})  # the message is a day


def in_words(event: PostEvent) -> str:
    """What somebody did: "asked for changes: …"."""
    known = HAPPENINGS.get(event.kind.partition(":")[0])
    if known is None:
        return f"{event.kind.replace('_', ' ')}: {event.message}".removesuffix(": ")
    words = _said(event)
    if words and known.with_words:
        return str(known.with_words) % {"words": words}
    return str(known.said)


def _said(event: PostEvent) -> str:
    if event.given_to is not None:
        return event.given_to.public_name
    if event.kind in MOMENTS and event.message:
        return hour_in_words(datetime.fromisoformat(event.message))
    if event.kind in DAYS and event.message:
        return day_in_words(date.fromisoformat(event.message))
    return event.message
