"""What an editor concludes about one claim, and whether it may be concluded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed, Refusal
from accounts.roles import editors, is_publisher, require_publisher
from blog.models import EditLabel, Mark, Notice, NoticeKind, Post, Severity
from blog.models.passage import PassageField
from editorial import honesty, plain
from editorial.models import Claim, Dispute, Finding, Remedy
from editorial.models.dispute import OPEN_STATES

# What is done to a post as a whole: for the publisher alone, and decided alone.
GRAVE = frozenset({Remedy.RETRACTION, Remedy.REMOVAL})
LEAVES_WORDS = GRAVE | {Remedy.CONCERN}
KEEPS = frozenset({Finding.STANDS, Finding.NOT_CHECKABLE, Finding.NOT_IN_POST})
LABELS = {  # the gravest first
    Remedy.CORRECTION: EditLabel.CORRECTION,
    Remedy.CLARIFICATION: EditLabel.CLARIFICATION,
    Remedy.EDITORS_NOTE: EditLabel.CLARIFICATION,
    Remedy.UPDATE: EditLabel.UPDATE,
}
KINDS = {
    Remedy.CORRECTION: NoticeKind.CORRECTION,
    Remedy.CLARIFICATION: NoticeKind.CLARIFICATION,
    Remedy.EDITORS_NOTE: NoticeKind.EDITORS_NOTE,
    Remedy.UPDATE: NoticeKind.UPDATE,
    Remedy.CONCERN: NoticeKind.CONCERN,
}
MARKS = {
    NoticeKind.CORRECTION: Mark.CORRECTED,
    NoticeKind.CLARIFICATION: Mark.CLARIFIED,
    NoticeKind.UPDATE: Mark.UPDATED,
}
GAP = "[…]"  # stands in suggested texts where an editor has to say something


class AtCase(Refusal):
    """One of several cases was refused; `index` tells which, `refusal` why."""

    def __init__(self, index: int, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.index = index
        self.refusal = refusal


class Fault(NamedTuple):
    """What keeps a case from being decided, and the field of it where that can be mended."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Case:
    """One dispute as the editor saw it, and what they conclude and do about it.

    `notice` and `reason` are for readers. `note` stands in the margin at the passage. `is_sure`
    confirms what is done to a whole post. `summary` are the neutral words of what is questioned,
    for what is decided at once, without a review that readers saw.
    With `tells_consulted` readers hear how many colleagues were asked.
    """

    dispute: Dispute
    version: int
    finding: Finding
    remedy: Remedy
    reason: str = ""
    notice: str = ""
    severity: Severity = Severity.MINOR
    note: str = ""
    earlier_notice: Notice | None = None
    promises_follow_up: bool = False
    due_on: date | None = None
    is_sure: bool = False
    summary: str = ""
    tells_consulted: bool = False

    @property
    def claim(self) -> Claim:
        return self.dispute.claim

    @property
    def tells_readers(self) -> bool:
        return self.remedy != Remedy.NO_CHANGE


def offered_to(person: Person) -> tuple[Remedy, ...]:
    """The remedies that this editor may choose."""
    return tuple(remedy for remedy in Remedy if remedy not in GRAVE or is_publisher(person))


def require_as_seen(case: Case) -> None:
    """Refuse with `Conflict` what was decided or changed since the editor looked."""
    current = Dispute.objects.only("version", "state").get(pk=case.dispute.pk)
    if current.version != case.version or current.state not in OPEN_STATES:
        raise Conflict(_("Somebody else has worked on this dispute since you opened it."))


def require_sound(case: Case, *, editor: Person, post: Post, is_edited: bool) -> None:
    """Refuse what is dishonest, incomplete, or not this editor's to decide."""
    _require_other_editor(case, editor=editor, post=post)
    if case.remedy in GRAVE:
        require_publisher(editor)
    for fault in faults(case, is_edited=is_edited):
        raise Invalid(fault.sentence)


def faults(case: Case, *, is_edited: bool) -> Iterator[Fault]:
    """All that is dishonest or incomplete about a case, so that an editor hears it at once."""
    if case.dispute.is_unseen and not plain.line(case.summary):
        yield Fault("summary", _("Please say in neutral words, for readers, what is questioned."))
    if sentence := honesty.refusal(case.finding, case.remedy, case.reason):
        is_allowed = case.remedy in honesty.ALLOWED[case.finding]
        yield Fault("reason" if is_allowed else "remedy", sentence)
        if not is_allowed:
            return  # what else is missing depends on another remedy
    if (case.finding == Finding.ALREADY_ADDRESSED) != (case.earlier_notice is not None):
        sentence = _("Please name the earlier notice exactly when it was dealt with before.")
        yield Fault("earlier_notice", sentence)
    if case.tells_readers:
        yield from _faults_of_notice(case)
        of_deed = _faults_beside if case.remedy in LEAVES_WORDS else _faults_of_deed
        yield from of_deed(case, is_edited=is_edited)
    elif plain.line(case.note):
        sentence = _("An editor's note at the passage is a change: choose the editor's note.")
        yield Fault("note", sentence)


def _require_other_editor(case: Case, *, editor: Person, post: Post) -> None:
    """The writer may correct at any time, but not alone find their own statement right."""
    if case.finding not in KEEPS:
        return
    if not Post.objects.written_by(editor).filter(pk=post.pk).exists():
        return
    if editors().exclude(pk=editor.pk).exists():
        raise NotAllowed(_("You wrote this post: another editor has to decide that it stands."))


def _faults_of_notice(case: Case) -> Iterator[Fault]:
    if not plain.line(case.notice):
        yield Fault("notice", _("Please write the notice for readers."))
    elif GAP in case.notice:
        yield Fault("notice", _("Please complete the notice where it says […]."))


def _faults_beside(case: Case, *, is_edited: bool) -> Iterator[Fault]:
    """What is said about words must not change them by the way."""
    if plain.line(case.note):
        sentence = _("An editor's note at the passage is a change: choose the editor's note.")
        yield Fault("note", sentence)
    if case.remedy in GRAVE and is_edited:
        sentence = _("You changed the words as well: leave them as they are, or correct them.")
        yield Fault("remedy", sentence)
    if case.remedy in GRAVE and not case.is_sure:
        yield Fault("is_sure", _("Please confirm that this is done to the whole post."))


def _faults_of_deed(case: Case, *, is_edited: bool) -> Iterator[Fault]:
    """What the notice says was done must have been done."""
    in_text = case.claim.passages.filter(field=PassageField.BODY).exists()
    has_note = bool(plain.line(case.note))
    if case.remedy == Remedy.CORRECTION and not is_edited:
        sentence = _("A correction changes the text: please change the words as well.")
        yield Fault("remedy", sentence)
    elif case.remedy == Remedy.EDITORS_NOTE and in_text and not has_note:
        yield Fault("note", _("Please write the editor's note that stands at the passage."))
    elif not in_text and has_note:
        yield Fault("note", _("Only words in the text can have a note beside them."))
    elif in_text and not is_edited and not has_note:
        sentence = _("Please change the words, or write a note that stands at the passage.")
        yield Fault("note", sentence)
