"""Addresses of what is contested and decided."""

from django.urls import path, register_converter

from editorial.views import (
    acts,
    casework,
    deciding,
    desk,
    follow_ups,
    grave,
    keeping_out,
    own,
    reading,
    reporting,
    rewording,
)

register_converter(acts.ActConverter, "act")
app_name = "editorial"
urlpatterns = [
    path("posts/<slug:slug>/report/", reporting.report, name="report"),
    path("disputes/mine/<str:token>/", own.mine, name="mine"),
    path("disputes/mine/<str:token>/withdraw/", own.take_back, name="take_back"),
    path("disputes/mine/<str:token>/answer/", own.answer, name="answer"),
    path("disputes/mine/<str:token>/source/", own.add_source, name="add_source"),
    path("disputes/mine/<str:token>/again/", own.ask_again, name="ask_again"),
    path("disputes/<slug:public_id>/", reading.dispute, name="dispute"),
    path("disputes/<slug:public_id>.jsonld", reading.annotation, name="annotation"),
    path("corrections/figures/", reading.figures, name="figures"),
    path("desk/", desk.desk, name="desk"),
    path("desk/reports/", keeping_out.reports, name="reports"),
    path("desk/reports/<slug:public_id>/", keeping_out.keep_out, name="keep_out"),
    path("desk/disputes/", desk.disputes_queue, name="disputes"),
    path("desk/disputes/declined/", desk.declined, name="declined"),
    path("desk/disputes/<slug:public_id>/", casework.case, name="case"),
    path("desk/disputes/<slug:public_id>/do/<act:name>/", acts.act, name="act"),
    path("desk/disputes/<slug:public_id>/accept/", casework.accept, name="accept"),
    path("desk/disputes/<slug:public_id>/decline/", casework.decline, name="decline"),
    path("desk/disputes/<slug:public_id>/place/", casework.place, name="place"),
    path("desk/disputes/<slug:public_id>/decide/", deciding.decide, name="decide"),
    path("desk/disputes/<slug:public_id>/preview/", deciding.preview, name="preview"),
    path("desk/disputes/<slug:public_id>/concern/", grave.express, name="express_concern"),
    path(
        "desk/disputes/<slug:public_id>/concern/<slug:notice>/lift/",
        grave.lift,
        name="lift_concern",
    ),
    path("desk/disputes/<slug:public_id>/withhold/", grave.withhold, name="withhold"),
    path("desk/decisions/<int:pk>/", deciding.decided, name="decided"),
    path("desk/decisions/<int:pk>/undo/", deciding.undo, name="undo"),
    path("desk/disputes/<slug:public_id>/explain/", rewording.explain, name="explain"),
    path("desk/follow-ups/<int:pk>/", follow_ups.follow_up, name="follow_up"),
    path("desk/follow-ups/<int:pk>/keep/", follow_ups.keep, name="keep_follow_up"),
    path("desk/follow-ups/<int:pk>/drop/", follow_ups.drop, name="drop_follow_up"),
    path("desk/comments/<int:pk>/dispute/", desk.from_comment, name="from_comment"),
    path("desk/posts/<int:pk>/dispute/", desk.from_post, name="from_post"),
]
