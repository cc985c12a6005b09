"""Judging comments without a service: links, words, and whether we know the person.

Only a filled honeypot is spam to them; whatever else looks odd is left to a person.
"""

import re
from typing import ClassVar
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from comments.spam import Evidence, Judgement, Verdict

MOST_LINKS = 1  # a second link holds the comment, as it does in WordPress
WORDS = frozenset({"backlinks", "betting", "bitcoin", "casino", "cialis", "crypto", "escort"})
WORDS |= {"forex", "jackpot", "lottery", "porn", "slots", "sportsbook", "viagra", "xanax"}

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


class LocalRules:
    """The checker of a site without a key."""

    learns: ClassVar[bool] = False

    def judge(self, evidence: Evidence) -> Verdict:
        if evidence.honeypot_value:
            reason = _("It filled in a field that people do not see.")
            return Verdict(judgement=Judgement.SPAM, reason=reason)
        if reason := _links(evidence) or _words(evidence) or _stranger(evidence):
            return Verdict(judgement=Judgement.UNKNOWN, reason=reason)
        return Verdict(judgement=Judgement.HAM, reason=_("Nothing in it looks like spam."))

    def was_wrong(self, evidence: Evidence, truth: Judgement) -> bool:
        """There is nobody to tell."""
        return False


def domains_in(evidence: Evidence) -> frozenset[str]:
    """The hosts that the comment or its writer's address links to, and all domains above them."""
    links = (*_LINK.findall(evidence.content), evidence.url)
    labels = [_host(link).split(".") for link in links]
    return frozenset(".".join(part[at:]) for part in labels for at in range(len(part))) - {""}


def _host(link: str) -> str:
    try:
        parts = urlsplit(link if "://" in link else f"http://{link}")
        return (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""


def _links(evidence: Evidence) -> str:
    count = len(_LINK.findall(evidence.content))
    return _("It holds %(count)d links.") % {"count": count} if count > MOST_LINKS else ""


def _words(evidence: Evidence) -> str:
    found = {word.lower() for word in _WORD.findall(f"{evidence.author} {evidence.content}")}
    suspects = sorted(found & WORDS)
    return _("It holds the word “%(word)s”.") % {"word": suspects[0]} if suspects else ""


def _stranger(evidence: Evidence) -> str:
    return "" if evidence.known else _("It is the first comment of this person.")
