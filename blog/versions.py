"""The versions of a post as readers may see them: what the law forbids to show is left out.

While a notice is withheld, its words must not be read off the versions either: those before it hold
the words it replaced, and its own version gives the notice as its reason.
"""

from dataclasses import dataclass

from blog.models import Notice, Post, Revision
from blog.models.notice import withheld_since


@dataclass(frozen=True)
class Hold:
    """What of the versions of one post is withheld, and the sentence that says so."""

    sentence: str = ""
    last_withheld: int = 0  # this version and all before it
    silent: frozenset[int] = frozenset()  # versions whose reason is withheld

    def hides(self, revision: Revision) -> bool:
        return revision.number <= self.last_withheld

    def quieten(self, revision: Revision) -> Revision:
        """This copy of a version without a reason that may not be shown."""
        if self.hides(revision) or revision.number in self.silent:
            revision.reason = ""
        return revision


def held(post: Post) -> Hold:
    """One query."""
    rows = Notice.objects.filter(post=post, withheld_at__isnull=False).values_list(
        "withheld_at", "before", "revision_before__number", "revision_after__number"
    )
    changed = [row for row in rows if row[2] != row[3]]
    if not changed:
        return Hold()
    replaced = [number for _since, before, number, _after in changed if before]
    since = min(row[0] for row in changed if row[0] is not None)
    return Hold(
        withheld_since(since), max(replaced, default=0), frozenset(row[3] for row in changed)
    )
