"""Addresses of a person's own pages; signing in is allauth's, under /accounts/."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/bar/", views.bar, name="bar"),
    path("me/digest/", views.digest, name="digest"),
    path("me/digest/stop/<str:token>/", views.stop_digest, name="stop_digest"),
    path("me/profile/", views.profile, name="profile"),
    path("me/keys/", views.keys, name="keys"),
]
