"""Addresses of what the writing page asks for by itself, and of steps on it."""

from django.urls import path

from blog.views import asides, links, writing

urlpatterns = [
    path("write/<int:pk>/links/", links.report, name="write_links"),
    path("write/<int:pk>/take-back/", writing.take_back, name="write_take_back"),
    path("write/<int:pk>/pasted/", asides.pasted, name="write_pasted"),
    path("write/<int:pk>/kept/", asides.keep, name="write_keep"),
    path("write/<int:pk>/kept/<int:kept>/away/", asides.throw_away, name="write_throw_away"),
    path("write/<int:pk>/here/", asides.here, name="write_here"),
    path("write/<int:pk>/key/", asides.key, name="write_key"),
]
