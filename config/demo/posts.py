"""The posts of the demo, each taken all the way from a draft to its readers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts.models import Person, Profile
from blog import anchoring, notes, passages, publishing, workflow
from blog.models import NoteKind, Post, Topic
from config.demo.content import Table, post_body, table
from config.demo.dates import happening, moment
from config.demo.people import editor
from config.demo.pictures import with_pictures

WRITING = timedelta(days=9)  # before publication
HANDING_IN = timedelta(days=5, hours=21)
ACCEPTING = timedelta(days=1, hours=21)


def make_posts() -> None:
    """Every post with its notes, then the posts that an editor picked to follow it."""
    entries = table("posts")["posts"]
    for entry in entries:
        _make_post(entry)
    for entry in entries:
        if "related" in entry:
            with happening(_published_at(entry)):
                picked = [post(slug) for slug in entry["related"]]
                _describe(post(entry["slug"]), entry, related=picked)


def post(slug: str) -> Post:
    return Post.objects.select_related("head", "author__person").get(slug=slug)


def _make_post(entry: Table) -> None:
    published_at = _published_at(entry)
    with happening(published_at - WRITING):
        write(entry)
    with happening(published_at - HANDING_IN):
        begun = post(entry["slug"])
        workflow.submit(begun, by=writer(begun.author))
    with happening(published_at - ACCEPTING):
        workflow.accept(post(entry["slug"]), editor=editor())
    with happening(published_at):
        _add_notes(entry)
        publishing.publish(post(entry["slug"]), editor=editor(), at=published_at)


def _published_at(entry: Table) -> datetime:
    return moment(entry["days_ago"], entry["time"])


def writer(author: Profile) -> Person:
    """The author, or the editor on behalf of an author without an account."""
    return author.person or editor()


def write(entry: Table) -> None:
    """Begin a post and give it its words."""
    author = Profile.objects.get(slug=entry["author"])
    begun = workflow.begin(author=author, by=writer(author), title=entry["title"])
    begun = _describe(begun, entry)
    body = with_pictures(post_body(entry["slug"]), post=begun, by=writer(author))
    draft = workflow.Draft(entry["title"], entry["summary"], body)
    workflow.write(begun, by=writer(author), draft=draft, version=begun.version)


def _describe(subject: Post, entry: Table, *, related: Sequence[Post] = ()) -> Post:
    details = workflow.Details(
        slug=entry["slug"],
        topics=[Topic.objects.get(slug=slug) for slug in entry["topics"]],
        invitation=entry.get("invitation", ""),
        related=related,
    )
    return workflow.describe(subject, editor=editor(), details=details)


def _add_notes(entry: Table) -> None:
    subject = post(entry["slug"])
    for kind in (NoteKind.INTRODUCTION, NoteKind.CLOSING):
        if kind in entry:
            notes.write_note(subject, kind=kind, editor=editor(), text=entry[kind])
    for note in entry.get("notes", []):
        quote = anchoring.Quote(note["quote"])
        passage = passages.capture(subject, quote=quote, by_editor=True)
        notes.write_note(
            subject, kind=NoteKind.INLINE, editor=editor(), text=note["text"], passage=passage
        )
