"""The addresses of discussions."""

from django.urls import path, register_converter

from comments import feeds
from comments.paths import CommentId
from comments.views import desk, reading, writing

register_converter(CommentId, "comment")
app_name = "comments"
urlpatterns = [
    path("posts/<slug:slug>/comments/new/", writing.new, name="new"),
    path("posts/<slug:slug>/comments/news/", reading.news, name="news"),
    path("posts/<slug:slug>/feed/", feeds.post, name="post_feed"),
    path("comments/feed/", feeds.comments, name="feed"),
    path("comments/<comment:pk>/", writing.comment, name="comment"),
    path("comments/<comment:pk>/respect/", reading.respect, name="respect"),
    path("comments/mine/<str:token>/", writing.mine, name="mine"),
    path("desk/comments/", desk.comments, name="desk"),
    path("desk/comments/<comment:pk>/", desk.decide, name="decide"),
    path("desk/comments/<comment:pk>/undo/", desk.undo, name="undo"),
    path("desk/comments/<comment:pk>/feature/", reading.feature, name="feature"),
]
