"""The feeds of notices, Atom (RFC 4287) and JSON: the id of an entry is its address for good."""

import json
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from accounts.addresses import absolute_url
from blog import sentences
from blog.filters import Asked
from blog.models import Notice, Publication
from blog.models.notice import NoticeQuerySet

ENTRIES = 50
JSON_FEED = "application/feed+json; charset=utf-8"
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


class CorrectionsFeed(Atom1Feed):
    """Django's Atom with plain text in full, and a link to the post beside that to the notice."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, object]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", str(item["content"]), {"type": "text"})
        handler.addQuickElement("link", "", {"rel": "related", "href": str(item["post_url"])})

    def latest_post_date(self) -> datetime:
        """When readers were last told; Django would say "now" of an empty feed."""
        return super().latest_post_date() if self.items else BEFORE_ALL


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """The newest notices; disputes that are open or changed nothing are never among them."""
    asked, name = Asked.of(request.GET.dict()), Publication.current().name
    feed = CorrectionsFeed(
        title=_("Corrections in %(name)s") % {"name": name},
        link=_address("blog:corrections", asked),
        description=_("What was corrected, clarified or updated, with the words before and after."),
        language=settings.LANGUAGE_CODE,
        feed_url=_address("blog:corrections_feed", asked),
        author_name=name,
    )
    for notice in _newest(asked):
        _add(feed, notice)
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


@require_safe
def corrections_json(request: HttpRequest) -> HttpResponse:
    """The same entries by the letter of JSON Feed 1.1; what it has no field for is our own."""
    asked = Asked.of(request.GET.dict())
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _("Corrections in %(name)s") % {"name": Publication.current().name},
        "home_page_url": _address("blog:corrections", asked),
        "feed_url": _address("blog:corrections_json", asked),
        "language": settings.LANGUAGE_CODE,
        "items": [_item(notice) for notice in _newest(asked)],
    }
    return HttpResponse(json.dumps(feed, ensure_ascii=False), content_type=JSON_FEED)


def _address(name: str, asked: Asked) -> str:
    """The feed, or page, of what the address asks for as the log does."""
    return absolute_url(f"{reverse(name)}?{asked.query}" if asked.query else reverse(name))


def _newest(asked: Asked) -> NoticeQuerySet:
    return asked.notices().select_related("post__head", "byline", "superseded_by")[:ENTRIES]


def _changed_at(notice: Notice) -> datetime:
    """One that takes another's place is an entry of its own; one that is lifted changes."""
    return notice.lifted_at or notice.published_at


def _item(notice: Notice) -> dict[str, object]:
    url = absolute_url(notice.get_absolute_url())
    author = absolute_url(notice.byline.get_absolute_url())
    by = notice.superseded_by
    return {
        "id": url,
        "url": url,
        "title": sentences.entry_title(notice),
        "summary": sentences.told_in_a_line(notice),
        "content_text": sentences.entry_text(notice),
        "date_published": notice.published_at.isoformat(timespec="seconds"),
        "date_modified": _changed_at(notice).isoformat(timespec="seconds"),
        "authors": [{"name": notice.byline.name, "url": author}],
        "_corrigible": {
            "kind": notice.kind,
            "severity": notice.severity,
            "state": notice.state,
            "superseded_by": absolute_url(by.get_absolute_url()) if by else None,
            "statement": notice.statement,
            "before": notice.before,
            "after": notice.after,
            "post_url": absolute_url(notice.post.get_absolute_url()),
        },
    }


def _add(feed: CorrectionsFeed, notice: Notice) -> None:
    url = absolute_url(notice.get_absolute_url())
    feed.add_item(
        title=sentences.entry_title(notice),
        link=url,
        description=sentences.told_in_a_line(notice),
        unique_id=url,
        author_name=notice.byline.name,
        pubdate=notice.published_at,
        updateddate=_changed_at(notice),
        content=sentences.entry_text(notice),
        post_url=absolute_url(notice.post.get_absolute_url()),
    )
