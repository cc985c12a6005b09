"""Several points of one comment at once, a row each."""

import re
from typing import Any
from uuid import UUID

from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict

from accounts.refusals import Refusal
from blog.models import Revision
from blog.projection import project
from comments.models import PostComment
from editorial import slips
from editorial.disputes import AtPoint
from editorial.forms.triage import CommentPointForm, OwnPointForm
from editorial.points import Point

MOST_POINTS = 12
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*•])\s+(?P<words>.+)$", re.MULTILINE)
_LIST_ITEM = re.compile(r"<li>(?P<words>.*?)</li>", re.DOTALL)


class _BaseRows(BaseFormSet[CommentPointForm]):
    """Rows that each begin with words of their own; one that nobody touched may stay empty."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        given = super().get_form_kwargs(index)
        typed = given.pop("typed")
        return {
            **given,
            "initial": typed[index] if index is not None and index < len(typed) else {},
        }


Rows = BaseFormSet[CommentPointForm]


def points_in(comment: PostComment) -> list[str]:
    """The points that a comment counts out itself, in its words; none if it does not."""
    items = [project(found["words"]).text for found in _LIST_ITEM.finditer(comment.html)]
    items = items or [found["words"] for found in _NUMBERED.finditer(project(comment.html).text)]
    return [" ".join(words.split()) for words in items if words.strip()][:MOST_POINTS]


class CommentPoints:
    """The rows for a comment: one for each point it counts out, and one more to fill in.

    A row that nobody touched is no point. `slip` makes sending the form twice one act.
    """

    row: type[CommentPointForm] = CommentPointForm

    def __init__(self, data: QueryDict | None, *, comment: PostComment, head: Revision) -> None:
        self.comment = comment
        self.refused = ""
        sent = data.get("slip", "") if data is not None else ""
        self.paper = slips.read(str(sent), post_id=comment.post_id)
        self.slip = sent or slips.issue(post_id=comment.post_id, revision=head.number)
        self.wants_more = data is not None and "more" in data
        if data is not None and "more" in data:
            typed = _typed(data, self.row)
            self.rows = _rows(self.row, None, [*typed, {}], head)
        else:
            quotes = [{"quote": words} for words in points_in(comment)]
            self.rows = _rows(self.row, data, quotes or [{}], head)

    @property
    def key(self) -> UUID | None:
        return self.paper.key if self.paper else None

    def is_valid(self) -> bool:
        return not self.wants_more and self.rows.is_valid()

    def filled(self) -> list[CommentPointForm]:
        return [row for row in self.rows if row.has_changed()]

    def points(self) -> list[Point]:
        return [row.point() for row in self.filled()]

    def take(self, refusal: Refusal) -> None:
        """Say it at the row that was refused, or above all of them."""
        if isinstance(refusal, AtPoint):
            self.filled()[refusal.index].take(refusal.refusal)
        else:
            self.refused = refusal.sentence


class OwnPoints(CommentPoints):
    """The same for whoever wrote the comment."""

    row = OwnPointForm


def _rows(
    row: type[CommentPointForm],
    data: QueryDict | None,
    typed: list[dict[str, str]],
    head: Revision,
) -> Rows:
    rows = formset_factory(
        row,
        formset=_BaseRows,
        extra=min(len(typed), MOST_POINTS),
        max_num=MOST_POINTS,
        validate_max=True,
    )
    return rows(data, form_kwargs={"head": head, "typed": typed})


def _typed(data: QueryDict, form: type[CommentPointForm]) -> list[dict[str, str]]:
    """What stands in the rows of a form that was sent only to get one more."""
    total = data.get("form-TOTAL_FORMS", "")
    number = min(int(total), MOST_POINTS) if total.isdecimal() else 0
    names = form.base_fields
    return [{name: data.get(f"form-{row}-{name}", "") for name in names} for row in range(number)]
