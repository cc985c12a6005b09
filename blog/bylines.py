"""What can happen to the names on a post: who signs it beside its first author, and as what."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person, Profile
from accounts.refusals import Invalid
from accounts.roles import require_editor
from blog import steps
from blog.models import BylineRole, Post, PostByline


@dataclass(frozen=True)
class Signature:
    profile: Profile
    role: BylineRole = BylineRole.CO_AUTHOR


@transaction.atomic
def sign(post: Post, *, editor: Person, signatures: Sequence[Signature]) -> Post:
    """Set who signs beside the first author, in this order; whoever is left out signs no more.

    A co-author who has a login may open the post for writing from now on.
    """
    require_editor(editor)
    post = steps.locked(post)
    profiles = [post.author_id, *(one.profile.pk for one in signatures)]
    if len(set(profiles)) < len(profiles):
        raise Invalid(_("Nobody signs a post twice: please choose one role for each name."))
    post.bylines.all().delete()
    PostByline.objects.bulk_create(
        PostByline(post=post, profile=one.profile, role=one.role, position=position)
        for position, one in enumerate(signatures)
    )
    post.version += 1
    post.save(update_fields=("version",))
    names = ", ".join(one.profile.name for one in signatures)
    steps.record(post, by=editor, kind="signed", message=names)
    return post
