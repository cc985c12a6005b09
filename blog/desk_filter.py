"""What an editor asks of the posts at the desk; the address says all."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Self
from urllib.parse import urlencode

from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.utils import timezone

from accounts.models import Person
from blog.filters import fit, holds, sought
from blog.models import Post, PostState
from blog.models.post import PostQuerySet

ME, NOBODY, CARE = "me", "nobody", "care"
WORDS_AFTER = Q(body=F("head__body_html"), title=F("head__title"), summary=F("head__summary"))
TEXTS = ("body", "head__body_html", "head__text")


@dataclass(frozen=True)
class PostFilter:
    """Which posts are asked for; what is not understood is not asked."""

    state: str = ""
    editor: str = ""  # a pk, "me", "nobody", or "care" for both of these
    author: str = ""
    topic: str = ""
    overdue: str = ""
    words: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        state, editor = query.get("state", ""), query.get("editor", "")
        return cls(
            state=state if state in PostState.values else "",
            editor=editor if editor in (ME, NOBODY, CARE) else _number(editor),
            author=_number(query.get("author", "")),
            topic=_number(query.get("topic", "")),
            overdue="1" if query.get("overdue") else "",
            words=fit(query.get("words", "")),
        )

    @property
    def is_empty(self) -> bool:
        return not any(asdict(self).values())

    @property
    def query(self) -> str:
        """The same as the query of an address; empty when nothing is asked for."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    def applied(self, posts: PostQuerySet, person: Person) -> PostQuerySet:
        """Those of the posts that are asked for, by this person."""
        if self.state:
            posts = posts.filter(state=self.state)
        if self.editor == CARE:
            posts = posts.in_care_of(person)
        elif self.editor:
            posts = posts.filter(assigned_to=self._editor(person))
        if self.author:
            posts = posts.filter(author=int(self.author))
        if self.topic:
            posts = posts.filter(topics=int(self.topic))
        if self.overdue:
            posts = posts.overdue(timezone.localdate())
        for word in sought(self.words):
            posts = posts.filter(holds(word, ("title", "author__name")))
        return posts

    def _editor(self, person: Person) -> int | None:
        if self.editor == ME:
            return person.pk
        return None if self.editor == NOBODY else int(self.editor)


def _number(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) < 10 else ""


def desk_posts() -> PostQuerySet:
    """Posts as lists at the desk show them: without their texts, in one query."""
    edited = ExpressionWrapper(~WORDS_AFTER, output_field=BooleanField())
    posts = Post.objects.select_related("author__person", "assigned_to", "head")
    return posts.annotate(is_edited=edited).defer(*TEXTS)
