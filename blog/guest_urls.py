"""Addresses of guest authors and of whoever invites them."""

from django.urls import path

from blog.views import guests

urlpatterns = [
    path("write/guest/<str:token>/", guests.door, name="guest_door"),
    path("write/guest/<str:token>/again/", guests.ask_again, name="guest_again"),
    path("desk/guests/", guests.guest_list, name="desk_guests"),
    path("desk/guests/invite/", guests.invite, name="desk_invite"),
    path("desk/guests/<int:pk>/end/", guests.revoke, name="desk_end_guest_link"),
    path("desk/guests/<int:pk>/renew/", guests.renew, name="desk_renew_guest_link"),
]
