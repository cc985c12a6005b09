"""The ledger of a post: how many statements were questioned, and what became of each."""

import pytest
from django.template import Context, Template

from blog.models import Notice, Post
from blog.notices import supersede
from editorial import ledger, record
from tests.factories.blog import NoticeFactory
from tests.factories.editorial import (
    APPOINTMENT,
    PARTS,
    PRACTICE,
    DisputeFactory,
    WorkshopPostFactory,
)

pytestmark = pytest.mark.django_db


def of(post: Post) -> ledger.Ledger:
    found = record.of(Post.objects.select_related("head").get(pk=post.pk))
    return ledger.of([*found.open, *found.checked, *found.answered])


def shown(post: Post, part: str) -> str:
    post = Post.objects.select_related("head").get(pk=post.pk)
    template = Template(f"{{% load record %}}{{% record_{part} post %}}")
    return template.render(Context({"post": post}))


def test_the_ledger_counts_statements_by_what_became_of_them():
    # Given
    post = WorkshopPostFactory()
    DisputeFactory(post=post, words=PRACTICE, unchanged=True)
    DisputeFactory(post=post, words=APPOINTMENT, under_review=True)
    DisputeFactory(post=post, words=PARTS, decided=True)
    # Then
    said = ["3 statements questioned", "1 clarified", "1 stands", "1 under review"]
    assert of(post).parts == said
    assert " · ".join(said) in shown(post, "line")
    assert " · ".join(said) in shown(post, "list")


def test_the_ledger_stands_under_the_byline_and_leads_to_the_end(client):
    # Given
    dispute = DisputeFactory(unchanged=True)
    # When
    html = client.get(dispute.claim.post.get_absolute_url()).content.decode()
    # Then
    assert '<a href="#ledger">1 statement questioned · 1 stands</a>' in html
    assert 'id="ledger"' in html
    assert html.index('href="#ledger"') < html.index("post__text") < html.index('id="ledger"')


def test_while_nothing_is_decided_the_line_of_what_is_open_says_it_all():
    # Given
    dispute = DisputeFactory(under_review=True)
    # Then
    assert "1 statement in this post is under review." in shown(dispute.claim.post, "line")
    assert "questioned" not in shown(dispute.claim.post, "line")


def test_a_post_that_nobody_questions_has_no_ledger():
    # Given
    post = WorkshopPostFactory()
    DisputeFactory(post=post)
    DisputeFactory(post=post, words=APPOINTMENT, declined=True)
    # Then
    assert shown(post, "line") + shown(post, "list") == ""


def test_a_line_leads_to_the_notice_on_the_page_or_to_where_the_statement_is_told():
    # Given
    post = WorkshopPostFactory()
    kept = DisputeFactory(post=post, words=PRACTICE, unchanged=True)
    told = DisputeFactory(post=post, decided=True)
    notice = told.decision.notice
    lines = {line.statement: line.href for line in of(post).lines}
    assert lines == {
        kept.claim.statement: kept.get_absolute_url(),
        told.claim.statement: f"#notice-{notice.public_id}",
    }
    # When the notice no longer stands on the page
    supersede(Notice.objects.get(pk=notice.pk), by=NoticeFactory(post=Post.objects.get(pk=post.pk)))
    # Then
    lines = {line.statement: line.href for line in of(post).lines}
    assert lines[told.claim.statement] == told.get_absolute_url()


def test_every_end_that_a_decision_can_have_has_its_words():
    assert set(ledger.WORDS) == set(ledger.COUNTED)
    for one in ledger.COUNTED.values():
        assert (one % {"n": 1}).startswith("1 ")
        assert (one % {"n": 2}).startswith("2 ")
