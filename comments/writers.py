"""Guest authors and whoever proposes a post, as `mydata` asks for them.

Published posts and their bylines stay: they are public, and the publication answers for them. What
was proposed goes, and so do the personal links, which say who was invited to what.
"""

from django.utils.translation import gettext as _

from blog.models import GuestLink, Pitch
from comments.mydata import Entry, Fact, Owner, Section


def knows(email: str) -> bool:
    """Whether somebody proposed a post with this address; guests are known as people."""
    return Pitch.objects.filter(email__iexact=email).exists()


def stored(owner: Owner) -> Section:
    """What they proposed, and to which posts they have a personal link."""
    pitches = Pitch.objects.filter(email__iexact=owner.email).order_by("pk")
    links = GuestLink.objects.filter(person=owner.person).select_related("post").order_by("pk")
    entries = [_proposed(pitch) for pitch in pitches]
    entries += [_link(link) for link in links.defer("post__body")] if owner.person else []
    return Section("writing", _("What you proposed to write, or were invited to"), entries)


def forget(owner: Owner) -> None:
    """Take away what they proposed, and end what lets them in without an account."""
    Pitch.objects.filter(email__iexact=owner.email).delete()
    if owner.person is not None:
        GuestLink.objects.filter(person=owner.person).delete()


def _proposed(pitch: Pitch) -> Entry:
    return [
        Fact("at", _("When"), pitch.created_at),
        Fact("title", _("Title"), pitch.title),
        Fact("about", _("What it is about"), pitch.about),
        Fact("who", _("Who you are"), pitch.who),
        Fact("name", _("Name"), pitch.name),
        Fact("email", _("E-mail address"), pitch.email),
        Fact("state", _("State"), pitch.get_state_display()),
        Fact("answer", _("What you were answered"), pitch.answer),
    ]


def _link(link: GuestLink) -> Entry:
    return [
        Fact("at", _("When"), link.created_at),
        Fact("post", _("Post"), link.post.title),
        Fact("until", _("Works until"), link.expires_at),
        Fact("used", _("Last used"), link.last_used_at),
    ]
