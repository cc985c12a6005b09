"""What a text was at each step between author and editors, and what changed since.

One snapshot for each step, whatever is typed in between.
"""

from accounts.models import Person
from blog.models import HandIn, HandInKind, Post


def keep(post: Post, *, kind: HandInKind, by: Person) -> None:
    """Store the text as it changes hands; called by the rule that moves the post."""
    HandIn.objects.create(
        post=post, kind=kind, title=post.title, summary=post.summary, body=post.body, by=by
    )


def seen_last(hand_ins: list[HandIn]) -> HandIn | None:
    """The text as editors gave it back last; else as it was handed in before the last time.

    Of a text that was handed in once, that: what differs are the editors' own changes.
    """
    for one in reversed(hand_ins):
        if one.kind == HandInKind.GIVEN_BACK:
            return one
    return hand_ins[-2] if len(hand_ins) > 1 else next(iter(hand_ins), None)
