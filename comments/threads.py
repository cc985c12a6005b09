"""Reading the discussion of a post: one page of threads in two queries, whatever its size."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any, Self

from django.db.models import Count, Max, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Substr

from blog.kept import A_PK, Prepared, Rows
from blog.models import Post
from comments.models import CommentState, PostComment, PostCommentQuerySet
from comments.paths import WIDTH

THREADS_ON_A_PAGE = 50
WHOLE = "all"  # instead of a page's number
MOST_AT_ONCE = 2_000  # comments; a longer discussion is read page by page only
PUBLISHED = Q(state=CommentState.PUBLISHED)
PREPARED_PAGES = 100  # whose queries are remembered
MOST_FEATURED = 100  # shown in their tab; they are chosen one by one


class Order(StrEnum):
    """In which order threads are read; replies always stay in time order under their parent."""

    OLDEST = "oldest"
    NEWEST = "newest"
    REPLIES = "replies"


@dataclass(frozen=True)
class Asked:
    """What of a discussion an address asks for: a page in an order, the featured, or some words."""

    page: int | str = 1
    order: Order = Order.OLDEST
    is_featured: bool = False
    find: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """From the query of an address; what is not understood is not asked."""
        order = query.get("order", "")
        return cls(
            page=query.get("comments", "1"),
            order=Order(order) if order in list(Order) else Order.OLDEST,
            is_featured=query.get("only") == "featured",
            find=query.get("find", ""),
        )


@dataclass(frozen=True)
class Shown:
    """What the page shows of one comment."""

    depth: int
    pk: int
    state: str
    fragment: str


class Threads:
    """A page of a discussion, oldest threads first unless another order is asked for; `number` is
    brought into bounds.

    "all" is the whole discussion, unless it is very long. `published` counts the comments of the
    whole discussion, tombstones not among them, `featured` those that an editor featured, and
    `newest` is the highest id there.
    """

    def __init__(self, post: Post, number: int | str = 1, order: Order = Order.OLDEST) -> None:
        self._post = post
        self.order = order
        counts = next(iter(COUNTS.rows(post.pk)), (0, 0, 0, 0))
        self.published, self.threads, self.featured, self.newest = counts
        self.pages: int = max(1, -(-self.threads // THREADS_ON_A_PAGE))
        self.fits_one_page: bool = self.published <= MOST_AT_ONCE
        self.is_whole: bool = self.pages == 1 or (number == WHOLE and self.fits_one_page)
        self.number: int = min(max(1, _whole(number)), self.pages)

    @cached_property
    def rows(self) -> Rows:
        """What the comments of this page are made of, as the driver gives it."""
        return self._query().rows(self._post.pk)

    @property
    def comments(self) -> list[Shown]:
        """The comments of this page in the order in which they are read."""
        comments = [Shown(*row) for row in self.rows]
        if self.order == Order.OLDEST:
            return comments
        threads = _by_thread(comments)
        if self.order == Order.REPLIES:
            threads.sort(key=_replies, reverse=True)
        else:
            threads.reverse()
        return [comment for thread in threads for comment in thread]

    def featured_rows(self) -> Rows:
        """The featured comments, without the threads that they stand in."""
        return FEATURED.rows(self._post.pk)

    def _query(self) -> Prepared:
        if self.is_whole:
            return SHOWN
        if self.order == Order.REPLIES:
            return _most_replies(self.number)
        if self.order == Order.NEWEST:
            return _newest(self.number, self.number == self.pages)
        return _page(self.number, self.number == self.pages)


def _by_thread(comments: Iterable[Shown]) -> list[list[Shown]]:
    threads: list[list[Shown]] = []
    for comment in comments:
        if comment.depth == 0:
            threads.append([])
        threads[-1].append(comment)
    return threads


def _replies(thread: list[Shown]) -> int:
    return sum(1 for one in thread if one.depth and one.state == CommentState.PUBLISHED)


def _on_page(pk: int) -> PostCommentQuerySet:
    comments: PostCommentQuerySet = PostComment.objects.on_page(Post(pk=pk))
    return comments


def _of_featured(pk: int) -> PostCommentQuerySet:
    """In a way that leads every database to the index of the featured alone."""
    comments: PostCommentQuerySet = PostComment.objects.featured()
    return comments.filter(post=pk, path__gt="").order_by("path")


def _counts(pk: int) -> QuerySet[PostComment, Any]:
    """The featured are counted once, from their own index: the others need not be looked up."""
    published, threads = Count("pk", filter=PUBLISHED), Count("pk", filter=Q(depth=0))
    featured = _of_featured(pk).order_by().values("post").annotate(number=Count("pk"))
    counted = _on_page(pk).order_by().values("post")
    return counted.annotate(
        a=published,
        b=threads,
        c=Max(Coalesce(Subquery(featured.values("number")), 0)),  # one number, or it is grouped by
        d=Coalesce(Max("pk", filter=PUBLISHED), 0),
    ).values_list("a", "b", "c", "d")


def _shown(pk: int) -> QuerySet[PostComment, Any]:
    return _on_page(pk).values_list("depth", "pk", "state", "fragment")


def _featured(pk: int) -> QuerySet[PostComment, Any]:
    return _of_featured(pk).values_list("depth", "pk", "state", "fragment")[:MOST_FEATURED]


@lru_cache(PREPARED_PAGES)
def _page(number: int, is_last: bool) -> Prepared:
    """From the first thread of the page up to the first one of the next."""
    first, after = (number - 1) * THREADS_ON_A_PAGE, number * THREADS_ON_A_PAGE

    def build(pk: int) -> QuerySet[PostComment, Any]:
        roots, comments = _on_page(pk).roots().values("path"), _shown(pk)
        if number > 1:
            comments = comments.filter(path__gte=roots[first : first + 1])
        return comments if is_last else comments.filter(path__lt=roots[after : after + 1])

    return Prepared(build, A_PK)


@lru_cache(PREPARED_PAGES)
def _newest(number: int, is_last: bool) -> Prepared:
    """The same page counted from the end; it is read backwards, thread by thread."""
    first, after = (number - 1) * THREADS_ON_A_PAGE, number * THREADS_ON_A_PAGE

    def build(pk: int) -> QuerySet[PostComment, Any]:
        roots = _on_page(pk).roots().order_by("-path").values("path")
        comments = _shown(pk) if is_last else _shown(pk).filter(path__gte=roots[after - 1 : after])
        return comments.filter(path__lt=roots[first - 1 : first]) if number > 1 else comments

    return Prepared(build, A_PK)


@lru_cache(PREPARED_PAGES)
def _most_replies(number: int) -> Prepared:
    """Threads by their published replies, the older first among equals."""
    first, after = (number - 1) * THREADS_ON_A_PAGE, number * THREADS_ON_A_PAGE
    replies = Count("pk", filter=PUBLISHED & Q(depth__gt=0))

    def build(pk: int) -> QuerySet[PostComment, Any]:
        by_root = _on_page(pk).order_by().values(root=Substr("path", 1, WIDTH))
        roots = by_root.annotate(replies=replies).order_by("-replies", "root")[first:after]
        shown = _on_page(pk).annotate(root=Substr("path", 1, WIDTH))
        here = shown.filter(root__in=roots.values("root"))
        return here.values_list("depth", "pk", "state", "fragment")

    return Prepared(build, A_PK)


COUNTS = Prepared(_counts, A_PK)
SHOWN = Prepared(_shown, A_PK)
FEATURED = Prepared(_featured, A_PK)


def page_number(comment: PostComment) -> int:
    """On which page of its discussion a comment stands."""
    root = comment.path[: len(comment.path) // (comment.depth + 1)]
    earlier = PostComment.objects.on_page(comment.post).roots().filter(path__lt=root)
    return earlier.count() // THREADS_ON_A_PAGE + 1


def nested(
    comments: Iterable[Shown],
    *,
    reply: list[str],
    remark: Callable[[Shown], str] = lambda _comment: "",
) -> str:
    """The comments as nested lists; `reply` is what goes before, between and after their ids, and
    `remark` what the page has to say below one of them."""
    parts, level = [], -1
    for comment in comments:
        if comment.depth > level:
            parts.append("<ol>" * (comment.depth - level))
        else:
            parts.append("</li>" + "</ol></li>" * (level - comment.depth))
        level = comment.depth
        parts.append(f"<li>{comment.fragment}{remark(comment)}")
        if reply and comment.state == CommentState.PUBLISHED:
            parts.append(str(comment.pk).join(reply))
    return "".join(parts) + "</li></ol>" * (level + 1)


def _whole(number: int | str) -> int:
    text = str(number)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
