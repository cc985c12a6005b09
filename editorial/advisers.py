"""Colleagues who were asked for advice, as `comments.mydata` asks for them.

The advice stays, since decisions rest on it; whose it was does not.
"""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from comments.mydata import Fact, Owner, Section
from editorial.models import Consultation, DisputeEvent, DisputeEventKind


def knows(email: str) -> bool:
    """Whether a colleague was asked at this address."""
    return Consultation.objects.filter(email__iexact=email).exists()


def stored(owner: Owner) -> Section:
    """What this colleague was asked, and what they answered."""
    asked = _of(owner).select_related("dispute__claim__post__head")
    asked = asked.defer("dispute__claim__post__body")
    return Section("advice", _("Advice you were asked for"), [_entry(one) for one in asked])


def forget(owner: Owner) -> None:
    """Blank the name and the address; their link opens nothing any more."""
    pks = list(_of(owner).values_list("pk", flat=True))
    if owner.person is not None:
        advised = DisputeEvent.objects.filter(kind=DisputeEventKind.ADVISED, actor=owner.person)
        advised.update(actor=None)
    Consultation.objects.filter(pk__in=pks).update(person=None, email="", name="")


def _of(owner: Owner) -> QuerySet[Consultation]:
    theirs = Q(email__iexact=owner.email)
    if owner.person is not None:
        theirs |= Q(person=owner.person)
    return Consultation.objects.filter(theirs).order_by("pk")


def _entry(asked: Consultation) -> list[Fact]:
    return [
        Fact("post", _("Post"), asked.dispute.claim.post.headline),
        Fact("at", _("When"), asked.asked_at),
        Fact("question", _("What you were asked"), asked.question),
        Fact("answer", _("What you answered"), asked.answer),
        Fact("name", _("Name"), asked.name),
        Fact("email", _("E-mail address"), asked.email),
    ]
