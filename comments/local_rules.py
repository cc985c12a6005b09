"""Judging comments without a service, and what a comment links to.

Without a key only a filled honeypot is spam; words, links and newcomers are phases of their own.
"""

import re
from typing import ClassVar
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from comments.spam import Evidence, Judgement, Verdict

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]+", re.IGNORECASE)


class LocalRules:
    """The checker of a site without a key."""

    learns: ClassVar[bool] = False

    def judge(self, evidence: Evidence) -> Verdict:
        if evidence.honeypot_value:
            reason = _("It filled in a field that people do not see.")
            return Verdict(judgement=Judgement.SPAM, reason=reason)
        return Verdict(judgement=Judgement.HAM, reason=_("Nothing in it looks like spam."))

    def was_wrong(self, evidence: Evidence, truth: Judgement) -> bool:
        """There is nobody to tell."""
        return False

    def inspect(self) -> None:
        """There is no key."""


def links_in(text: str) -> list[str]:
    """The web addresses that stand in a text."""
    return _LINK.findall(text)


def domains_in(evidence: Evidence) -> frozenset[str]:
    """The hosts that the comment or its writer's address links to, and all domains above them."""
    links = (*links_in(evidence.content), evidence.url)
    labels = [host_of(link).split(".") for link in links]
    return frozenset(".".join(part[at:]) for part in labels for at in range(len(part))) - {""}


def host_of(link: str) -> str:
    """The host that a web address names; "" when it names none."""
    try:
        parts = urlsplit(link if "://" in link else f"http://{link}")
        return (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
