"""The addresses of discussions."""

from django.urls import path, register_converter

from comments.paths import CommentId
from comments.views import by_mail, desk, writing

register_converter(CommentId, "comment")
app_name = "comments"
urlpatterns = [
    path("posts/<slug:slug>/comments/new/", writing.new, name="new"),
    path("comments/<comment:pk>/", writing.comment, name="comment"),
    path("comments/mine/<str:token>/", writing.mine, name="mine"),
    path("desk/comments/", desk.comments, name="desk"),
    path("desk/comments/by-mail/<str:token>/", by_mail.decide, name="by_mail"),
    path("desk/comments/<comment:pk>/", desk.decide, name="decide"),
    path("desk/comments/<comment:pk>/undo/", desk.undo, name="undo"),
]
