"""What a post still lacks before readers see it; each item off, recommended or required.

Required items are asked for in the rules: a text is not accepted, and a post neither published nor
given a day, while one is open. The author's approval is asked for last: it is for the final text,
so a text is accepted without it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import WrongMoment
from accounts.roles import require_publisher
from blog import approvals, links, pictures, richtext
from blog.models import CheckItem, ChecklistRule, Need, NoteKind, Post, Publication, Shown

ONLY_AT_THE_END = frozenset({CheckItem.APPROVAL})


@dataclass(frozen=True)
class Check:
    """One item of the list: how much it is needed, and whether it is so."""

    item: CheckItem
    need: Need
    is_met: bool

    @property
    def label(self) -> str:
        return str(self.item.label)

    @property
    def is_required(self) -> bool:
        return self.need == Need.REQUIRED


def needs() -> dict[CheckItem, Need]:
    """How much each item is needed on this site; one query."""
    stored = dict(ChecklistRule.objects.values_list("item", "need"))
    return {item: Need(stored.get(item, Need.RECOMMENDED)) for item in CheckItem}


@transaction.atomic
def set_needs(*, publisher: Person, needs: Mapping[CheckItem, Need]) -> None:
    """Say how much each of these items is needed."""
    require_publisher(publisher)
    for item, need in needs.items():
        ChecklistRule.objects.update_or_create(item=item, defaults={"need": need})


def checks(post: Post) -> list[Check]:
    """Every item that is not off, in order."""
    return [
        Check(item, need, ASKED[item](post)) for item, need in needs().items() if need != Need.OFF
    ]


def missing(post: Post) -> list[Check]:
    """What is open, required items first."""
    found = [check for check in checks(post) if not check.is_met]
    return sorted(found, key=lambda check: not check.is_required)


def require(post: Post, *, at_the_end: bool) -> None:
    """Refuse while required items are open, and name them."""
    asked = [item for item, need in needs().items() if need == Need.REQUIRED]
    if not at_the_end:
        asked = [item for item in asked if item not in ONLY_AT_THE_END]
    if names := [str(item.label) for item in asked if not ASKED[item](post)]:
        raise WrongMoment(
            _("This site asks for more before that: %(items)s.") % {"items": "; ".join(names)}
        )


def look_ahead(post: Post) -> None:
    """Begin what takes time when a text is handed in: its links are asked, if anybody cares."""
    if needs()[CheckItem.LINKS] != Need.OFF:
        links.look_ahead(post)


def _has_introduction(post: Post) -> bool:
    return post.notes.standing().filter(kind=NoteKind.INTRODUCTION).exists()


def _discloses(post: Post) -> bool:
    publication = Publication.current()
    _html, earns = richtext.mark_affiliate_links(post.body, publication.affiliates)
    return not earns or (bool(publication.disclosure_html) and post.disclosure != Shown.NEVER)


ASKED: Mapping[CheckItem, Callable[[Post], bool]] = {
    CheckItem.INTRODUCTION: _has_introduction,
    CheckItem.SUMMARY: lambda post: bool(post.summary),
    CheckItem.TOPIC: lambda post: post.topics.exists(),
    CheckItem.ALT_TEXTS: lambda post: not pictures.undescribed(post.body),
    CheckItem.DISCLOSURE: _discloses,
    CheckItem.LINKS: links.all_answer,
    CheckItem.APPROVAL: lambda post: approvals.standing(post).may_go_out,
}
