"""Reading the discussion of a post: one page of threads in two queries, whatever its size."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet

from blog.kept import A_PK, Prepared, Rows
from blog.models import Post
from comments.models import CommentState, PostComment, PostCommentQuerySet

THREADS_ON_A_PAGE = 50
WHOLE = "all"  # instead of a page's number
MOST_AT_ONCE = 2_000  # comments; a longer discussion is read page by page only
PUBLISHED = Q(state=CommentState.PUBLISHED)
PREPARED_PAGES = 100  # whose queries are remembered


@dataclass(frozen=True)
class Shown:
    """What the page shows of one comment."""

    depth: int
    pk: int
    state: str
    fragment: str


class Threads:
    """A page of a discussion, oldest threads first; `number` is brought into bounds.

    "all" is the whole discussion, unless it is very long. `published` counts the comments of the
    whole discussion, tombstones not among them.
    """

    def __init__(self, post: Post, number: int | str = 1) -> None:
        self._post = post
        self.published, threads = next(iter(COUNTS.rows(post.pk)), (0, 0))
        self.pages: int = max(1, -(-threads // THREADS_ON_A_PAGE))
        self.fits_one_page: bool = self.published <= MOST_AT_ONCE
        self.is_whole: bool = self.pages == 1 or (number == WHOLE and self.fits_one_page)
        self.number: int = min(max(1, _whole(number)), self.pages)

    @cached_property
    def rows(self) -> Rows:
        """What the comments of this page are made of, as the driver gives it."""
        shown = SHOWN if self.is_whole else _page(self.number, self.number == self.pages)
        return shown.rows(self._post.pk)

    @property
    def comments(self) -> list[Shown]:
        """The comments of this page in the order in which they are read."""
        return [Shown(*row) for row in self.rows]


def _on_page(pk: int) -> PostCommentQuerySet:
    comments: PostCommentQuerySet = PostComment.objects.on_page(Post(pk=pk))
    return comments


def _counts(pk: int) -> QuerySet[PostComment, Any]:
    published, threads = Count("pk", filter=PUBLISHED), Count("pk", filter=Q(depth=0))
    counted = _on_page(pk).order_by().values("post")
    return counted.annotate(a=published, b=threads).values_list("a", "b")


def _shown(pk: int) -> QuerySet[PostComment, Any]:
    return _on_page(pk).values_list("depth", "pk", "state", "fragment")


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


COUNTS = Prepared(_counts, A_PK)
SHOWN = Prepared(_shown, A_PK)


def page_number(comment: PostComment) -> int:
    """On which page of its discussion a comment stands."""
    root = comment.path[: len(comment.path) // (comment.depth + 1)]
    earlier = PostComment.objects.on_page(comment.post).roots().filter(path__lt=root)
    return earlier.count() // THREADS_ON_A_PAGE + 1


def nested(comments: Iterable[Shown], *, reply: list[str]) -> str:
    """The comments as nested lists; `reply` is what goes before, between and after their ids."""
    parts, level = [], -1
    for comment in comments:
        if comment.depth > level:
            parts.append("<ol>" * (comment.depth - level))
        else:
            parts.append("</li>" + "</ol></li>" * (level - comment.depth))
        level = comment.depth
        parts.append(f"<li>{comment.fragment}")
        if reply and comment.state == CommentState.PUBLISHED:
            parts.append(str(comment.pk).join(reply))
    return "".join(parts) + "</li></ol>" * (level + 1)


def _whole(number: int | str) -> int:
    text = str(number)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
