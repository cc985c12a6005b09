"""What an operator may look at when something is wrong; changes go through the desk."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from blog.models import (
    EditorNote,
    Notice,
    Passage,
    Post,
    PostEvent,
    Publication,
    Revision,
    Topic,
)


class LookingGlass(admin.ModelAdmin[Model]):
    """Rows can be found and read, by operators with the permission; nothing can be changed."""

    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Post)
class PostAdmin(LookingGlass):
    list_display = ("title", "author", "state", "published_at", "version")
    list_filter = ("state",)
    list_select_related = ("author",)
    search_fields = ("title", "slug", "author__name")


@admin.register(Revision)
class RevisionAdmin(LookingGlass):
    list_display = ("post", "number", "label", "created_at")
    list_select_related = ("post",)
    search_fields = ("title",)


@admin.register(EditorNote)
class EditorNoteAdmin(LookingGlass):
    list_display = ("post", "kind", "byline", "created_at", "withdrawn_at")
    list_select_related = ("post", "byline")


@admin.register(Notice)
class NoticeAdmin(LookingGlass):
    list_display = ("public_id", "post", "kind", "state", "published_at")
    list_select_related = ("post",)
    search_fields = ("public_id",)


@admin.register(PostEvent)
class PostEventAdmin(LookingGlass):
    list_display = ("post", "kind", "actor", "at")
    list_select_related = ("post", "actor")


@admin.register(Passage)
class PassageAdmin(LookingGlass):
    list_display = ("post", "field", "mark", "exact")
    list_select_related = ("post",)


admin.site.register(Topic, LookingGlass)
admin.site.register(Publication, LookingGlass)
