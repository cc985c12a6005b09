"""The addresses of discussions."""

from django.urls import path, register_converter

from comments.paths import CommentId
from comments.views import desk, my_data, spam_check, writing

register_converter(CommentId, "comment")
app_name = "comments"
urlpatterns = [
    path("posts/<slug:slug>/comments/new/", writing.new, name="new"),
    path("comments/<comment:pk>/", writing.comment, name="comment"),
    path("comments/mine/<str:token>/", writing.mine, name="mine"),
    path("comments/my-data/", my_data.ask, name="my_data"),
    path("comments/my-data/<str:token>/", my_data.data, name="my_data_of"),
    path("comments/my-data/<str:token>/json/", my_data.as_json, name="my_data_json"),
    path("comments/my-data/<str:token>/html/", my_data.as_html, name="my_data_html"),
    path("desk/comments/", desk.comments, name="desk"),
    path("desk/comments/spam-check/", spam_check.spam_check, name="spam_check"),
    path("desk/comments/spam-check/key/", spam_check.inspect, name="spam_check_inspect"),
    path("desk/comments/spam-check/again/", spam_check.again, name="recheck_held"),
    path("desk/comments/spam-check/again/<comment:pk>/", spam_check.recheck, name="recheck"),
    path("desk/comments/<comment:pk>/", desk.decide, name="decide"),
    path("desk/comments/<comment:pk>/undo/", desk.undo, name="undo"),
]
