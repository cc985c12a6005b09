"""Whether a text brings back words that a notice told readers were changed."""

from collections.abc import Iterable

from blog.anchoring import Quote, Span, locate, reads_alike
from blog.models import Notice, PassagePosition, Revision
from blog.models.passage import PassageField


def brought_back(old: Revision, new: Revision, places: Iterable[PassagePosition]) -> list[Notice]:
    """The notices in force whose old words stand in the new text where the changed ones stood.

    `places` are the positions of the post's passages in the new text. Of a passage that is lost
    there, the old words count when they were not in the text before and are now.
    """
    at = {place.passage_id: place for place in places}
    told = Notice.objects.standing().filter(post=new.post_id).exclude(before="")
    return [
        notice
        for notice in told.select_related("passage").order_by("published_at", "pk")
        if _is_back(notice, old, new, at.get(notice.passage_id or 0))
    ]


def _is_back(notice: Notice, old: Revision, new: Revision, place: PassagePosition | None) -> bool:
    field = notice.passage.field if notice.passage else ""
    if field == PassageField.TITLE:
        return reads_alike(new.title, notice.before)
    if field == PassageField.SUMMARY:
        return reads_alike(new.summary, notice.before)
    if field != PassageField.BODY:
        return False
    if place is None or place.start is None or place.end is None:
        is_new = not _stands(notice.before, old.text) or notice.undone_in_id is not None
        return _stands(notice.before, new.text) and is_new
    here = Span(place.start, place.end)
    if not _stands(notice.before, new.text, here):
        return False
    is_the_longer = len(notice.before) > len(notice.after)  # then it is no part of the new words
    return is_the_longer or not _stands(notice.after, new.text, here)


def _stands(words: str, text: str, here: Span | None = None) -> bool:
    """Whether the words stand in the text, or in a place that shares words with `here`."""
    hits = locate(text, Quote(words)) if words else []
    if here is None:
        return bool(hits)
    return any(hit.start < here.end and here.start < hit.end for hit in hits)
