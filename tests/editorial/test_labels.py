"""A label says "optional" only where a field may always stay empty."""

import pytest
from django import forms

from blog.forms.review import ReviseForm
from blog.forms.writing import PostForm, SubmitForm
from editorial.forms.deciding import CaseForm, TextForm
from editorial.forms.report import ReportForm
from editorial.forms.triage import CommentPointForm, OpenForm
from tests.factories.editorial import PARTS, DisputeFactory, WorkshopPostFactory

pytestmark = pytest.mark.django_db


def called_optional(form: forms.Form) -> set[str]:
    shown = {field.name: field.as_field_group() for field in form.visible_fields()}
    assert all(group.count("(optional)") <= 1 for group in shown.values())
    return {name for name, group in shown.items() if "(optional)" in group}


def test_a_text_that_has_to_be_written_is_not_called_optional():
    assert called_optional(PostForm()) == {"summary"}
    assert called_optional(SubmitForm()) == {"message"}
    assert called_optional(ReviseForm()) == set()


def test_what_a_decision_may_need_is_not_called_optional():
    # Given
    dispute = DisputeFactory(under_review=True)
    head = dispute.claim.post.head
    # Then
    case = CaseForm(dispute=dispute, words=PARTS, editor=dispute.assigned_to)
    assert called_optional(case) == {"due_on"}
    assert called_optional(TextForm(head=head, has_comment=True)) == {"answer"}


def test_words_that_point_at_a_statement_are_not_called_optional():
    # Given
    post = WorkshopPostFactory()
    # Then
    assert called_optional(OpenForm(head=post.head)) == {"claim", "source", "name", "email"}
    assert called_optional(CommentPointForm(head=post.head)) == {"claim", "source"}
    report = called_optional(ReportForm(post=post, head=post.head))
    rows = ("", "_2", "_3", "_4")
    sources = {f"source{part}{row}" for part in ("", "_title", "_stance") for row in rows}
    assert report == {"wanted", "name", "email", "homepage"} | sources
