"""Addresses of the public record: corrections, and the versions of a post."""

from django.urls import path

from blog import feeds_corrections
from blog.views import record

urlpatterns = [
    path("corrections/", record.corrections, name="corrections"),
    path("corrections/open/", record.corrections_open, name="corrections_open"),
    path("corrections/unchanged/", record.corrections_unchanged, name="corrections_unchanged"),
    path("corrections/feed/", feeds_corrections.corrections, name="corrections_feed"),
    path("corrections/feed.json", feeds_corrections.corrections_json, name="corrections_json"),
    path("corrections/policy/", record.policy, name="policy"),
    path("corrections/<slug:public_id>/", record.notice, name="notice"),
    path("posts/<slug:slug>/history/", record.history, name="history"),
    path("posts/<slug:slug>/history/<int:number>/", record.revision, name="revision"),
]
