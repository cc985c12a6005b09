"""The addresses of discussions."""

from django.urls import path, register_converter

from comments.paths import CommentId
from comments.views import desk, desk_many, desk_together, writing

register_converter(CommentId, "comment")
app_name = "comments"
urlpatterns = [
    path("posts/<slug:slug>/comments/new/", writing.new, name="new"),
    path("comments/<comment:pk>/", writing.comment, name="comment"),
    path("comments/mine/<str:token>/", writing.mine, name="mine"),
    path("desk/comments/", desk.comments, name="desk"),
    path("desk/comments/<comment:pk>/", desk.decide, name="decide"),
    path("desk/comments/<comment:pk>/undo/", desk.undo, name="undo"),
    path("desk/comments/filters/", desk.save_filter, name="save_filter"),
    path("desk/comments/filters/<comment:pk>/delete/", desk.forget_filter, name="forget_filter"),
    path("desk/comments/many/", desk_many.begin, name="decide_many"),
    path("desk/comments/many/<comment:pk>/", desk_many.batch, name="batch"),
    path("desk/comments/many/<comment:pk>/undo/", desk_many.undo, name="undo_batch"),
    path("desk/comments/spam/empty/", desk_many.empty_spam, name="empty_spam"),
    path("desk/comments/here/", desk_together.here, name="here"),
    path("desk/comments/changes/", desk_together.moved, name="changes"),
]
