"""What the desks of other packages need to lead to disputes."""

from collections.abc import Iterable

from django import template
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import Person
from accounts.roles import is_editor
from comments.models import PostComment
from editorial.models import Dispute

register = template.Library()


@register.filter
def may_dispute(person: Person | AnonymousUser | str) -> bool:
    """Whether to offer making disputes; nobody in particular may not."""
    return not isinstance(person, str) and is_editor(person)


@register.simple_tag
def disputes_made_from(comments: Iterable[PostComment]) -> dict[int, list[Dispute]]:
    """The disputes that were made of each of these comments, in one query."""
    made: dict[int, list[Dispute]] = {}
    found = Dispute.objects.filter(source_comment__in=[comment.pk for comment in comments])
    for dispute in found.order_by("pk"):
        made.setdefault(dispute.source_comment_id or 0, []).append(dispute)
    return made


@register.filter
def of_comment(made: dict[int, list[Dispute]], comment: PostComment) -> list[Dispute]:
    """Those that were made of one comment."""
    return made.get(comment.pk, [])


@register.filter
def case_url(public_id: str) -> str:
    """The screen of a dispute at the desk."""
    return reverse("editorial:case", kwargs={"public_id": public_id})
