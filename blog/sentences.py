"""Whole sentences about notices and marks, the same words wherever they are shown."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.days import day_in_words
from blog.models import Mark, Notice, NoticeKind

TOLD = {
    NoticeKind.CORRECTION: gettext_lazy("This post was corrected on %(day)s."),
    NoticeKind.CLARIFICATION: gettext_lazy("This post was clarified on %(day)s."),
    NoticeKind.EDITORS_NOTE: gettext_lazy("The editor added a note on %(day)s."),
    NoticeKind.UPDATE: gettext_lazy("This post was updated on %(day)s."),
    NoticeKind.CONCERN: gettext_lazy("A serious question about this post was raised on %(day)s."),
    NoticeKind.RETRACTION: gettext_lazy("This post was retracted on %(day)s."),
    NoticeKind.REMOVAL: gettext_lazy("This post was removed on %(day)s."),
}

UNDATED = {
    Mark.CORRECTED: gettext_lazy("see what was corrected"),
    Mark.CLARIFIED: gettext_lazy("see what was clarified"),
    Mark.UPDATED: gettext_lazy("see what was updated"),
}
DATED = {
    Mark.CORRECTED: gettext_lazy("see what was corrected on %(day)s"),
    Mark.CLARIFIED: gettext_lazy("see what was clarified on %(day)s"),
    Mark.UPDATED: gettext_lazy("see what was updated on %(day)s"),
}


def notice_label(notice: Notice) -> str:
    """Kind and day: "Correction, 5 March 2026"."""
    return _("%(kind)s, %(day)s") % {
        "kind": notice.get_kind_display(),
        "day": day_in_words(notice.published_at),
    }


def notice_text(notice: Notice) -> str:
    """The notice as it stands on the page: label, colon, words."""
    return f"{notice_label(notice)}: {notice.text}"


def told_in_a_line(notice: Notice) -> str:
    """That readers were told, in one sentence."""
    return TOLD[NoticeKind(notice.kind)] % {"day": day_in_words(notice.published_at)}


def entry_title(notice: Notice) -> str:
    """The title of a notice in feeds: its kind, and the post it is about."""
    names = {"kind": notice.get_kind_display(), "title": notice.post.headline}
    return _("%(kind)s: %(title)s") % names


def entry_text(notice: Notice) -> str:
    """A notice in feeds: its words, and the words of the post before and after."""
    parts = [notice_text(notice)]
    if notice.before:
        parts.append(_("Before: “%(words)s”") % {"words": notice.before})
    if notice.after:
        parts.append(_("After: “%(words)s”") % {"words": notice.after})
    if notice.lifted_at:
        parts.append(_("Lifted on %(day)s.") % {"day": day_in_words(notice.lifted_at)})
        parts += [notice.lifted_because] if notice.lifted_because else []
    return "\n\n".join(parts)


def reasons_to_retract() -> str:
    """What a publisher starts from; only they know what belongs where it says […]."""
    return _("We have retracted this post because […]. The text is kept below for the record.")


def reasons_to_remove() -> str:
    """As `reasons_to_retract`."""
    return _("We have removed this post because […]. This note stands in its place.")


def flag(mark: Mark, told_at: datetime | None, *, is_reworded: bool = False) -> str:
    """What follows the word of a mark after a colon; `told_at` is the day of its notice."""
    if mark == Mark.DISPUTED and is_reworded:
        return _("we are checking this statement; its wording was changed since")
    if mark == Mark.DISPUTED:
        return _("we are checking this statement")
    if told_at is None:
        return str(UNDATED[mark])
    return DATED[mark] % {"day": day_in_words(told_at)}
