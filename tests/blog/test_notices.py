"""Notices: what readers are told, as an object of its own."""

import dataclasses

import pytest

from accounts.refusals import Invalid, NotAllowed, WrongMoment
from blog import notices
from blog.models import Notice, NoticeKind, NoticeState
from blog.notices import NoticeFacts
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory

pytestmark = pytest.mark.django_db


def facts(post, **changes):
    plain = NoticeFacts(
        kind=NoticeKind.CLARIFICATION,
        text="The shop, not the workshop, sells the oil.",
        revision_before=post.head,
        revision_after=post.head,
    )
    return dataclasses.replace(plain, **changes)


def test_a_notice_is_signed_and_moves_the_updated_date(editor):
    post = PostFactory(published=True)
    notice = notices.publish_notice(post, editor=editor, facts=facts(post))
    post.refresh_from_db()
    assert notice.byline.person == editor
    assert post.updated_at == notice.published_at


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_only_an_editor_publishes_a_notice(role):
    post = PostFactory(published=True)
    with pytest.raises(NotAllowed):
        notices.publish_notice(post, editor=PersonFactory(role=role), facts=facts(post))


def test_a_post_that_is_not_public_gets_no_notice(editor):
    post = PostFactory(published=True)
    head = post.head
    post.state = "draft"
    with pytest.raises(WrongMoment):
        notices.publish_notice(
            post, editor=editor, facts=facts(post, revision_before=head, revision_after=head)
        )


def test_a_correction_changes_the_text(editor):
    post = PostFactory(published=True)
    with pytest.raises(Invalid):
        notices.publish_notice(post, editor=editor, facts=facts(post, kind=NoticeKind.CORRECTION))
    assert Notice.objects.count() == 0


def test_a_notice_needs_words(editor):
    post = PostFactory(published=True)
    with pytest.raises(Invalid):
        notices.publish_notice(post, editor=editor, facts=facts(post, text="  "))


def test_a_superseded_notice_stays_readable_and_says_by_which(editor):
    # Given
    post = PostFactory(published=True)
    first = notices.publish_notice(post, editor=editor, facts=facts(post))
    second = notices.publish_notice(post, editor=editor, facts=facts(post, text="It is both."))
    # When
    notices.supersede(first, by=second)
    # Then
    first.refresh_from_db()
    assert (first.state, first.superseded_by) == (NoticeState.SUPERSEDED, second)
    assert set(Notice.objects.public()) == {first, second}
    with pytest.raises(WrongMoment):
        notices.supersede(first, by=second)


def test_a_notice_supersedes_only_its_own_posts_notices(editor):
    post, other = PostFactory(published=True), PostFactory(published=True)
    first = notices.publish_notice(post, editor=editor, facts=facts(post))
    foreign = notices.publish_notice(other, editor=editor, facts=facts(other))
    for by in (foreign, first):
        with pytest.raises(Invalid):
            notices.supersede(first, by=by)


def test_ids_of_notices_do_not_count(editor):
    post = PostFactory(published=True)
    ids = {
        notices.publish_notice(post, editor=editor, facts=facts(post)).public_id for _n in range(3)
    }
    assert len(ids) == 3
    assert all(len(one) == 12 and not one.isdigit() for one in ids)
