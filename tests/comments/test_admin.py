"""The publisher's look behind the desk."""

import pytest
from django.contrib import admin
from django.test import Client
from django_comments_xtd.models import BlackListedDomain

from comments.models import DiscardedSpam, Flag, PostComment
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher_s(client: Client) -> Client:
    client.force_login(PersonFactory(publisher=True, is_superuser=True))
    return client


@pytest.mark.parametrize("model", [PostComment, Flag, BlackListedDomain, DiscardedSpam])
def test_everything_of_the_discussion_is_registered(model: type) -> None:
    assert admin.site.is_registered(model)


def test_the_library_s_own_admin_is_not_there() -> None:
    names = [model.__name__ for model in admin.site._registry]
    assert "XtdComment" not in names
    assert "Comment" not in names


def test_comments_can_be_found_and_read(publisher_s: Client) -> None:
    comment = PostCommentFactory(by__name="Ana", published=True)
    Flag.objects.create(comment=comment, reporter="somebody", reason="abusive")
    assert b"Ana" in publisher_s.get("/admin/comments/postcomment/?q=Ana").content
    assert publisher_s.get(f"/admin/comments/postcomment/{comment.pk}/change/").status_code == 200
    assert b"abusive" in publisher_s.get("/admin/comments/flag/").content


def test_nothing_is_decided_there(publisher_s: Client) -> None:
    comment = PostCommentFactory()
    address = f"/admin/comments/postcomment/{comment.pk}"
    assert publisher_s.post(f"{address}/change/", {"state": "published"}).status_code == 403
    assert publisher_s.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    assert publisher_s.get("/admin/comments/postcomment/add/").status_code == 403


def test_blocked_domains_are_kept_there(publisher_s: Client) -> None:
    address = "/admin/django_comments_xtd/blacklisteddomain/add/"
    publisher_s.post(address, {"domain": "cheap.example"})
    assert BlackListedDomain.objects.get().domain == "cheap.example"
