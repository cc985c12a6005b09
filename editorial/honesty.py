"""The honesty table: which remedy may follow which finding, and why no other.

What we concluded and what we did are two answers. News agencies call an error an error: "we do
not use euphemisms" is the rule behind the first row.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.models.decision import Finding, Remedy

SHORTEST_REASON = 4  # words; less is no sentence

ALLOWED: dict[Finding, tuple[Remedy, ...]] = {
    Finding.INACCURATE: (Remedy.CORRECTION, Remedy.RETRACTION, Remedy.REMOVAL),
    Finding.INCOMPLETE: (Remedy.CLARIFICATION, Remedy.CORRECTION, Remedy.EDITORS_NOTE),
    Finding.OUTDATED: (Remedy.UPDATE, Remedy.CORRECTION),
    Finding.UNVERIFIABLE: (Remedy.EDITORS_NOTE, Remedy.CONCERN, Remedy.NO_CHANGE),
    Finding.STANDS: (Remedy.NO_CHANGE, Remedy.CLARIFICATION),
    Finding.NOT_CHECKABLE: (Remedy.NO_CHANGE,),
    Finding.NOT_IN_POST: (Remedy.NO_CHANGE,),
    Finding.ALREADY_ADDRESSED: (Remedy.NO_CHANGE,),
}

WHY = {
    Finding.INACCURATE: gettext_lazy(
        "What was wrong is corrected and called a correction: "
        "another word would hide the error from readers."
    ),
    Finding.INCOMPLETE: gettext_lazy(
        "A statement that misleads as worded needs a clarification, a correction or an "
        "editor's note, so that readers learn what was missing."
    ),
    Finding.OUTDATED: gettext_lazy(
        "A statement that was true when published needs an update, or a correction of it."
    ),
    Finding.UNVERIFIABLE: gettext_lazy(
        "What we could not establish cannot be corrected: publish a note or an expression of "
        "concern, or leave the text and say why."
    ),
    Finding.STANDS: gettext_lazy(
        "A statement that stands is kept; at the most its wording is clarified."
    ),
    Finding.NOT_CHECKABLE: gettext_lazy("Opinion is neither right nor wrong: nothing is changed."),
    Finding.NOT_IN_POST: gettext_lazy("What the post does not say cannot be changed in it."),
    Finding.ALREADY_ADDRESSED: gettext_lazy(
        "Readers have been told already: refer to the earlier notice, and change nothing."
    ),
}

READERS_ARE_TOLD = {
    Finding.INACCURATE: gettext_lazy("This was wrong."),
    Finding.INCOMPLETE: gettext_lazy("This needed qualification."),
    Finding.OUTDATED: gettext_lazy("This was true when published; things have changed since."),
    Finding.UNVERIFIABLE: gettext_lazy("We could not establish this."),
    Finding.STANDS: gettext_lazy("We checked this and keep it."),
    Finding.NOT_CHECKABLE: gettext_lazy("This is opinion, not a statement of fact."),
    Finding.NOT_IN_POST: gettext_lazy("The post does not say this."),
    Finding.ALREADY_ADDRESSED: gettext_lazy("This was dealt with before."),
}


def refusal(finding: Finding, remedy: Remedy, reason: str) -> str | None:
    """Why this remedy may not follow this finding, as a sentence; None if it may.

    Changing nothing always needs a public reason of at least a sentence.
    """
    if remedy not in ALLOWED[finding]:
        return str(WHY[finding])
    if remedy == Remedy.NO_CHANGE and len(reason.split()) < SHORTEST_REASON:
        return _("Please give readers the reason in a whole sentence: nothing was changed.")
    return None
