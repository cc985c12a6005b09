"""The addresses of discussions."""

from django.urls import path, register_converter

from comments.paths import CommentId
from comments.views import desk, house, people, writing

register_converter(CommentId, "comment")
app_name = "comments"
urlpatterns = [
    path("posts/<slug:slug>/comments/new/", writing.new, name="new"),
    path("comments/<comment:pk>/", writing.comment, name="comment"),
    path("comments/mine/<str:token>/", writing.mine, name="mine"),
    path("desk/comments/", desk.comments, name="desk"),
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
