"""What moderators see of a participant beside a comment: their record, in a few numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from comments.models import CommentState, PostComment

S = CommentState


@dataclass(frozen=True)
class Record:
    """How the comments of one participant fared."""

    comments: int = 0
    published: int = 0
    refused: int = 0  # rejected or taken down
    spam: int = 0


NOTHING_YET = Record()


def records(participants: Iterable[int | None]) -> dict[int, Record]:
    """The record of each of these participants, in one query; who has none is not in it."""
    wanted = {pk for pk in participants if pk is not None}
    rows = (
        PostComment.objects.filter(participant__in=wanted)
        .order_by()
        .values_list("participant")
        .annotate(
            comments=Count("pk"),
            published=Count("pk", filter=Q(state=S.PUBLISHED)),
            refused=Count("pk", filter=Q(state__in=(S.REJECTED, S.REMOVED))),
            spam=Count("pk", filter=Q(state=S.SPAM)),
        )
    )
    return {pk: Record(*numbers) for pk, *numbers in rows}
