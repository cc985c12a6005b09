"""The disputes of the demo: three that came from one comment and were decided, one still open."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from blog.anchoring import Quote
from comments.models import PostComment
from config.demo.content import Table, table
from config.demo.dates import happening, moment
from config.demo.discussion import Comments
from config.demo.people import editor
from config.demo.posts import post
from editorial import decisions, disputes
from editorial.models import Dispute
from editorial.points import Objection, Point, Raiser, Source, Target
from editorial.rulings import Case


def make_disputes(comments: Comments) -> None:
    """All of them, at their passages, as far as they have come."""
    opened = _open(comments[table("disputes")["from_comment"]["comment"]])
    _decide(opened)
    _report()


def _open(comment: PostComment) -> list[Dispute]:
    entry = table("disputes")["from_comment"]
    said = [_point(point) for point in entry["points"]]
    comment = PostComment.objects.get(pk=comment.pk)
    with happening(moment(entry["days_ago"], entry["time"])):
        return disputes.open_from_comment(comment, editor=editor(), said=said)


def _point(entry: Table) -> Point:
    return Point(
        target=_target(entry),
        grounds=entry["grounds"],
        summary=entry["summary"],
        quote=entry["said"],
        claim=entry["claim"],
        sources=_sources(entry),
    )


def _decide(opened: list[Dispute]) -> None:
    entry = table("disputes")["decision"]
    subject = opened[0].claim.post
    subject.refresh_from_db()
    assert subject.head is not None  # noqa: S101  it is published
    pairs = zip(opened, entry["rulings"], strict=True)
    with happening(moment(entry["days_ago"], entry["time"])):
        decisions.decide(
            [_case(dispute, ruling) for dispute, ruling in pairs],
            editor=editor(),
            base=subject.head,
            edit=decisions.Edit(body=subject.head.body_html.replace(entry["old"], entry["new"])),
            answer=entry["answer"],
        )


def _case(dispute: Dispute, ruling: Table) -> Case:
    facts: dict[str, Any] = dict(ruling)
    if "due_in_days" in facts:
        facts["due_on"] = timezone.localdate() + timedelta(days=facts.pop("due_in_days"))
    return Case(dispute=dispute, version=dispute.version, **facts)


def _report() -> None:
    entry = table("disputes")["report"]
    objection = Objection(
        grounds=entry["grounds"],
        statement=entry["statement"],
        wanted=entry["wanted"],
        sources=_sources(entry),
    )
    with happening(moment(entry["days_ago"], entry["time"])):
        dispute = disputes.raise_dispute(
            post(entry["post"]),
            raiser=Raiser(name=entry["reader"]),
            target=_target(entry),
            objection=objection,
        )
    _take_up(dispute, entry["accepted"])


def _take_up(dispute: Dispute, entry: Table) -> None:
    with happening(moment(entry["days_ago"], entry["time"])):
        disputes.accept(
            dispute,
            editor=editor(),
            summary=entry["summary"],
            version=dispute.version,
            claim=entry["claim"],
        )


def _target(entry: Table) -> Target:
    return Target(quotes=(Quote(entry["quote"]),))


def _sources(entry: Table) -> list[Source]:
    return [Source(**source) for source in entry["sources"]]
