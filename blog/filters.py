"""What a reader asks of the public record: a post, a kind, a time, words. The address says all."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, datetime
from typing import Self
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.functional import cached_property

from blog.models import Notice, NoticeKind, Post
from blog.models.notice import NoticeQuerySet
from blog.models.post import READABLE_STATES

MOST_WORDS, MOST_CHARACTERS = 8, 100  # of what is asked for
LONGEST_SLUG = 120
IN_A_NOTICE = ("text", "statement", "before", "after", "post__head__title")
_TIME = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>0[1-9]|1[0-2]))?")


@dataclass(frozen=True)
class Asked:
    """What of the corrections log an address asks for; what is not understood is not asked."""

    kind: str = ""
    time: str = ""  # "2026" or "2026-03"
    words: str = ""
    post: str = ""  # its address; what is unknown has no notices

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        kind, time = query.get("kind", ""), query.get("time", "")
        return cls(
            kind=kind if kind in NoticeKind.values else "",
            time=time if _TIME.fullmatch(time) and MINYEAR < int(time[:4]) < MAXYEAR else "",
            words=fit(query.get("q", "")),
            post=fit(query.get("post", ""), most=LONGEST_SLUG),
        )

    @property
    def query(self) -> str:
        """The same as the query of an address; empty when nothing is asked for."""
        facts = {"post": self.post, "kind": self.kind, "time": self.time, "q": self.words}
        return urlencode({name: value for name, value in facts.items() if value})

    @property
    def of_any_post(self) -> str:
        """The query that asks for the same of all posts."""
        return replace(self, post="").query

    @cached_property
    def about(self) -> Post | None:
        """The post that is asked for, while readers may open it."""
        posts = Post.objects.published().filter(slug=self.post).select_related("head")
        return posts.defer("body", "head__body_html", "head__text").first()

    def notices(self) -> NoticeQuerySet:
        """Newest first. Words that readers are not shown are not found either."""
        notices = Notice.objects.told().newest_first()
        if self.post:
            notices = notices.filter(post__slug=self.post)
        if self.kind:
            notices = notices.filter(kind=self.kind)
        if found := _TIME.fullmatch(self.time):
            notices = notices.filter(published_at__year=int(found["year"]))
            if found["month"]:
                notices = notices.filter(published_at__month=int(found["month"]))
        if self.words:
            notices = notices.filter(withheld_at=None, post__state__in=READABLE_STATES)
        for word in sought(self.words):
            notices = notices.filter(holds(word, IN_A_NOTICE))
        return notices

    @cached_property
    def times(self) -> list[datetime]:
        """The months that have notices, newest first."""
        return list(Notice.objects.told().order_by().datetimes("published_at", "month", "DESC"))


def fit(words: str, *, most: int = MOST_CHARACTERS) -> str:
    """What can be asked of a database: printable, and not too long."""
    printable = "".join(sign if sign.isprintable() else " " for sign in words)
    return printable[:most].strip()


def sought(words: str) -> list[str]:
    return list(dict.fromkeys(words.split()))[:MOST_WORDS]


def holds(word: str, places: Iterable[str]) -> Q:
    """Whether a word stands in one of these texts.

    Every database folds the case of a to z; of other letters SQLite does not, so we do.
    """
    forms = {word, word.lower(), word.upper(), word.capitalize()}
    found = Q()
    for form in sorted({word} if word.isascii() else forms):
        for place in places:
            found |= Q(**{f"{place}__icontains": form})
    return found
