"""A comment at the desk, with everything that a decision needs, whatever list it is in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.models import Person
from blog.projection import Projection, Segment, project
from comments import lists, people_cards
from comments.filters import Place
from comments.lists import Row
from comments.local_rules import host_of, links_in
from comments.models import CommentEvent, Flag, House, PostComment, PostCommentQuerySet
from comments.people_cards import NOTHING_YET, Record
from comments.wordlists import hits

SHOWN, AHEAD = 25, 10
MOST_DOMAINS, MOST_QUOTED = 8, 200
QUOTE = re.compile(r"<blockquote>(.*?)</blockquote>", re.DOTALL)


@dataclass(frozen=True)
class Card:
    """One comment of a list. `html` is its text with listed words lit."""

    place: int
    comment: PostComment
    record: Record
    flags: list[Flag]
    html: SafeString
    quoted: str
    domains: list[str]


@dataclass(frozen=True)
class Page:
    """A part of a list: what is shown, what is ready to slide in, and where each part ends."""

    shown: list[Card]
    ahead: list[Card]
    is_last: bool

    @property
    def after(self) -> int:
        """Where the next page begins; 0 if there is none."""
        return self.shown[-1].place if self.shown and (self.ahead or not self.is_last) else 0

    @property
    def loaded(self) -> int:
        """Where to go on loading; 0 if everything is here."""
        cards = self.ahead or self.shown
        return cards[-1].place if cards and not self.is_last else 0

    @property
    def comments(self) -> list[PostComment]:
        return [card.comment for card in (*self.shown, *self.ahead)]


def page(place: Place, viewer: Person, *, after: int = 0) -> Page:
    """The 25 comments after a place in a list, and ten more."""
    return _page(place, viewer, after, SHOWN)


def more(place: Place, viewer: Person, *, after: int) -> Page:
    """Ten more, none of them shown yet."""
    return _page(place, viewer, after, 0)


def _page(place: Place, viewer: Person, after: int, shown: int) -> Page:
    most = shown + AHEAD
    rows = lists.rows(place, viewer, after=after, most=most + 1)
    cards = _cards(rows[:most])
    return Page(cards[:shown], cards[shown:], is_last=len(rows) <= most)


def _cards(rows: Sequence[Row]) -> list[Card]:
    """In the order of the rows; a comment that was deleted meanwhile is left out."""
    found = _with_facts(PostComment.objects.filter(pk__in=[row.pk for row in rows])).in_bulk()
    records = people_cards.records(comment.participant_id for comment in found.values())
    house = House.current()
    return [
        _card(row, found[row.pk], records.get(found[row.pk].participant_id or 0), house)
        for row in rows
        if row.pk in found
    ]


def _card(row: Row, comment: PostComment, record: Record | None, house: House) -> Card:
    links = [*links_in(comment.comment), comment.user_url]
    domains = [host for host in dict.fromkeys(host_of(link) for link in links) if host]
    return Card(
        place=row.place,
        comment=comment,
        record=record or NOTHING_YET,
        flags=comment.open_flags,  # type: ignore[attr-defined]  # prefetched
        html=lit(comment.html, house),
        quoted=_quoted(comment.html),
        domains=domains[:MOST_DOMAINS],
    )


def _with_facts(comments: PostCommentQuerySet) -> PostCommentQuerySet:
    events = Prefetch("events", CommentEvent.objects.select_related("actor"))
    flags = Prefetch("raised_flags", Flag.objects.open(), to_attr="open_flags")
    related = comments.select_related("user", "post", "in_reply_to__user", "participant")
    return related.defer("post__body").prefetch_related(events, flags, "versions")


def _quoted(html: str) -> str:
    """What the comment quotes first, as plain text."""
    found = QUOTE.search(html)
    words = project(found[1]).text.strip() if found else ""
    return words if len(words) <= MOST_QUOTED else f"{words[:MOST_QUOTED].rstrip()}…"


def lit(html: str, house: House) -> SafeString:
    """Sanitised HTML with banned and suspect words marked; nothing else of it changes."""
    words = project(html)
    parts: list[str] = []
    done = 0
    for start, end, opening in _marks(words, house):
        parts += html[done:start], opening, html[start:end], "</mark>"
        done = end
    return mark_safe("".join((*parts, html[done:])))  # the HTML was sanitised at save


def _marks(words: Projection, house: House) -> Iterator[tuple[int, int, str]]:
    """Stretches of the source to mark, in order, none crossing a tag or another one."""
    listed = (("banned", house.banned_words), ("suspect", house.suspect_words))
    spans = sorted(
        (start, end, format_html('<mark class="lit" data-kind="{}">', kind))
        for kind, words_of_kind in listed
        for start, end, _word in hits(words_of_kind, words.text)
    )
    done = 0
    for start, end, opening in spans:
        for source_start, source_end in _pieces(words.segments, max(start, done), end):
            yield source_start, source_end, opening
        done = max(done, end)


def _pieces(segments: Sequence[Segment], start: int, end: int) -> Iterator[tuple[int, int]]:
    for one in segments:
        first, last = max(one.start, start), min(one.end, end)
        if first < last and one.is_verbatim:
            shift = one.source_start - one.start
            yield first + shift, last + shift
        elif first < last:
            yield one.source_start, one.source_end
