"""Readers who were told of a correction by mail, as `comments.mydata` asks for them."""

from django.utils.translation import gettext as _

from accounts.addresses import absolute_url
from comments.mydata import Fact, Owner, Section
from editorial.models import Recalled


def knows(email: str) -> bool:
    """Whether it keeps anything under this address: only of those that discussions know already."""
    return False


def stored(owner: Owner) -> Section:
    """Of which corrections this reader was told, and when."""
    told = Recalled.objects.filter(participant__in=owner.participants).order_by("pk")
    told = told.select_related("recall__notice__post__head")
    told = told.defer("recall__notice__post__body", "recall__notice__text")
    title = _("Corrections you were told of")
    return Section("corrections", title, [_entry(one) for one in told])


def forget(owner: Owner) -> None:
    """Nothing more: the rows went with whoever took part in discussions."""


def _entry(one: Recalled) -> list[Fact]:
    notice = one.recall.notice
    return [
        Fact("post", _("Post"), notice.post.headline),
        Fact("what", _("What"), notice.get_kind_display()),
        Fact("address", _("Address"), absolute_url(notice.get_absolute_url())),
        Fact("sent", _("Sent"), one.at),
    ]
