"""The index that readers search: the words of every text that they may read, and no others.

SQLite has FTS5 and PostgreSQL tsvector; both get folded words, so that they answer alike. A row is
written in the transaction that changes what readers see, and is asked for together with what may be
read now: a row too many would never show.
"""

from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction

from blog.models import Post
from blog.models.post import READABLE_STATES, PostQuerySet
from blog.searching import Unit, folded_words

MOST = 1_000  # posts found at once, best first
STORE = {
    "sqlite": "INSERT INTO blog_search (rowid, title, summary, words) VALUES (%s, %s, %s, %s)",
    "postgresql": (
        "INSERT INTO blog_search (post_id, words) VALUES (%s,"
        " setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'B')"
        " || setweight(to_tsvector('simple', %s), 'D'))"
    ),
}
FORGET = {
    "sqlite": "DELETE FROM blog_search WHERE rowid = %s",
    "postgresql": "DELETE FROM blog_search WHERE post_id = %s",
}
FORGET_STRAYS = {
    "sqlite": "DELETE FROM blog_search WHERE rowid NOT IN (SELECT id FROM blog_post)",
    "postgresql": "DELETE FROM blog_search WHERE post_id NOT IN (SELECT id FROM blog_post)",
}
FIND = {
    "sqlite": (  # without the plus, the index would be asked once for each post that may be read
        "SELECT rowid FROM blog_search WHERE blog_search MATCH %s AND +rowid IN ({readable})"
        " ORDER BY bm25(blog_search, 12.0, 4.0, 1.0), rowid DESC LIMIT {most}"
    ),
    "postgresql": (
        "SELECT post_id FROM blog_search, to_tsquery('simple', %s) AS asked"
        " WHERE words @@ asked AND post_id IN ({readable})"
        " ORDER BY ts_rank('{{0.05, 0.1, 0.4, 1.0}}', words, asked) DESC, post_id DESC LIMIT {most}"
    ),
}


class Entry(NamedTuple):
    post_id: int
    title: str
    summary: str
    words: str


def follow(post: Post) -> None:
    """Let the index say what readers see of a post now, or nothing; inside their transaction."""
    forget(post.pk)
    if post.state in READABLE_STATES and post.head is not None:
        head = post.head
        store(Entry(post.pk, *(_words(text) for text in (head.title, head.summary, head.text))))


def store(entry: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute(STORE[connection.vendor], entry)


def forget(post_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FORGET[connection.vendor], [post_id])


def forget_strays() -> None:
    """Forget posts that went without a word, as in a flush: the index is no table of a model."""
    if "blog_search" in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(FORGET_STRAYS[connection.vendor])


@transaction.atomic
def rebuild() -> int:
    """Write the whole index anew; returns how many posts are in it."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM blog_search")
    readable = Post.objects.filter(state__in=READABLE_STATES, head__isnull=False)
    count = 0
    for post in readable.select_related("head").iterator(chunk_size=50):
        follow(post)
        count += 1
    return count


def find(units: tuple[Unit, ...], posts: PostQuerySet) -> list[int]:
    """Which of these posts have all that is asked for, best first: title, summary, then text."""
    try:
        readable, values = posts.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # nothing can be among them
        return []
    sql = FIND[connection.vendor].format(readable=readable, most=MOST)
    with connection.cursor() as cursor:
        cursor.execute(sql, [_asked(units), *values])
        return [row[0] for row in cursor.fetchall()]


def _words(text: str) -> str:
    return " ".join(folded_words(text))


def _asked(units: tuple[Unit, ...]) -> str:
    """The question in the language of the database; folded words hold nothing but letters."""
    if connection.vendor == "sqlite":
        return " ".join(_in_quotes(unit) for unit in units)
    return " & ".join(_in_lexemes(unit) for unit in units)


def _in_quotes(unit: Unit) -> str:
    star = "*" if unit.may_go_on else ""
    return f'"{" ".join(unit.words)}"{star}'


def _in_lexemes(unit: Unit) -> str:
    star = ":*" if unit.may_go_on else ""
    return "(" + " <-> ".join(f"'{word}'" for word in unit.words) + star + ")"
