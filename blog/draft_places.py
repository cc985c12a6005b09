"""Where comments on a draft stand, while its text is written on.

Places are code points in the projected working text. They are carried through the difference of two
saves, as passages are from revision to revision; words that are gone leave a comment without a
place, which it gets back only when they stand again between the same neighbours.
"""

from collections.abc import Iterable

from blog import anchoring
from blog.models import DraftComment, Post
from blog.projection import project


def carry(post: Post, *, old_body: str) -> None:
    """Move what is said beside a text along, from the body it had to the one it has."""
    threads = list(post.draft_comments.threads().exclude(exact=""))
    if not threads or old_body == post.body:
        return
    old, new = project(old_body).text, project(post.body).text
    if old != new:
        DraftComment.objects.bulk_update(_moved(threads, old, new), ("start", "end"))


def _moved(threads: Iterable[DraftComment], old: str, new: str) -> list[DraftComment]:
    held = [
        anchoring.Held(one.pk, one.start, one.end)
        for one in threads
        if one.start is not None and one.end is not None
    ]
    carried = {one.id: one for one in anchoring.carry(old, new, held)}
    moved = []
    for thread in threads:
        at = carried.get(thread.pk)
        back = _back(thread, new) if at is None or at.start is None else None
        before = thread.start, thread.end
        thread.start = back.start if back else at.start if at else None
        thread.end = back.end if back else at.end if at else None
        if (thread.start, thread.end) != before:
            moved.append(thread)
    return moved


def _back(thread: DraftComment, text: str) -> anchoring.Span | None:
    quote = anchoring.Quote(thread.exact, thread.prefix, thread.suffix)
    spans = anchoring.locate(text, quote)
    return next((one for one in spans if anchoring.stands_in_context(text, one, quote)), None)
