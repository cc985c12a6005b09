"""What can happen to the publication: its publisher changes the texts that are kept once."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person, Profile
from accounts.refusals import NotAllowed, WrongMoment
from accounts.roles import is_publisher
from blog import pasting, pieces, richtext
from blog.models import Publication, SitePiece, SitePieceVersion

PIECES = frozenset(SitePiece.values) - {SitePiece.HOUSE_RULES}


@dataclass(frozen=True)
class SiteTexts:
    """Everything that is said once for the whole site; texts ending in `_html` are sanitised."""

    name: str
    tagline: str
    host: Profile | None
    invitation: str
    disclosure_html: str
    affiliate_hosts: str
    disclosure_page_html: str
    disclaimer_html: str
    about_html: str
    policy_html: str
    closes_after_days: int | None = None
    closes_when_retracted: bool = True
    approval_after_edit: bool = True


def stored() -> Publication:
    """The row itself, never the cached copy: what a form must begin with."""
    publication, _made = Publication.objects.get_or_create(pk=1)
    return publication


@transaction.atomic
def set_texts(*, publisher: Person, texts: SiteTexts, reason: str = "") -> Publication:
    """Store the texts; every page shows them within five minutes. What changed is a version."""
    publication = _locked(publisher)
    for name, text in vars(texts).items():
        now = _as_stored(getattr(publication, name), text) if name.endswith("_html") else text
        _keep(publication, name, now, by=publisher, reason=reason)
        setattr(publication, name, now)
    publication.save()
    return publication


@transaction.atomic
def restore(version: SitePieceVersion, *, publisher: Person) -> Publication:
    """Let a text be as it was once; that is a new version."""
    publication = _locked(publisher)
    if version.piece not in PIECES:
        raise WrongMoment(_("This text is kept elsewhere."))
    if getattr(publication, version.piece) == version.text:
        raise WrongMoment(_("The text is the same now."))
    reason = pieces.again(version)
    _keep(publication, version.piece, version.text, by=publisher, reason=reason)
    setattr(publication, version.piece, version.text)
    publication.save()
    return publication


def _locked(publisher: Person) -> Publication:
    if not is_publisher(publisher):
        raise NotAllowed(_("Only the publisher may change the texts of the site."))
    publication, _made = Publication.objects.select_for_update().get_or_create(pk=1)
    return publication


def _as_stored(before: str, text: str) -> str:
    """The text made safe; or the stored one itself, where it is only written in another way."""
    now = richtext.clean(text)
    return before if pasting.clean(before) == pasting.clean(now) else now


def _keep(publication: Publication, name: str, now: object, *, by: Person, reason: str) -> None:
    if name in PIECES:
        before = getattr(publication, name)
        pieces.keep(SitePiece(name), before=before, after=str(now), by=by, reason=reason)
