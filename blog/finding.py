"""What readers find: posts with the words they look for, and the people who signed them."""

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Q

from accounts.models import Profile
from blog import search_index, shelves
from blog.models import Post, Topic
from blog.models.post import PostQuerySet
from blog.searching import LONGEST_QUESTION, Piece, Unit, excerpt, folded_words, marked, units_of

ON_A_PAGE = 10
CHOICES = ("topic", "author", "year", "page")
LONGEST_CHOICE = 120  # characters, of an address
MOST_PEOPLE = 5
MOST_NAMES = 2_000  # that are read to look for somebody


@dataclass(frozen=True)
class Asked:
    """What a reader typed and chose; anything that is not there is not asked for."""

    question: str = ""
    topic: str = ""
    author: str = ""
    year: str = ""
    page: str = "1"

    @property
    def is_empty(self) -> bool:
        return not self.question.strip()

    @property
    def units(self) -> tuple[Unit, ...]:
        return units_of(self.question)


@dataclass(frozen=True)
class Hit:
    post: Post
    title: list[Piece]
    summary: list[Piece]
    excerpt: list[Piece]


@dataclass(frozen=True)
class Found:
    hits: list[Hit] = field(default_factory=list)
    pages: "Page[int] | None" = None
    people: list[Profile] = field(default_factory=list)
    total: int = 0

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than were counted."""
        return self.total >= search_index.MOST


def asked_in(address: dict[str, str]) -> Asked:
    """What an address asks for."""
    given = {name: address.get(name, "").replace("\0", " ") for name in ("q", *CHOICES)}
    question = given.pop("q")[:LONGEST_QUESTION]
    return Asked(question, **{name: chosen[:LONGEST_CHOICE] for name, chosen in given.items()})


def search(asked: Asked) -> Found:
    """A page of what was found, in a constant number of queries."""
    units = asked.units
    if not units:
        return Found()
    posts, people = _readable(asked), _people(units)
    found = search_index.find(units, posts)
    signed = _signed_by(people, posts) if people else []
    every = list(dict.fromkeys([*found, *signed]))
    page = Paginator(every, ON_A_PAGE).get_page(asked.page)
    return Found(_hits(list(page), units), page, people, len(every))


def _readable(asked: Asked) -> PostQuerySet:
    posts = Post.objects.published()
    if asked.topic:
        posts = posts.filter(topics__in=Topic.objects.filter(slug=asked.topic))
    if asked.author:
        profile = shelves.public_profiles().filter(slug=asked.author).first()
        posts = posts.signed_by(profile) if profile else posts.none()
    if asked.year.isascii() and asked.year.isdigit() and 1 < int(asked.year) < 9999:
        posts = posts.filter(published_at__year=int(asked.year))
    return posts


def _people(units: tuple[Unit, ...]) -> list[Profile]:
    """Bylines whose name has all the words; read each time, so that no name is kept by us."""
    known = shelves.public_profiles().order_by("name", "pk")[:MOST_NAMES]
    return [one for one in known if _has_all(one.name, units)][:MOST_PEOPLE]


def _has_all(name: str, units: tuple[Unit, ...]) -> bool:
    words = list(folded_words(name))
    return all(any(unit.meets(word) for word in words) for unit in units)


def _signed_by(people: list[Profile], posts: PostQuerySet) -> list[int]:
    theirs = posts.filter(Q(author__in=people) | Q(bylines__profile__in=people))
    return list(theirs.newest_first().values_list("pk", flat=True).distinct()[: search_index.MOST])


def _hits(pks: list[int], units: tuple[Unit, ...]) -> list[Hit]:
    posts = Post.objects.published().with_cards().defer("body", "head__body_html")
    by_pk = posts.in_bulk(pks)
    return [_hit(by_pk[pk], units) for pk in pks if pk in by_pk]


def _hit(post: Post, units: tuple[Unit, ...]) -> Hit:
    head = post.head
    summary, text = (head.summary, head.text) if head else ("", "")
    return Hit(post, marked(post.headline, units), marked(summary, units), excerpt(text, units))
