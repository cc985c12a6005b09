"""The addresses of discussions."""

from django.urls import path, register_converter

from comments.paths import CommentId
from comments.views import (
    by_mail,
    desk,
    flags,
    following,
    house,
    my_data,
    own,
    people,
    spam_check,
    writing,
)

register_converter(CommentId, "comment")
app_name = "comments"
urlpatterns = [
    path("posts/<slug:slug>/comments/new/", writing.new, name="new"),
    path("comments/<comment:pk>/", writing.comment, name="comment"),
    path("posts/<slug:slug>/follow/", following.follow, name="follow"),
    path("comments/confirm/<str:token>/", following.confirm, name="confirm"),
    path("comments/follow/<str:token>/", following.confirm_follow, name="confirm_follow"),
    path("comments/subscriptions/", following.ask, name="ask_subscriptions"),
    path("comments/subscriptions/<str:token>/", following.subscriptions, name="subscriptions"),
    path("comments/unsubscribe/<str:token>/", following.unsubscribe, name="unsubscribe"),
    path("comments/my-data/", my_data.ask, name="my_data"),
    path("comments/my-data/<str:token>/", my_data.data, name="my_data_of"),
    path("comments/my-data/<str:token>/json/", my_data.as_json, name="my_data_json"),
    path("comments/my-data/<str:token>/html/", my_data.as_html, name="my_data_html"),
    path("comments/<comment:pk>/report/", flags.report, name="report"),
    path("comments/<comment:pk>/reported/", flags.reported, name="reported"),
    path("comments/mine/<str:token>/", own.mine, name="mine"),
    path("comments/mine/<str:token>/edit/", own.edit_by_link, name="edit_by_link"),
    path("comments/mine/<str:token>/withdraw/", own.withdraw_by_link, name="withdraw_by_link"),
    path("me/comments/", own.own, name="own"),
    path("me/comments/<comment:pk>/edit/", own.edit, name="edit"),
    path("me/comments/<comment:pk>/withdraw/", own.withdraw, name="withdraw"),
    path("desk/comments/", desk.comments, name="desk"),
    path("desk/comments/by-mail/<str:token>/", by_mail.decide, name="by_mail"),
    path("desk/comments/spam-check/", spam_check.spam_check, name="spam_check"),
    path("desk/comments/spam-check/key/", spam_check.inspect, name="spam_check_inspect"),
    path("desk/comments/spam-check/again/", spam_check.again, name="recheck_held"),
    path("desk/comments/spam-check/again/<comment:pk>/", spam_check.recheck, name="recheck"),
    path("desk/comments/rules/", house.rules, name="rules"),
    path("desk/comments/numbers/", house.numbers, name="numbers"),
    path("desk/people/", people.people, name="people"),
    path("desk/people/sanctions/", people.log, name="sanctions"),
    path("desk/people/sanctions/<comment:pk>/lift/", people.lift, name="lift"),
    path("desk/people/<comment:pk>/", people.person, name="person"),
    path("desk/people/<comment:pk>/sanction/", people.sanction, name="sanction"),
    path("desk/people/<comment:pk>/note/", people.note, name="note"),
    path("desk/comments/<comment:pk>/", desk.decide, name="decide"),
    path("desk/comments/<comment:pk>/undo/", desk.undo, name="undo"),
]
