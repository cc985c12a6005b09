"""The question that we ask about every comment, in our own words.

A checker answers or says honestly that it does not know; it never raises. Who answers is decided
in `comments/checkers.py`.
"""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Protocol, Self

ASK_AGAIN_AFTER = 20 * 60  # seconds until a service that gave no answer is asked again


class Judgement(StrEnum):
    """What a checker says: blatant spam is not worth keeping; unknown is no answer at all."""

    HAM = "ham"
    SPAM = "spam"
    BLATANT = "blatant"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """All that is known about a comment when it is judged; times are ISO 8601 in UTC.

    It is kept with the comment, so that a later report repeats exactly what was sent.
    """

    kind: str = "comment"
    user_ip: str = ""
    user_agent: str = ""
    referrer: str = ""
    permalink: str = ""
    author: str = ""
    email: str = ""
    url: str = ""
    content: str = ""
    date: str = ""
    post_modified: str = ""
    language: str = ""
    charset: str = "UTF-8"
    role: str = ""
    honeypot_name: str = ""
    honeypot_value: str = ""
    context: tuple[str, ...] = field(default=())
    parent: str = ""
    recheck_reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """What is stored; `from_json` reads it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        facts = {name: stored[name] for name in cls.__slots__ if name in stored}
        return cls(**{**facts, "context": tuple(stored["context"])})


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The answer, with a sentence for moderators.

    `ask_again_after` (seconds) says that the answer may come or change; without it an unknown
    verdict leaves the comment to a person. `alert` is what the service wants its owner to read,
    under a code of its own. `failure` is a sentence on why there is no answer. `is_ours` says that
    it comes from a list of this site, without asking the checker.
    """

    judgement: Judgement
    reason: str = ""
    guid: str = ""
    ask_again_after: int | None = None
    alert_code: str = ""
    alert: str = ""
    failure: str = ""
    is_ours: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Inspection:
    """What a service says about the key of this site; `failure` is a sentence on what is wrong.

    `used` calls were counted this month, of `limit` (None: without a limit); `used` is None when
    the service did not say.
    """

    failure: str = ""
    used: int | None = None
    limit: int | None = None
    throttled: bool = False


class SpamChecker(Protocol):
    """Whoever judges; `learns` says whether it makes sense to tell it that it was wrong."""

    learns: ClassVar[bool]

    def judge(self, evidence: Evidence) -> Verdict:
        """Ask; a failure of whatever kind is a verdict too."""

    def was_wrong(self, evidence: Evidence, truth: Judgement) -> bool:
        """Tell the checker what a person decided; False when it could not be told now."""

    def inspect(self) -> Inspection | None:
        """Ask the service about our key; None when there is no service. Never raises either."""
