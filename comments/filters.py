"""The address of a place at the desk: a list, and what of it is asked for."""

from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import Choices, Q, TextChoices
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import CommentState, Phase
from comments.paths import id_in
from comments.words import storable

MOST_IN_WORDS = 100


class DeskList(TextChoices):
    """The lists of the desk, in the order in which a day goes through them."""

    HELD = "held", _("Held")
    REPORTED = "reported", _("Reported")
    UNREAD = "unread", _("Published unread")
    SPAM = "spam", _("Spam")
    REJECTED = "rejected", _("Rejected")
    REMOVED = "removed", _("Removed")
    MINE = "mine", _("Mine")
    PUBLISHED = "published", _("All published")

    @property
    def state(self) -> CommentState | None:
        """The state that every comment of the list is in; None if they differ."""
        if self in (DeskList.REPORTED, DeskList.UNREAD):
            return CommentState.PUBLISHED
        return None if self == DeskList.MINE else CommentState(self.value)

    @property
    def waits(self) -> bool:
        """Whether its comments wait for somebody: then the oldest come first."""
        return self in (DeskList.HELD, DeskList.REPORTED)


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What is asked for in a list; nothing is everything."""

    post: int = 0
    person: int = 0
    words: str = ""
    since: date | None = None
    until: date | None = None
    reason: str = ""

    def condition(self, prefix: str = "") -> Q:
        """The same as a question to comments, or with a prefix to what belongs to a comment."""
        asked: dict[str, object] = {
            "post": self.post,
            "participant": self.person,
            "phase": self.reason,
            "submit_date__gte": self.since and _begins(self.since),
            "submit_date__lt": self.until and _begins(self.until + timedelta(days=1)),
        }
        found = Q(**{f"{prefix}{name}": value for name, value in asked.items() if value})
        return found & self._holds_words(prefix) if self.words else found

    def _holds_words(self, prefix: str) -> Q:
        held_by = ("comment", "user_name", "user__name")
        places = (Q(**{f"{prefix}{name}__icontains": self.words}) for name in held_by)
        return next(places) | next(places) | next(places)

    def facts(self) -> dict[str, str]:
        """What is asked for, as an address says it."""
        asked = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in asked.items() if value}


NO_FILTER = Filter()


@dataclass(frozen=True)
class Place:
    """Where somebody is at the desk."""

    name: DeskList = DeskList.HELD
    filter: Filter = NO_FILTER

    @property
    def query(self) -> str:
        """What stands behind the question mark of its address."""
        return urlencode({"list": self.name.value, **self.filter.facts()})

    def beside(self, name: DeskList) -> "Place":
        """The same filter in another list."""
        return Place(name, self.filter)


def place_in(asked: QueryDict) -> Place:
    """The place that an address names; what it says wrongly is left out."""
    asked_filter = Filter(
        post=id_in(asked.get("post", "")),
        person=id_in(asked.get("person", "")),
        words=storable(asked.get("words", ""), most=MOST_IN_WORDS).strip(),
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        reason=_one_of(Phase, asked.get("reason", ""), ""),
    )
    return Place(DeskList(_one_of(DeskList, asked.get("list", ""), "held")), asked_filter)


def place_at(query: str) -> Place:
    """The same from a query as text: kept in a form, or with a saved filter."""
    return place_in(QueryDict(query[:2000]))


def _one_of(choices: type[Choices], text: str, otherwise: str) -> str:
    return text if text in choices.values else otherwise


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 < day.year < 3000 else None


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
