"""A public dispute as a W3C Web Annotation, for programs that read other people's remarks.

Its body is the neutral summary of an editor, never what somebody typed.
"""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.addresses import absolute_url
from blog.models import Passage, Post
from blog.models.passage import PassageField
from editorial.record import Item

Thing = dict[str, Any]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
QUOTED = (PassageField.BODY, PassageField.TITLE, PassageField.SUMMARY)


def annotation(item: Item) -> Thing:
    """It questions while it is under review, and assesses once it is decided."""
    decision = item.decision
    targets = [_target(item.post)] if item.is_withheld else _targets(item)
    return {
        "@context": CONTEXT,
        "id": absolute_url(item.url),
        "type": "Annotation",
        "motivation": "assessing" if decision else "questioning",
        "created": _moment(item.taken_up_at),
        "modified": _moment(decision.decided_at if decision else item.taken_up_at),
        "body": {
            "type": "TextualBody",
            "value": item.summary,
            "format": "text/plain",
            "language": settings.LANGUAGE_CODE,
        },
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _targets(item: Item) -> list[Thing]:
    passages = Passage.objects.filter(claims=item.claim_id).order_by("captured_start", "pk")
    passages = passages.select_related("captured_revision")
    return [
        _target(item.post, one)
        for one in passages.defer("captured_revision__body_html", "captured_revision__text")
    ]


def _target(post: Post, passage: Passage | None = None) -> Thing:
    """The post, and where in which of its versions the words stood that were objected to."""
    target: Thing = {"source": absolute_url(post.get_absolute_url())}
    if passage is None:
        return target
    version = passage.captured_revision
    where = {"slug": post.slug, "number": version.number}
    target["state"] = {
        "type": "TimeState",
        "sourceDate": _moment(version.created_at),
        "cached": absolute_url(reverse("blog:revision", kwargs=where)),
    }
    if selectors := _selectors(passage):
        target["selector"] = selectors
    return target


def _selectors(passage: Passage) -> list[Thing]:
    if passage.field not in QUOTED:
        return []
    quote = {"type": "TextQuoteSelector", "exact": passage.exact}
    if passage.prefix or passage.suffix:
        quote |= {"prefix": passage.prefix, "suffix": passage.suffix}
    start, end = passage.captured_start, passage.captured_end
    if passage.field != PassageField.BODY or start is None or end is None:
        return [quote]
    return [quote, {"type": "TextPositionSelector", "start": start, "end": end}]


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment else ""
