"""Everything that a decision will bring about, before it is made.

The real rules run, the real rows are looked at, and the transaction is rolled back: nothing is
stored, no mail leaves, and nothing here could differ from what will happen.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from accounts.models import Letter
from blog import rendering, sentences, structured_data
from blog.differences import Difference, compare
from blog.models import EditorNote, Mark, Notice, Post, Revision
from blog.rendering import PostPage
from comments.models import PostComment
from editorial import mail, telling
from editorial.decisions import answer_key
from editorial.honesty import READERS_ARE_TOLD
from editorial.models import Decision, Dispute, Finding

OF_THE_POST = ("headline", "dateModified", "version", "creativeWorkStatus")


class Foretold(NamedTuple):
    """A mail that goes out when the decision can no longer be taken back."""

    role: str
    subject: str
    text: str


class Entry(NamedTuple):
    """What the feed of corrections will say."""

    title: str
    text: str


@dataclass(frozen=True)
class Outcome:
    """One decision as readers will meet it in the text and beside it."""

    decision: Decision
    statement: str
    told: str
    mark: str
    note: SafeString

    @property
    def notice(self) -> Notice | None:
        return self.decision.notice

    @property
    def line(self) -> str:
        """The line under the byline, for a notice that is grave enough."""
        if self.notice is None or self.notice.severity not in rendering.ON_TOP:
            return ""
        return sentences.told_in_a_line(self.notice)


@dataclass(frozen=True)
class Foreseen:
    """The post and all that surrounds it, as if it had been decided."""

    page: PostPage
    was_titled: str
    difference: Difference | None
    outcomes: list[Outcome]
    entries: list[Entry]
    json_ld: str
    answers: list[SafeString]
    letters: list[Foretold]

    @property
    def has_new_title(self) -> bool:
        return self.page.title != self.was_titled


def foresee(act: Callable[[], Sequence[Decision]], *, post: Post, head: Revision) -> Foreseen:
    """Run a decision, look at what it did, and undo it; refuses what the decision refuses.

    Objects that the decision worked on are to be read again afterwards.
    """
    began, was_titled = timezone.now(), post.headline
    with transaction.atomic():
        made = act()
        telling.write(made[0])
        seen = _look(made, began=began, head=head, was_titled=was_titled)
        transaction.set_rollback(True)
    return seen


def _look(
    made: Sequence[Decision], *, began: datetime, head: Revision, was_titled: str
) -> Foreseen:
    posts = rendering.with_page(Post.objects.filter(pk=head.post_id))
    page = rendering.assemble(posts.get())
    new_head = page.post.head
    is_reworded = new_head is not None and new_head.pk != head.pk
    shown = {notice.pk: notice for notice in page.notices}
    for decision in made:
        decision.notice = shown.get(decision.notice_id or 0)
    outcomes = [_outcome(decision) for decision in made]
    told = [one.notice for one in outcomes if one.notice is not None]
    disputes = [dispute for decision in made for dispute in decision.disputes.all()]
    return Foreseen(
        page=page,
        was_titled=was_titled,
        difference=compare(head.text, new_head.text) if new_head and is_reworded else None,
        outcomes=outcomes,
        entries=[Entry(sentences.entry_title(one), sentences.entry_text(one)) for one in told],
        json_ld=_json_ld(page, told),
        answers=_answers(made[0], disputes),
        letters=_letters(disputes, began),
    )


def _outcome(decision: Decision) -> Outcome:
    [dispute] = decision.disputes.select_related("claim")
    marks = dispute.claim.passages.exclude(mark=Mark.NONE).values_list("mark", flat=True)
    notes = EditorNote.objects.standing().filter(
        passage__claims=dispute.claim, created_at__gte=decision.decided_at
    )
    note = notes.first()
    return Outcome(
        decision=decision,
        statement=dispute.claim.statement,
        told=str(READERS_ARE_TOLD[Finding(decision.finding)]),
        mark=str(Mark(marks[0]).label) if marks else "",
        note=mark_safe(note.html) if note else mark_safe(""),
    )


def _json_ld(page: PostPage, told: Sequence[Notice]) -> str:
    """What changes in the data for machines: the post's own facts, and the new notices."""
    everything = structured_data.blog_posting(page)
    names = {structured_data.correction(one, page.url)["@id"] for one in told}
    new = [one for one in everything.get("correction", ()) if one["@id"] in names]
    facts = {name: everything[name] for name in OF_THE_POST if name in everything}
    return json.dumps(facts | {"correction": new}, ensure_ascii=False, indent=2)


def _answers(first: Decision, disputes: Sequence[Dispute]) -> list[SafeString]:
    asked = {dispute.source_comment for dispute in disputes if dispute.source_comment}
    keys = [answer_key(first, comment) for comment in asked]
    answers = PostComment.objects.published().filter(form_key__in=keys)
    return [mark_safe(answer.html) for answer in answers]


def _letters(disputes: Sequence[Dispute], began: datetime) -> list[Foretold]:
    """The mails that were written, by what the reader of each has to do with it."""
    roles = mail.roles(disputes)
    letters = Letter.objects.filter(to__in=roles, written_at__gte=began).order_by("written_at")
    return [Foretold(roles[one.to], one.subject, one.body) for one in letters]
