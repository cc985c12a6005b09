"""The versions of the texts that are kept once: every change is one, and none is lost."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from blog.models import SitePiece, SitePieceVersion


def keep(piece: SitePiece, *, before: str, after: str, by: Person, reason: str = "") -> None:
    """Write down that a text was changed; nothing, if it is the same.

    Call it inside the transaction that changes the text, with the row of the text locked. What
    stood there before any version was kept becomes the first.
    """
    if before == after:
        return
    latest = latest_of(piece)
    if latest is None and before:
        latest = SitePieceVersion.objects.create(
            piece=piece, number=1, text=before, reason=_("As it was before versions were kept.")
        )
    SitePieceVersion.objects.create(
        piece=piece,
        number=latest.number + 1 if latest else 1,
        text=after,
        reason=reason.strip(),
        made_by=by,
        made_at=timezone.now(),
    )


def latest_of(piece: str) -> SitePieceVersion | None:
    return SitePieceVersion.objects.filter(piece=piece).order_by("-number").first()


def before(version: SitePieceVersion) -> SitePieceVersion | None:
    """The version that this one took the place of."""
    earlier = SitePieceVersion.objects.filter(piece=version.piece, number__lt=version.number)
    return earlier.order_by("-number").first()


def again(version: SitePieceVersion) -> str:
    """The reason that stands with a text that is taken from its history."""
    return _("Version %(number)d again.") % {"number": version.number}
