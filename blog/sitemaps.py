"""Which pages search engines may know: what readers read, with the day it last changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Profile
from blog import shelves
from blog.models import Notice, Post, Series, Topic

OURS: SplitResult = urlsplit(settings.SITE_URL)
PAGES = ("home", "archive", "corrections", "policy", "about", "disclosure", "privacy")


class OurSitemap(Sitemap):  # type: ignore[type-arg]  # not generic at run time
    """On the host and scheme of SITE_URL."""

    limit = 10_000

    @property
    def protocol(self) -> str:  # type: ignore[override]
        return OURS.scheme

    def get_domain(self, site: Any = None) -> str:
        return OURS.netloc


class PageSitemap(OurSitemap):
    def items(self) -> Sequence[str]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(f"blog:{item}")


class PostSitemap(OurSitemap):
    def items(self) -> QuerySet[Post]:
        return shelves.cards().prefetch_related(None)

    def lastmod(self, item: Post) -> datetime | None:
        return item.updated_at or item.published_at


class NoticeSitemap(OurSitemap):
    def items(self) -> QuerySet[Notice]:
        return Notice.objects.told().newest_first()

    def lastmod(self, item: Notice) -> datetime:
        return item.published_at


class TopicSitemap(OurSitemap):
    def items(self) -> QuerySet[Topic]:
        return shelves.topics_in_use()


class SeriesSitemap(OurSitemap):
    def items(self) -> QuerySet[Series]:
        return shelves.series_in_use()


class ProfileSitemap(OurSitemap):
    def items(self) -> QuerySet[Profile]:
        return shelves.public_profiles()


SITEMAPS = {
    "pages": PageSitemap,
    "posts": PostSitemap,
    "topics": TopicSitemap,
    "series": SeriesSitemap,
    "authors": ProfileSitemap,
    "notices": NoticeSitemap,
}
