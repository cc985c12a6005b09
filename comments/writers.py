"""Guest authors and whoever proposes a post, as `mydata` asks for them.

Posts, their pictures and the record of their steps stay: the publication answers for them. What was
proposed goes, with the personal links, which say who was invited to what, with words that were not
saved, and with what was said beside drafts. Words that were proposed for a text stay, unsigned: it
may be made of them.
"""

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from accounts.addresses import absolute_url
from accounts.models import Person
from blog.models import Autosave, DraftComment, GuestLink, Image, Pitch
from comments.mydata import Entry, Fact, Owner, Section

M = TypeVar("M", bound=Model)


def knows(email: str) -> bool:
    """Whether somebody proposed a post with this address; guests are known as people."""
    return Pitch.objects.filter(email__iexact=email).exists()


def stored(owner: Owner) -> Section:
    """What they proposed, the posts they may write by a link, and what they left beside posts."""
    pitches = Pitch.objects.filter(email__iexact=owner.email).order_by("pk")
    entries = [_proposed(pitch) for pitch in pitches]
    if owner.person is not None:
        entries += _beside_posts(owner.person)
    return Section("writing", _("What you proposed to write, or wrote for this site"), entries)


def forget(owner: Owner) -> None:
    """Take away what they proposed and said, and end what lets them in without an account."""
    Pitch.objects.filter(email__iexact=owner.email).delete()
    if owner.person is None:
        return
    GuestLink.objects.filter(person=owner.person).delete()
    Autosave.objects.filter(person=owner.person).delete()
    said = DraftComment.objects.filter(author=owner.person)
    said.filter(proposed="").update(author=None, text=_("Its writer had this comment erased."))
    said.exclude(proposed="").update(author=None, text="")
    decided = DraftComment.objects.filter(decided_by=owner.person)
    decided.update(decided_by=None, reason="")
    Image.objects.filter(uploaded_by=owner.person).update(name="")


def _beside_posts(person: Person) -> Iterator[Entry]:
    yield from map(_link, _with_post(GuestLink.objects.filter(person=person)))
    yield from map(_unsaved, _with_post(Autosave.objects.filter(person=person)))
    yield from map(_said, _with_post(DraftComment.objects.filter(author=person)))
    yield from map(_image, _with_post(Image.objects.there().filter(uploaded_by=person)))


def _with_post(rows: QuerySet[M]) -> QuerySet[M]:
    return rows.select_related("post").defer("post__body").order_by("pk")


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


def _unsaved(kept: Autosave) -> Entry:
    return [
        Fact("at", _("When"), kept.at),
        Fact("post", _("Post"), kept.post.title),
        Fact("unsaved_title", _("Title that was not saved"), kept.title),
        Fact("unsaved_summary", _("Summary that was not saved"), kept.summary),
        Fact("unsaved_words", _("Words that were not saved"), kept.body),
    ]


def _said(said: DraftComment) -> Entry:
    return [
        Fact("at", _("When"), said.created_at),
        Fact("post", _("Post"), said.post.title),
        Fact("said", _("What you said beside the draft"), said.text),
        Fact("proposed", _("Words you proposed"), said.proposed),
        Fact("state", _("State"), said.get_state_display()),
    ]


def _image(image: Image) -> Entry:
    return [
        Fact("at", _("When"), image.created_at),
        Fact("post", _("Post"), image.post.title if image.post else ""),
        Fact("picture", _("Picture you uploaded"), absolute_url(image.get_absolute_url())),
        Fact("file", _("Name of the file"), image.name),
        Fact("alt", _("What the picture shows"), image.alt),
    ]
