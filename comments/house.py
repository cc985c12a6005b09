"""What can happen to the rules of the discussions: the publisher changes them."""

import hashlib
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from accounts.roles import is_publisher
from blog import pieces
from blog.models import SitePiece, SitePieceVersion
from comments import markdown, wordlists
from comments.models import AtOnce, House
from comments.models.house import CACHE_KEY
from comments.words import fit

MOST_IN_RULES = 10_000
BOUNDS = {"most_links": (0, 100), "keeps_addresses_days": (1, 3_650), "keeps_spam_days": (1, 365)}
LISTS = ("banned_words", "suspect_words")
CHOICES = ("only_logs", "sends_email", "sends_address", "moderators_see_addresses")
RULES = ("at_once", "rules", *LISTS, *BOUNDS, *CHOICES)


def stored() -> House:
    """The row itself, never the cached copy: what a form must begin with."""
    house, _made = House.objects.get_or_create(pk=1)
    return house


def fingerprint(house: House) -> str:
    """The same for the same rules."""
    values = [str(getattr(house, name)) for name in RULES]
    return hashlib.sha256(repr(values).encode()).hexdigest()


def fit_rules(text: str) -> str:
    """The house rules, as Markdown; refuses what cannot be kept."""
    text = fit(text)
    if len(text) > MOST_IN_RULES:
        facts = {"most": MOST_IN_RULES, "length": len(text)}
        raise Invalid(_("They may have %(most)d characters at most, not %(length)d.") % facts)
    return text


def fit_words(listed: str) -> str:
    """A list of words, one a line, tidied; refuses what makes no sense as one."""
    return wordlists.tidy(fit(listed))


def preview(text: str) -> str:
    """How the house rules would look above the form, as safe HTML."""
    return markdown.render(fit_rules(text))


@transaction.atomic
def set_rules(*, publisher: Person, seen: str = "", why: str = "", **rules: Any) -> House:
    """Store what is given, by the names of the fields of `House`; the house rules are rendered.

    They are in force at once in this process, and in every other within a minute. With `seen` (the
    `fingerprint` of what was looked at) it is refused when somebody changed them meanwhile. The
    house rules are a text of the site: each change of them is kept as a version.
    """
    if not is_publisher(publisher):
        raise NotAllowed(_("Only the publisher may change the rules of the discussions."))
    house, _made = House.objects.select_for_update().get_or_create(pk=1)
    if seen and seen != fingerprint(house):
        raise Conflict(_("Somebody else changed the rules meanwhile."))
    before = house.rules
    for name, value in rules.items():
        setattr(house, name, _fit(name, value))
    pieces.keep(SitePiece.HOUSE_RULES, before=before, after=house.rules, by=publisher, reason=why)
    house.rules_html = markdown.render(house.rules) if house.rules else ""
    house.save()
    transaction.on_commit(lambda: cache.delete(CACHE_KEY))  # who read it before this saw the old
    return house


def restore(version: SitePieceVersion, *, publisher: Person) -> House:
    """Let the house rules be as they were once; that is a new version."""
    if version.piece != SitePiece.HOUSE_RULES:
        raise WrongMoment(_("This text is kept elsewhere."))
    return set_rules(publisher=publisher, why=pieces.again(version), rules=version.text)


def _fit(name: str, value: Any) -> Any:
    """The value of one rule; refuses what it cannot be."""
    if name not in RULES:
        raise TypeError(f"{name} is no rule of the house.")
    if name == "rules":
        return fit_rules(value)
    if name in LISTS:
        return fit_words(value)
    if name in BOUNDS and not BOUNDS[name][0] <= value <= BOUNDS[name][1]:
        least, most = BOUNDS[name]
        facts = {"least": least, "most": most}
        raise Invalid(_("Please give a number from %(least)d to %(most)d.") % facts)
    if name == "at_once" and value not in AtOnce.values:
        raise Invalid(_("Please choose who is published at once."))
    return value
