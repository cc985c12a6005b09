"""Addresses of what is published; the more particular ones come first."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from blog import (
    aside_urls,
    draft_urls,
    feeds,
    guest_urls,
    image_urls,
    publishing_urls,
    record_urls,
    writing_urls,
)
from blog.sitemaps import SITEMAPS
from blog.views import reading

app_name = "blog"
urlpatterns = [
    path("", reading.home, name="home"),
    path("feed/", feeds.posts, name="feed"),
    path("posts/", reading.archive, name="archive"),
    path("posts/<int:year>/<int:month>/", reading.archive_month, name="archive_month"),
    path("posts/<slug:slug>/", reading.post, name="post"),
    path("topics/<slug:slug>/", reading.topic, name="topic"),
    path("topics/<slug:slug>/feed/", feeds.topic, name="topic_feed"),
    path("authors/<slug:slug>/", reading.author, name="author"),
    path("authors/<slug:slug>/feed/", feeds.author, name="author_feed"),
    path("about/", reading.about, name="about"),
    path("disclosure/", reading.disclosure, name="disclosure"),
    path("privacy/", reading.privacy, name="privacy"),
    path("favicon.ico", reading.favicon, name="favicon"),
    path("robots.txt", reading.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    *record_urls.urlpatterns,
    *guest_urls.urlpatterns,
    *image_urls.urlpatterns,
    *publishing_urls.urlpatterns,
    *writing_urls.urlpatterns,
    *aside_urls.urlpatterns,
    *draft_urls.urlpatterns,
]
