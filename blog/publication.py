"""What can happen to the publication: its publisher changes the texts that are kept once."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person, Profile
from accounts.refusals import NotAllowed
from accounts.roles import is_publisher
from blog import richtext
from blog.models import Publication


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
def set_texts(*, publisher: Person, texts: SiteTexts) -> Publication:
    """Store the texts; every page shows them within five minutes."""
    if not is_publisher(publisher):
        raise NotAllowed(_("Only the publisher may change the texts of the site."))
    publication, _made = Publication.objects.select_for_update().get_or_create(pk=1)
    for name, text in vars(texts).items():
        setattr(publication, name, richtext.clean(text) if name.endswith("_html") else text)
    publication.save()
    return publication
