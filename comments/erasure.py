"""What can happen to somebody's data: they ask for it, they see it, they have it erased.

An address is proved by a mailed link. Erasing works comment by comment, each in a transaction of
its own, and may be begun again after it was interrupted: who they are is forgotten last.
"""

from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.addresses import absolute_url
from accounts.mail import send
from accounts.models import Letter
from accounts.ratelimit import allow
from accounts.refusals import NotAllowed
from blog.models import Post
from comments import fragments, markdown, moderation, mydata, participants
from comments.models import CommentState, EventKind, Flag, Participant, PostComment, Respect
from comments.mydata import ROOMS, Owner
from comments.retention import is_free
from comments.words import Guest

AN_HOUR, A_DAY = 60 * 60, 24 * 60 * 60  # seconds
ASKS_AN_HOUR, LETTERS_A_DAY = 10, 3  # by one network, to one address
S = CommentState
FORGOTTEN = {
    **dict.fromkeys(("user_name", "user_email", "user_url", "user_agent", "referrer"), ""),
    **dict.fromkeys(("honeypot", "guid", "report_due"), ""),
    **dict.fromkeys(("user", "participant", "ip_address", "confirmed_at", "check_after"), None),
    **dict.fromkeys(("said", "form_key"), None),
}


class TooManyRequests(NotAllowed):
    """Somebody asked more often than a person would."""


class Published(models.TextChoices):
    """What becomes of comments that readers see."""

    ANONYMOUS = "anonymous", _lazy("Let them stand without my name")
    REMOVED = "removed", _lazy("Take them down")


@dataclass
class Erased:
    """What was done, in numbers."""

    anonymous: int = 0
    emptied: int = 0
    deleted: int = 0


def ask(email: str, *, network: str) -> None:
    """Mail a link to the owner of an address, if anything is stored about it.

    Nobody learns here whether something is, so it says nothing when nothing is sent: to an address
    that is not known, or that got three such letters today.
    """
    if not allow(f"my data from {network}", limit=ASKS_AN_HOUR, seconds=AN_HOUR):
        raise TooManyRequests(_("Too much comes from your network at once. Please try later."))
    owner = mydata.owner_of(email)
    if owner and allow(f"my data of {owner.email}", limit=LETTERS_A_DAY, seconds=A_DAY):
        _mail(owner)


def erase(owner: Owner, *, published: Published) -> Erased:
    """Forget somebody: their name, their addresses, what they follow and what they were told.

    Their published comments stand without a name or are taken down, as they choose; the others are
    deleted. A comment that was answered, or that another room keeps, loses its words instead.
    """
    done = Erased()
    answers_first = mydata.comments_of(owner).order_by("-pk").values_list("pk", flat=True)
    for pk in list(answers_first):
        _erase_comment(owner, pk, published, done)
    _forget(owner)
    return done


@transaction.atomic
def _mail(owner: Owner) -> None:
    if owner.person is None:
        participants.of(Guest(name="", email=owner.email))
    path = reverse("comments:my_data_of", kwargs={"token": mydata.seal(owner)})
    send("comments/my_data", to=owner.email, context={"link": absolute_url(path)})


@transaction.atomic
def _erase_comment(owner: Owner, pk: int, published: Published, done: Erased) -> None:
    """One comment; nothing moves in its discussion meanwhile, and it may be gone already."""
    post = Post.objects.filter(comments=pk).values("pk")
    Post.objects.select_for_update(no_key=True).only("pk").filter(pk__in=post).first()
    theirs = mydata.comments_of(owner).filter(pk=pk)
    comment = fragments.for_showing(theirs).first()
    if comment is None:
        return
    if comment.state == S.PUBLISHED and published == Published.ANONYMOUS:
        _anonymise(comment, owner)
        done.anonymous += 1
    elif PostComment.objects.filter(is_free(), pk=pk).exists():
        comment.delete()
        fragments.refresh_above(comment)
        done.deleted += 1
    else:
        _empty(comment, owner)
        done.emptied += 1


def _empty(comment: PostComment, owner: Owner) -> None:
    """Take its words, and leave the place where it stood."""
    if comment.state == S.PUBLISHED:
        moderation.change_state(comment, to=S.REMOVED, actor=None, kind=EventKind.ERASED)
        comment = fragments.for_showing(PostComment.objects.all()).get(pk=comment.pk)
    comment.comment = _("Its writer had this comment erased.")
    comment.html = markdown.render(comment.comment)
    _anonymise(comment, owner)


def _anonymise(comment: PostComment, owner: Owner) -> None:
    """Nothing says any more who wrote it: here, in what it said before, and in its record."""
    for name, value in FORGOTTEN.items():
        setattr(comment, name, value)
    comment.sent = {}
    fragments.draw(comment)
    comment.save()
    comment.versions.all().delete()
    comment.events.update(reason="", words="")
    if owner.person is not None:
        comment.events.filter(actor=owner.person).update(actor=None)
    moderation.record(comment, kind=EventKind.ERASED, actor=None, before=comment.state)
    answers = PostComment.objects.filter(in_reply_to=comment.pk, on_page=True)
    fragments.refresh(fragments.for_showing(answers))


@transaction.atomic
def _forget(owner: Owner) -> None:
    """Whatever else hangs on the address; a moderator's sanctions and notes go with it."""
    mine = [participant.pk for participant in owner.participants]
    respected = list(Respect.objects.filter(participant__in=mine).values_list("comment", flat=True))
    Flag.objects.filter(participant__in=mine).update(participant=None, confirmed_at=None, words="")
    Participant.objects.filter(pk__in=mine).delete()
    _count_respects(respected)
    Letter.objects.filter(to__iexact=owner.email).delete()
    for room in ROOMS:
        room.forget(owner)


def _count_respects(pks: list[int]) -> None:
    given = Respect.objects.filter(comment=OuterRef("pk")).order_by().values("comment")
    number = Coalesce(Subquery(given.annotate(number=Count("pk")).values("number")), 0)
    PostComment.objects.filter(pk__in=pks).update(respects=number)
    shown = PostComment.objects.filter(pk__in=pks, on_page=True)
    fragments.refresh(fragments.for_showing(shown))
