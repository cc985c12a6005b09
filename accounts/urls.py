"""Addresses of a person's own pages; signing in is allauth's, under /accounts/."""

from django.urls import path

from accounts import staff_views, views

app_name = "accounts"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/bar/", views.bar, name="bar"),
    path("me/digest/", views.digest, name="digest"),
    path("me/digest/stop/<str:token>/", views.stop_digest, name="stop_digest"),
    path("me/profile/", views.profile, name="profile"),
    path("me/keys/", views.keys, name="keys"),
    path("me/second-step/", views.second_step, name="second_step"),
    path("me/join/<str:token>/", staff_views.join, name="join"),
    path("desk/staff/", staff_views.staff, name="staff"),
    path("desk/staff/<int:pk>/role/", staff_views.change_role, name="staff_role"),
    path("desk/staff/<int:pk>/close/", staff_views.close, name="staff_close"),
    path("desk/staff/<int:pk>/open/", staff_views.open_again, name="staff_open"),
    path("desk/staff/invitations/<int:pk>/end/", staff_views.end, name="staff_end_invitation"),
]
