"""Addresses of what publishing needs beside the workbench: days, and what else is planned."""

from django.urls import path

from blog.views import bylines, pieces, preview, proposals, scheduling, search, series

urlpatterns = [
    path("desk/site/history/", pieces.history, name="desk_site_history"),
    path("desk/site/history/<int:pk>/", pieces.version, name="desk_piece"),
    path("desk/site/history/<int:pk>/restore/", pieces.restore, name="desk_restore_piece"),
    path("write/<int:pk>/propose/", proposals.propose, name="write_propose"),
    path("write/<int:pk>/propose/withdraw/", proposals.withdraw, name="write_withdraw_proposal"),
    path("desk/proposals/<int:pk>/", proposals.proposal, name="desk_proposal"),
    path("desk/proposals/<int:pk>/take/", proposals.take, name="desk_take_proposal"),
    path("desk/proposals/<int:pk>/decline/", proposals.decline, name="desk_decline_proposal"),
    path("search/", search.search, name="search"),
    path("series/<slug:slug>/", series.page, name="series"),
    path("desk/series/", series.series_list, name="desk_series_list"),
    path("desk/series/<int:pk>/", series.series, name="desk_series"),
    path("desk/series/<int:pk>/parts/", series.parts, name="desk_series_parts"),
    path("desk/posts/<int:pk>/names/", bylines.signed, name="desk_signed"),
    path("preview/<str:token>/", preview.by_link, name="preview"),
    path("desk/posts/<int:pk>/previews/", preview.make, name="desk_preview"),
    path("desk/previews/<int:pk>/end/", preview.revoke, name="desk_end_preview"),
    path("desk/posts/<int:pk>/schedule/", scheduling.schedule, name="desk_schedule"),
    path("desk/posts/<int:pk>/unschedule/", scheduling.unschedule, name="desk_unschedule"),
    path("desk/posts/<int:pk>/expire/", scheduling.expire, name="desk_expire"),
    path("desk/posts/<int:pk>/keep/", scheduling.keep, name="desk_keep"),
]
