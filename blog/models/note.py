"""Editor's notes: the host's voice beside, before or after another person's text."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Profile
from blog.models.passage import Passage
from blog.models.post import Post


class NoteKind(models.TextChoices):
    INTRODUCTION = "introduction", _("Editor's introduction")
    INLINE = "inline", _("Inline editor's note")
    CLOSING = "closing", _("Closing editor's note")


class EditorNoteQuerySet(models.QuerySet["EditorNote"]):
    def standing(self) -> "EditorNoteQuerySet":
        """Notes that readers see."""
        return self.filter(withdrawn_at=None)


class EditorNote(models.Model):
    """A signed, dated note; never part of the author's text, who can ask but not edit.

    `text` is what the editor typed (plain paragraphs), `html` its sanitised rendering.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(_("kind"), max_length=12, choices=NoteKind)
    passage = models.OneToOneField(
        Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="note"
    )
    text = models.TextField(_("note"))
    html = models.TextField(editable=False)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    byline = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EditorNoteQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("editor's note")
        verbose_name_plural = _("editor's notes")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=NoteKind.INLINE, passage__isnull=False)
                | (~Q(kind=NoteKind.INLINE) & Q(passage=None)),
                name="editor_note_has_a_passage_only_inline",
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]
