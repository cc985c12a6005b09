"""Addresses of the writers and the editors: private pages, never kept by a cache."""

from django.urls import path

from blog.models import NoteKind
from blog.views import (
    checklist,
    desk,
    desk_posts,
    log,
    moves,
    notes,
    preview,
    reviewing,
    revising,
    site,
    whole_post,
    workbench,
    writing,
)

OF_WHOLE = "desk_do_to_whole_post"
MOVE_SLUGS = tuple((name, name.replace("_", "-")) for name in workbench.MOVES)
urlpatterns = [
    path("write/", writing.posts, name="write"),
    path("write/byline/", site.own_byline, name="write_byline"),
    path("write/<int:pk>/", writing.post, name="write_post"),
    path("write/<int:pk>/submit/", writing.submit, name="write_submit"),
    path("write/<int:pk>/preview/", preview.post, name="write_preview"),
    path("desk/posts/", desk_posts.posts, name="desk_posts"),
    path("desk/posts/begin/", desk_posts.begin, name="desk_begin"),
    path("desk/posts/<int:pk>/", desk.post, name="desk_post"),
    path("desk/posts/board/", desk_posts.board, name="desk_board"),
    path("desk/posts/calendar/", desk_posts.calendar, name="desk_calendar"),
    path("desk/posts/<int:pk>/plan/", desk.plan, name="desk_plan"),
    *(
        path(f"desk/posts/<int:pk>/{slug}/", moves.move, {"name": name}, name=f"desk_{name}")
        for name, slug in MOVE_SLUGS
    ),
    path("desk/posts/<int:pk>/review/", reviewing.review, name="desk_review"),
    path("desk/posts/<int:pk>/publish/", desk.publish, name="desk_publish"),
    path("desk/posts/<int:pk>/revise/", revising.revise, name="desk_revise"),
    path(
        "desk/posts/<int:pk>/revisions/<int:number>/use/",
        revising.use_again,
        name="desk_use_again",
    ),
    path("desk/posts/<int:pk>/drop-changes/", desk.drop_changes, name="desk_drop_changes"),
    path("desk/posts/<int:pk>/details/", desk.details, name="desk_post_details"),
    path("desk/posts/<int:pk>/whole/", whole_post.whole, name="desk_whole_post"),
    *(
        path(f"desk/posts/<int:pk>/whole/{name}/", whole_post.do, {"name": name}, name=OF_WHOLE)
        for name in whole_post.ACTS
    ),
    path("desk/posts/<int:pk>/notes/", notes.post_notes, name="desk_post_notes"),
    path(
        "desk/posts/<int:pk>/notes/introduction/",
        notes.write_apart,
        {"kind": NoteKind.INTRODUCTION},
        name="desk_write_introduction",
    ),
    path(
        "desk/posts/<int:pk>/notes/closing/",
        notes.write_apart,
        {"kind": NoteKind.CLOSING},
        name="desk_write_closing",
    ),
    path("desk/posts/<int:pk>/notes/inline/", notes.write_inline, name="desk_write_inline"),
    path("desk/notes/<int:pk>/", notes.reword, name="desk_note"),
    path("desk/notes/<int:pk>/withdraw/", notes.withdraw, name="desk_withdraw_note"),
    path("desk/passages/<int:pk>/", notes.place, name="desk_place_passage"),
    path("desk/authors/", site.bylines, name="desk_bylines"),
    path("desk/authors/<int:pk>/", site.byline, name="desk_byline"),
    path("desk/topics/", site.topic_list, name="desk_topics"),
    path("desk/topics/<int:pk>/", site.topic, name="desk_topic"),
    path("desk/log/", log.page, name="desk_log"),
    path("desk/log/log.csv", log.table, name="desk_log_csv"),
    path("desk/checklist/", checklist.page, name="desk_checklist"),
    path("desk/site/", site.site, name="desk_site"),
]
