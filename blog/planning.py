"""Who cares for a post, and by when: assigned to an editor, with days for editor and author."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid
from accounts.roles import is_editor, require_editor
from blog import mail, steps
from blog.models import Post


@dataclass(frozen=True)
class Plan:
    """The editor in charge, and the days by which author and editor should be done."""

    editor: Person | None = None
    author_due_on: date | None = None
    editor_due_on: date | None = None


@transaction.atomic
def plan(post: Post, *, by: Person, plan: Plan) -> Post:
    """Set who cares for the post and by when; what stays as it was is not logged.

    Whoever is newly in charge gets a mail, unless they took the post themselves. A day may be in
    the past: the post is overdue then.
    """
    require_editor(by)
    post = steps.locked(post)
    if _set_days(post, plan, by=by) | _assign(post, plan.editor, by=by):
        post.save(update_fields=("assigned_to", "author_due_on", "editor_due_on"))
    return post


def _assign(post: Post, editor: Person | None, *, by: Person) -> bool:
    if post.assigned_to_id == (editor.pk if editor else None):
        return False
    if editor is not None and not is_editor(editor):
        raise Invalid(_("Only an editor can be in charge of a post."))
    post.assigned_to = editor
    steps.record_given(post, by=by, to=editor)
    if editor is not None and editor != by:
        mail.assigned(post, to=editor, by=by)
    return True


def _set_days(post: Post, plan: Plan, *, by: Person) -> bool:
    changed = False
    for name in ("author_due_on", "editor_due_on"):
        day = getattr(plan, name)
        if day != getattr(post, name):
            setattr(post, name, day)
            steps.record(
                post, by=by, kind=name.removesuffix("_on"), message=day.isoformat() if day else ""
            )
            changed = True
    return changed
