"""The whole of deciding: a case for each dispute that is decided together, and the text."""

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.translation import gettext

from accounts.models import Person
from accounts.refusals import Refusal
from blog.differences import Difference, compare
from blog.models import Revision
from blog.projection import project
from editorial import casework, decisions, plain
from editorial.casework import Casework
from editorial.foreseen import Foreseen, foresee
from editorial.forms import taken_back
from editorial.forms.deciding import CaseForm, TextForm
from editorial.forms.refused import Refused, refused_in
from editorial.models import Decision, Dispute
from editorial.rulings import AtCase


class Deciding:
    """Forms for one dispute, and for others about the same post that are decided with it."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        work: Casework,
        editor: Person,
        together: Sequence[str] = (),
        takes_edit: bool = False,
    ) -> None:
        """With `takes_edit` the text starts as the unpublished edit of the post, if it has one."""
        self.data, self.work, self.editor = data, work, editor
        self.takes_edit = takes_edit and work.has_edit
        self.works = [work, *_others(work, together)]
        self._fill(data)

    def _fill(self, data: QueryDict | None) -> None:
        self.cases = [
            CaseForm(data, dispute=one.dispute, words=one.words, editor=self.editor)
            for one in self.works
        ]
        has_comment = any(one.dispute.public_comment for one in self.works)
        edit = self.work.post if self.takes_edit else None
        again = None if data is not None else self._reworded()
        self.text = TextForm(
            data, head=self.work.head, has_comment=has_comment, edit=edit, again=again
        )

    def _reworded(self) -> Revision | None:
        """The words of a decision about one of them that was taken back."""
        found = (taken_back.reworded(one.dispute, self.work.head) for one in self.works)
        return next(filter(None, found), None)

    @property
    def pairs(self) -> list[tuple[Casework, CaseForm]]:
        return list(zip(self.works, self.cases, strict=True))

    @property
    def is_alone(self) -> bool:
        return len(self.cases) == 1

    @property
    def together(self) -> list[str]:
        """The ids of those that are decided along."""
        return [one.dispute.public_id for one in self.works[1:]]

    @property
    def may_join(self) -> list[Dispute]:
        """Others about this post that could be decided along."""
        return [one for one in self.work.others if one.public_id not in self.together]

    def is_valid(self) -> bool:
        """Whether all of them are; each says all that is wrong with it, in one round."""
        is_edited = not self.text.is_valid() or self.text.edit(self.base) is not None
        for form in self.cases:
            form.full_clean()
            form.judge(is_edited=is_edited)
        return not self.refused

    @property
    def edit_waiting(self) -> Difference | None:
        """What the edit changes that this decision starts from."""
        if not self.takes_edit:
            return None
        return compare(self.work.head.text, project(self.work.post.body).text)

    @property
    def refused(self) -> list[Refused]:
        """What has to be mended, by its place on the page."""
        found = refused_in(self.text, anchor="text", about=gettext("The text of the post"))
        for form in reversed(self.cases):
            claim = form.dispute.claim.statement
            found = refused_in(form, anchor=str(form.prefix), about=claim) + found
        return found

    @property
    def base(self) -> Revision:
        """The revision that the editor looked at."""
        revisions = self.work.post.revisions
        return revisions.filter(number=self.text.cleaned_data["base"]).first() or self.work.head

    def act(self) -> list[Decision]:
        """Decide; refuses as `decisions.decide` does."""
        try:
            return decisions.decide(
                [form.case() for form in self.cases],
                editor=self.editor,
                base=self.base,
                edit=self.text.edit(self.base),
                answer=self.text.cleaned_data.get("answer", ""),
            )
        except Refusal:
            self._look_again()
            raise

    @property
    def made_before(self) -> Decision | None:
        """What this very form has decided already, if it was sent twice."""
        decision, case = self.work.dispute.decision, self.cases[0].case()
        if decision is None or decision.decided_by != self.editor:
            return None
        made = (decision.finding, decision.remedy, decision.reason_public)
        is_same = made == (case.finding, case.remedy, plain.paragraphs(case.reason))
        told = decision.notice.text if decision.notice else ""
        is_same &= told == plain.paragraphs(case.notice if case.tells_readers else "")
        return decision if is_same and decision.base_revision == self.base else None

    def foresee(self) -> Foreseen:
        """All that deciding would bring about; refuses as `act` does, and does nothing."""
        seen = foresee(self.act, post=self.work.post, head=self.base)
        self._look_again()
        return seen

    def _look_again(self) -> None:
        """What was rolled back is not so: the first of several may have been decided already."""
        for one in self.works:
            one.dispute.refresh_from_db()

    def take(self, refusal: Refusal) -> None:
        """Say at which case it was refused, or at the text."""
        if isinstance(refusal, AtCase):
            self.cases[refusal.index].add_error(None, refusal.sentence)
        else:
            self.text.take(refusal)

    def clash(self) -> "Clash":
        """What happened meanwhile, and what was typed; the forms then stand on what is there now.

        Words that the editor had not changed become those of the present text, so that deciding
        again does not undo somebody else's edit.
        """
        base, edit = self.base, self.text.edit(self.base)
        typed = project(edit.body).text if edit else None
        clash = Clash(
            theirs=compare(base.text, self.work.head.text) if base != self.work.head else None,
            mine=compare(self.work.head.text, typed) if typed is not None else None,
            decided=[one.dispute for one in self.works if not one.dispute.is_under_review],
        )
        self._stand_on_head(is_edited=edit is not None)
        return clash

    def _stand_on_head(self, *, is_edited: bool) -> None:
        assert self.data is not None  # noqa: S101  only what was sent can clash
        typed = self.data.copy()
        typed["base"] = str(self.work.head.number)
        typed["waiting"] = ""
        if not is_edited:
            typed["title"], typed["body"] = self.work.head.title, self.work.head.body_html
        for one, form in self.pairs:
            typed[form.add_prefix("version")] = str(one.dispute.version)
        self._fill(typed)


class Clash:
    """Two editors at once: their words and mine, side by side."""

    def __init__(
        self, *, theirs: Difference | None, mine: Difference | None, decided: list[Dispute]
    ) -> None:
        self.theirs, self.mine, self.decided = theirs, mine, decided


def _others(work: Casework, together: Sequence[str]) -> list[Casework]:
    chosen = Dispute.objects.filter(claim__post=work.post, public_id__in=together)
    known = chosen.exclude(pk=work.dispute.pk).select_related(
        "claim__post", "source_comment__user", "decision__notice"
    )
    return [casework.of(one) for one in known.oldest_first()]
