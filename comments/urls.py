"""The addresses of discussions."""

from django.urls import path, register_converter

from comments.paths import CommentId
from comments.views import desk, flags, own, writing

register_converter(CommentId, "comment")
app_name = "comments"
urlpatterns = [
    path("posts/<slug:slug>/comments/new/", writing.new, name="new"),
    path("comments/<comment:pk>/", writing.comment, name="comment"),
    path("comments/<comment:pk>/report/", flags.report, name="report"),
    path("comments/<comment:pk>/reported/", flags.reported, name="reported"),
    path("comments/mine/<str:token>/", own.mine, name="mine"),
    path("comments/mine/<str:token>/edit/", own.edit_by_link, name="edit_by_link"),
    path("comments/mine/<str:token>/withdraw/", own.withdraw_by_link, name="withdraw_by_link"),
    path("me/comments/", own.own, name="own"),
    path("me/comments/<comment:pk>/edit/", own.edit, name="edit"),
    path("me/comments/<comment:pk>/withdraw/", own.withdraw, name="withdraw"),
    path("desk/comments/", desk.comments, name="desk"),
    path("desk/comments/<comment:pk>/", desk.decide, name="decide"),
    path("desk/comments/<comment:pk>/undo/", desk.undo, name="undo"),
]
