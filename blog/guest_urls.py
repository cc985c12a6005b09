"""Addresses of guest authors and of whoever invites them; of asking authors for approval."""

from django.urls import path

from blog.views import approving, guests, pitches

urlpatterns = [
    path("write/guest/<str:token>/", guests.door, name="guest_door"),
    path("write/guest/<str:token>/again/", guests.ask_again, name="guest_again"),
    path("write/guest/<str:token>/claim/", guests.claim, name="guest_claim"),
    path("write/<int:pk>/byline/", guests.byline, name="write_post_byline"),
    path("write/<int:pk>/leave/", guests.leave, name="write_leave"),
    path("write/<int:pk>/approve/", approving.approve, name="write_approve"),
    path("write/<int:pk>/approve/decline/", approving.decline, name="write_decline"),
    path("desk/posts/<int:pk>/approval/", approving.ask_author, name="desk_ask_approval"),
    path("write/pitch/", pitches.pitch, name="pitch"),
    path("write/pitch/sent/", pitches.sent, name="pitch_sent"),
    path("write/pitch/<str:token>/", pitches.confirm, name="pitch_confirm"),
    path("desk/pitches/", pitches.pitch_list, name="desk_pitches"),
    path("desk/pitches/switch/", pitches.switch, name="desk_switch_pitches"),
    path("desk/pitches/<int:pk>/", pitches.desk_pitch, name="desk_pitch"),
    path("desk/pitches/<int:pk>/accept/", pitches.accept, name="desk_accept_pitch"),
    path("desk/pitches/<int:pk>/decline/", pitches.decline, name="desk_decline_pitch"),
    path("desk/guests/", guests.guest_list, name="desk_guests"),
    path("desk/guests/invite/", guests.invite, name="desk_invite"),
    path("desk/guests/<int:pk>/end/", guests.revoke, name="desk_end_guest_link"),
    path("desk/guests/<int:pk>/renew/", guests.renew, name="desk_renew_guest_link"),
]
