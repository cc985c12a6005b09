"""The index of the search: in each database what it has for it, filled with what readers see."""

from typing import Any

from django.db import migrations

from blog.searching import folded_words

MAKE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE blog_search USING fts5("
        "title, summary, words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
    ],
    "postgresql": [
        "CREATE TABLE blog_search (post_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX blog_search_words ON blog_search USING gin (words)",
    ],
}
STORE = {
    "sqlite": "INSERT INTO blog_search (rowid, title, summary, words) VALUES (%s, %s, %s, %s)",
    "postgresql": (
        "INSERT INTO blog_search (post_id, words) VALUES (%s,"
        " setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'B')"
        " || setweight(to_tsvector('simple', %s), 'D'))"
    ),
}


def make(apps: Any, schema_editor: Any) -> None:
    vendor = schema_editor.connection.vendor
    for statement in MAKE[vendor]:
        schema_editor.execute(statement, params=None)
    posts = apps.get_model("blog", "Post").objects.filter(
        state__in=("published", "retracted"), head__isnull=False
    )
    with schema_editor.connection.cursor() as cursor:
        for post in posts.select_related("head").iterator(chunk_size=50):
            texts = (post.head.title, post.head.summary, post.head.text)
            words = [" ".join(folded_words(text)) for text in texts]
            cursor.execute(STORE[vendor], [post.pk, *words])


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE blog_search", params=None)


class Migration(migrations.Migration):
    dependencies = [("blog", "0013_comments_beside_a_draft")]

    operations = [migrations.RunPython(make, drop)]
