"""What the discussion hears from rooms that do not know it: accounts and the publication.

Those packages may not import this one, so Django's own signals are the only way in. Names and
offices stand in rendered fragments; when they change, a task draws the fragments again.
"""

from typing import Any

from django.db.models import Q

from accounts.models import Person
from blog.models import Publication
from comments.fragments import redraw, redraw_signed_in
from comments.models import Participant, PostComment
from comments.reactions import take_all_back

SHOWN = frozenset({"name", "role", "is_active"})


def person_saved(
    *, instance: Person, created: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    if not created and (update_fields is None or SHOWN & update_fields):
        redraw.enqueue(_naming(instance))


def person_leaves(*, instance: Person, **kwargs: Any) -> None:
    redraw.enqueue(_naming(instance))


def participant_leaves(*, instance: Participant, **kwargs: Any) -> None:
    """The numbers of respects stay true whoever is deleted, and by whom."""
    if pks := take_all_back(instance):
        redraw.enqueue(pks)


def publication_saved(*, instance: Publication, created: bool, **kwargs: Any) -> None:
    """Perhaps another host; a publication that was just made has none."""
    if not created:
        redraw_signed_in.enqueue()


def _naming(person: Person) -> list[int]:
    """The comments whose fragments hold this person's name."""
    written_or_answering = Q(user=person) | Q(in_reply_to__user=person)
    comments = PostComment.objects.filter(written_or_answering, on_page=True).order_by()
    return list(comments.values_list("pk", flat=True))
