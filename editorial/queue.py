"""What waits for an editor, oldest first, counted in one query each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.roles import is_editor
from blog.models import Notice, Pitch, Post
from comments.models import Flag, PostComment
from editorial import aims, desk_lists, rewording
from editorial.models import Dispute, DisputeEvent, DisputeEventKind, DisputeState, FollowUp

ON_A_PAGE = 30


@dataclass(frozen=True)
class Waiting:
    """One kind of thing that waits: how many, since when, and where to work on it."""

    label: str | Promise
    number: int
    oldest: datetime | None
    url: str


def waiting(person: Person) -> list[Waiting]:
    """Everything that this person may work on: a moderator's are comments, and spam in reports."""
    held = comments_held()
    if not is_editor(person):
        return [held, disputes_received(page="editorial:reports")]
    disputes, under_review = reverse("editorial:disputes"), Dispute.objects.under_review()
    promised = FollowUp.objects.promised()
    posts = Post.objects.waiting()
    return [
        held,
        _count(_("Posts to review"), posts, "state_changed_at", reverse("blog:desk_posts")),
        posts_overdue(person),
        pitches_open(),
        disputes_received(),
        _count(_("Disputes under review"), under_review, "taken_up_at", f"{disputes}?list=review"),
        disputes_lost(),
        _count(
            _("Disputed words changed without notice"),
            rewording.unexplained(),
            "edited_at",
            f"{disputes}?list=reworded",
        ),
        _count(
            _("Corrections undone"),
            Notice.objects.undone(),
            "undone_in__created_at",
            f"{disputes}?list=undone",
        ),
        _count(_("Follow-ups promised"), promised, "promised_at", f"{disputes}?list=promised"),
    ]


def posts_overdue(person: Person) -> Waiting:
    """Posts in this editor's care, or in nobody's, with which somebody should be done by now."""
    late = Post.objects.overdue(timezone.localdate()).in_care_of(person)
    return _count(
        _("Posts that are overdue"),
        late,
        "state_changed_at",
        f"{reverse('blog:desk_posts')}?overdue=1&editor=care",
    )


def pitches_open() -> Waiting:
    """Posts that somebody proposes to write."""
    waiting = Pitch.objects.waiting()
    return _count(_("Posts proposed"), waiting, "confirmed_at", reverse("blog:desk_pitches"))


def comments_held() -> Waiting:
    held = PostComment.objects.held()
    return _count(_("Comments held"), held, "submit_date", reverse("comments:desk"))


def comments_reported() -> Waiting:
    """Comments with an open report; the oldest of those reports counts."""
    facts = Flag.objects.open().aggregate(
        number=Count("comment", distinct=True), oldest=Min("created_at")
    )
    url = f"{reverse('comments:desk')}?list=reported"
    return Waiting(_("Comments reported"), facts["number"], facts["oldest"], url)


def disputes_received(page: str = "editorial:disputes") -> Waiting:
    url = f"{reverse(page)}?list=received"
    return _count(_("Disputes received"), Dispute.objects.received(), "created_at", url)


def disputes_late() -> Waiting:
    """Under review for longer than we aim at; those that nobody has read say their age already."""
    url = f"{reverse('editorial:disputes')}?list=overdue"
    late = aims.overdue().filter(state=DisputeState.UNDER_REVIEW)
    return _count(_("Disputes that should be decided by now"), late, "created_at", url)


def disputes_lost() -> Waiting:
    url = f"{reverse('editorial:disputes')}?list=lost"
    return _count(_("Disputes that lost their words"), desk_lists.lost(), "created_at", url)


def _count(label: str | Promise, waiting: QuerySet[Any], since: str, url: str) -> Waiting:
    facts = waiting.order_by().aggregate(number=Count("pk"), oldest=Min(since))
    return Waiting(label, facts["number"], facts["oldest"], url)


def declined_page(number: str | None) -> "Page[Dispute]":
    """What was not taken up, newest first, with the event that says why and by whom."""
    declined = Dispute.objects.filter(state=DisputeState.NOT_ACCEPTED)
    events = DisputeEvent.objects.filter(kind=DisputeEventKind.DECLINED).select_related("actor")
    rows = declined.select_related("claim__post__head").defer("claim__post__body")
    rows = rows.prefetch_related(Prefetch("events", events, to_attr="declining"))
    return Paginator(rows.order_by("-closed_at", "-pk"), ON_A_PAGE).get_page(number)
