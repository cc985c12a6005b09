"""Addresses of what the writing page asks for by itself."""

from django.urls import path

from blog.views import asides

urlpatterns = [
    path("write/<int:pk>/pasted/", asides.pasted, name="write_pasted"),
]
