"""What happens while an objection is open: it is given to an editor, readers hear how far it is."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid
from accounts.roles import is_editor, require_editor
from editorial import intake, plain, steps
from editorial.models import Dispute, DisputeEventKind, Stance
from editorial.points import Source

LONGEST_LINE = 500  # characters
K = DisputeEventKind


@transaction.atomic
def assign(dispute: Dispute, *, editor: Person, to: Person | None, version: int) -> None:
    """Give an open objection to an editor, or to nobody in particular."""
    require_editor(editor)
    if to is not None and not is_editor(to):
        raise Invalid(_("Only an editor can work on a dispute."))
    words = "" if to else _("Any editor may go on.")
    steps.move(dispute, K.ASSIGNED, version=version, by=editor, message=words, assigned_to=to)


@transaction.atomic
def tell_progress(dispute: Dispute, *, editor: Person, text: str, version: int) -> None:
    """Tell readers, on the page of the dispute, how far the check is; nobody gets a mail."""
    require_editor(editor)
    words = plain.line(text)
    if not words:
        raise Invalid(_("Please write a line for readers."))
    if len(words) > LONGEST_LINE:
        raise Invalid(_("This line may have at most 500 characters."))
    steps.move(dispute, K.PROGRESS, version=version, by=editor, told=words)


@transaction.atomic
def add_source(dispute: Dispute, *, url: str, title: str, stance: str) -> None:
    """Keep one more source of the raiser, each address once; called by private link only."""
    if dispute.evidence.filter(url=url).exists():
        return
    steps.move(dispute, K.SOURCE_ADDED, version=dispute.version, by=dispute.raised_by, message=url)
    intake.keep_sources(dispute, [Source(url=url, title=title, stance=Stance(stance))])
