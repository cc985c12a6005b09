"""Checking the links of a post: what is wrong on sight, and which addresses do not answer."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import Person
from accounts.ratelimit import allow
from accounts.refusals import NotAllowed, WrongMoment
from accounts.roles import is_author, is_editor
from blog import prober, steps
from blog.hyperlinks import Link, addresses_in, links_in
from blog.models import CheckedLink, LinkState, Post
from blog.prober import Resolver, resolve_public

MOST_ADDRESSES = 100  # of one text; more are not asked
LONGEST_ADDRESS = 2_000  # characters
MOST_CHECKS = 6  # of one person
CHECKS_IN = timedelta(minutes=10)
FRESH_FOR = timedelta(days=30)  # so long an answer counts
GIVEN_UP_AFTER = timedelta(minutes=10)  # a check that has not ended by then never will


@dataclass(frozen=True)
class Report:
    """What is known of the links of a text; addresses in the order in which they stand."""

    flawed: list[Link]
    asked: list[CheckedLink]
    unasked: list[str]

    @property
    def is_going_on(self) -> bool:
        since = timezone.now() - GIVEN_UP_AFTER
        return any(one.state == LinkState.WAITING and one.at > since for one in self.asked)

    @property
    def to_mend(self) -> int:
        broken = [one for one in self.asked if one.state == LinkState.BROKEN]
        return len(self.flawed) + len(broken)

    @property
    def is_without_links(self) -> bool:
        return not (self.flawed or self.asked or self.unasked)

    @property
    def all_answer(self) -> bool:
        """Whether every address was asked not long ago and none is broken."""
        since = timezone.now() - FRESH_FOR
        settled = {LinkState.ANSWERS, LinkState.UNKNOWN}
        return not self.unasked and all(
            one.state in settled and one.at > since for one in self.asked
        )


def report(post: Post) -> Report:
    """What is known of the links of the working text; one query."""
    known = {one.address: one for one in post.checked_links.all()}
    addresses = _askable(post)
    return Report(
        flawed=[link for link in links_in(post.body) if link.flaw],
        asked=[known[address] for address in addresses if address in known],
        unasked=[address for address in addresses if address not in known],
    )


def all_answer(post: Post) -> bool:
    """For the checklist: whether no link of the text is broken, as far as one can know."""
    return report(post).all_answer


@transaction.atomic
def check(post: Post, *, by: Person) -> None:
    """Have every address of the text asked; the answers replace those of the last time."""
    post = steps.locked(post)
    if not is_editor(by) and not (is_author(by) and post.author.person_id == by.pk):
        raise NotAllowed(_("You may check the links of your own posts only."))
    if not allow(f"links:{by.pk}", limit=MOST_CHECKS, seconds=int(CHECKS_IN.total_seconds())):
        raise WrongMoment(_("You have checked links several times just now. Wait ten minutes."))
    post.checked_links.all().delete()
    CheckedLink.objects.bulk_create(
        CheckedLink(post=post, address=address) for address in _askable(post)
    )
    ask_addresses.enqueue(post_id=post.pk)


def look_ahead(post: Post) -> None:
    """Have those addresses asked that are new since the last time; called at a hand-in."""
    known = set(post.checked_links.values_list("address", flat=True))
    new = [address for address in _askable(post) if address not in known]
    if new:
        CheckedLink.objects.bulk_create(CheckedLink(post=post, address=one) for one in new)
        ask_addresses.enqueue(post_id=post.pk)


@task
def ask_addresses(post_id: int) -> None:
    """Ask every address of the post that waits; those that were asked are not asked again."""
    ask_waiting(post_id)


def ask_waiting(post_id: int, *, resolve: Resolver = resolve_public) -> None:
    """One after the other, each answer stored at once."""
    for link in CheckedLink.objects.filter(post=post_id, state=LinkState.WAITING):
        answer = prober.ask(link.address, resolve=resolve)
        CheckedLink.objects.filter(pk=link.pk, state=LinkState.WAITING).update(
            state=answer.outcome.value, reason=answer.reason.value, at=timezone.now()
        )


def _askable(post: Post) -> list[str]:
    found = [one for one in addresses_in(post.body) if len(one) <= LONGEST_ADDRESS]
    return found[:MOST_ADDRESSES]
