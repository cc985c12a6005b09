"""Addresses of what publishing needs beside the workbench: days, and what else is planned."""

from django.urls import path

from blog.views import scheduling

urlpatterns = [
    path("desk/posts/<int:pk>/schedule/", scheduling.schedule, name="desk_schedule"),
    path("desk/posts/<int:pk>/unschedule/", scheduling.unschedule, name="desk_unschedule"),
    path("desk/posts/<int:pk>/expire/", scheduling.expire, name="desk_expire"),
    path("desk/posts/<int:pk>/keep/", scheduling.keep, name="desk_keep"),
]
