"""The publisher's look behind the desk: to read, not to decide; deciding has its rules there."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django_comments_xtd.models import BlackListedDomain

from comments.models import CommentEvent, DiscardedSpam, Flag, PostComment


class ReadOnly:
    """Nothing is added, changed or deleted here."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False


class EventsInline(ReadOnly, admin.TabularInline[CommentEvent, PostComment]):
    model = CommentEvent
    fields = ("at", "kind", "from_state", "to_state", "actor", "reason")
    extra = 0


@admin.register(PostComment)
class PostCommentAdmin(ReadOnly, admin.ModelAdmin[PostComment]):
    list_display = ("pk", "writer", "post", "state", "voice", "verdict", "submit_date")
    list_filter = ("state", "voice", "verdict")
    list_select_related = ("post", "user")
    search_fields = ("comment", "user_name", "user_email", "ip_address")
    ordering = ("-pk",)
    fields = (
        ("post", "state", "voice"),
        ("user", "user_name", "user_email", "user_url"),
        ("comment", "in_reply_to", "submit_date"),
        ("ip_address", "user_agent", "referrer", "honeypot"),
        ("verdict", "guid", "checks", "check_after", "report_due", "sent"),
    )
    inlines = (EventsInline,)


@admin.register(Flag)
class FlagAdmin(ReadOnly, admin.ModelAdmin[Flag]):
    list_display = ("comment_id", "reason", "created_at")


@admin.register(DiscardedSpam)
class DiscardedSpamAdmin(ReadOnly, admin.ModelAdmin[DiscardedSpam]):
    list_display = ("day", "number")


@admin.register(BlackListedDomain)
class BlockedDomainAdmin(admin.ModelAdmin[BlackListedDomain]):
    """A comment that links to such a domain, or to one below it, is spam without being asked."""

    search_fields = ("domain",)
