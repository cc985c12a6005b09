"""The post page: everything of it that is the blog's own, gathered in a few queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.safestring import SafeString

from accounts.addresses import absolute_url
from accounts.models import Profile
from blog import marks, openness, sequels, shelves, shown_images
from blog.marks import DrawnTag
from blog.models import (
    Discussion,
    EditorNote,
    Image,
    Mark,
    NoteKind,
    Notice,
    NoticeKind,
    NoticeState,
    Passage,
    PassagePosition,
    Post,
    Publication,
    Severity,
    Shown,
    Topic,
)
from blog.models.passage import PassageField, PassagePositionQuerySet
from blog.models.post import PostQuerySet
from blog.sequels import Place

ON_TOP = frozenset({Severity.SIGNIFICANT, Severity.PREMISE})
BANNERS = frozenset({NoticeKind.CONCERN, NoticeKind.RETRACTION, NoticeKind.REMOVAL})
CHANGES_WORDS = (NoticeKind.CORRECTION, NoticeKind.CLARIFICATION, NoticeKind.RETRACTION)
UNSIGNED = ("byline__headline", "byline__bio", "byline__website")  # no part of a signature
PAGE = "blog/drawn"
FEED = "blog/drawn/feed"


@dataclass(frozen=True)
class PostPage:
    """What stands on the page, in the voices that say it."""

    post: Post
    site: Publication
    title: str
    body: SafeString
    images: list[Image]
    introductions: list[EditorNote]
    closings: list[EditorNote]
    strays: list[EditorNote]
    notices: list[Notice]
    tags: list[DrawnTag]  # marks beside the title and the summary
    marked: frozenset[str]  # public ids of the notices that a mark in the text leads to
    topics: list[Topic]
    disclosure: str
    disclaimer: str
    invitation: str

    @property
    def title_tags(self) -> list[DrawnTag]:
        return [one for one in self.tags if one.field == PassageField.TITLE]

    @property
    def summary_tags(self) -> list[DrawnTag]:
        return [one for one in self.tags if one.field == PassageField.SUMMARY]

    @property
    def banners(self) -> list[Notice]:
        """Notices that come before the title, since they are about the whole."""
        return [notice for notice in self.notices if notice.kind in BANNERS]

    @property
    def lines(self) -> list[Notice]:
        """Notices grave enough for a line under the byline."""
        return [
            notice
            for notice in self.notices
            if notice.severity in ON_TOP and notice.kind not in BANNERS
        ]

    @property
    def endings(self) -> list[Notice]:
        """All other notices: a minor one is told at the end."""
        told = {notice.pk for notice in (*self.banners, *self.lines)}
        return [notice for notice in self.notices if notice.pk not in told]

    @property
    def host(self) -> Profile | None:
        """The host of the publication, unless she wrote the post herself."""
        return self.site.host if self.site.host_id != self.post.author_id else None

    @property
    def url(self) -> str:
        return absolute_url(self.post.get_absolute_url())

    @cached_property
    def place(self) -> Place | None:
        """Where it stands in its series."""
        return sequels.place_of(self.post.pk)

    @cached_property
    def related(self) -> list[Post]:
        return shelves.related(self.post)


def published() -> PostQuerySet:
    """Posts that readers may open, without their texts."""
    posts = Post.objects.published().select_related("head", "author")
    return posts.defer("body", "head__body_html", "head__text")


def notes() -> QuerySet[EditorNote]:
    """Editor's notes as readers see them."""
    withheld = Notice.objects.filter(passage=OuterRef("passage"), withheld_at__isnull=False)
    notes = EditorNote.objects.standing().exclude(Exists(withheld))
    notes = notes.select_related("byline", "passage")
    return notes.defer("text", "passage__prefix", "passage__suffix", *UNSIGNED)


def notices() -> QuerySet[Notice]:
    """Notices that stand on the page of their post."""
    standing = Notice.objects.standing().for_readers()
    return standing.select_related("byline").defer(*UNSIGNED).newest_first()


@dataclass(frozen=True)
class Change:
    """When readers were told that words of a post changed, and which version had the old ones."""

    kind: str
    told_at: datetime
    earlier: int


def changes(post: Post) -> list[Change]:
    """The changes that make an earlier comment hard to understand, oldest first.

    Notices that were superseded since count too: the words changed all the same.
    """
    told = Notice.objects.filter(post=post, kind__in=CHANGES_WORDS).exclude(
        Q(state=NoticeState.TAKEN_BACK) | Q(revision_after=F("revision_before"))
    )
    rows = told.order_by("published_at", "pk").values_list(
        "kind", "published_at", "revision_before__number"
    )
    return [Change(*row) for row in rows]


def positions() -> PassagePositionQuerySet:
    """Where something is drawn: a mark, or a note that was not withdrawn."""
    has_note = Q(passage__note__isnull=False, passage__note__withdrawn_at=None)
    drawn = PassagePosition.objects.filter(has_note | ~Q(passage__mark=Mark.NONE))
    unused = ("passage__exact", "passage__prefix", "passage__suffix", "candidates")
    return drawn.select_related("passage").defer(*unused)


def tagged() -> QuerySet[Passage]:
    """What is marked and has no words in the text."""
    known = Passage.objects.exclude(mark=Mark.NONE).filter(field__in=marks.TAGGED)
    return known.defer("prefix", "suffix").order_by("pk")


def with_page(posts: PostQuerySet) -> PostQuerySet:
    """Prefetch what `assemble` needs, in the same number of queries for one post and for many."""
    return posts.select_related("head", "author").prefetch_related(
        "topics",
        "author__links",
        "bylines__profile",
        Prefetch("notes", notes()),
        Prefetch("notices", notices()),
        Prefetch("head__positions", positions()),
        Prefetch("head__image_uses", shown_images.uses()),
        Prefetch("passages", tagged()),
    )


def assemble(
    post: Post, *, drawing: str = PAGE, foreseen: Iterable[PassagePosition] | None = None
) -> PostPage:
    """Gather the page of a post that was loaded through `with_page`.

    `foreseen` are the places of passages in a head that is not stored yet.
    """
    site = Publication.current()
    said, told = list(post.notes.all()), list(post.notices.all())
    topics = list(post.topics.all())
    drawn = marks.drawn(post, said, told, foreseen=foreseen)
    tags = marks.tags(post, told)
    body = marks.body(post, drawn, drawing=drawing)
    images = _images(post, body)
    placed = {note.id for note in drawn.notes}
    inline = _of(said, NoteKind.INLINE)
    return PostPage(
        post=post,
        site=site,
        title=post.headline,
        body=shown_images.put_in(body, images, in_feed=drawing == FEED),
        images=[image for image in images if image.removed_at is None],
        introductions=_of(said, NoteKind.INTRODUCTION),
        closings=_of(said, NoteKind.CLOSING),
        strays=[note for note in inline if f"note-{note.pk}" not in placed],
        notices=told,
        tags=[one for one in tags if one.field != PassageField.IMAGE],
        marked=frozenset(
            mark.href.removeprefix("#notice-")
            for mark in (*drawn.marks, *(one.mark for one in tags))
        ),
        topics=topics,
        disclosure=site.disclosure_html if shows_disclosure(post, topics) else "",
        disclaimer=site.disclaimer_html if shows_disclaimer(post, topics) else "",
        invitation=_invitation(post, site, topics),
    )


def _images(post: Post, body: str) -> list[Image]:
    """Those in the text, in reading order."""
    if post.head is not None and post.head.pk is not None:
        images = [use.image for use in post.head.image_uses.all()]
    else:  # a preview is stored nowhere
        images = shown_images.of_text(body)
    return sorted(images, key=lambda image: body.find(image.key))


def _invitation(post: Post, site: Publication, topics: list[Topic]) -> str:
    if openness.discussion_of(post, topics) == Discussion.CLOSED:
        return ""
    return post.invitation or site.invitation


def shows_disclosure(post: Post, topics: list[Topic]) -> bool:
    """By rule: a topic asks for it, or readers see a link that earns money."""
    if post.disclosure == Shown.AUTO:
        has_links = post.head is not None and post.head.has_affiliate_links
        return has_links or any(topic.shows_disclosure for topic in topics)
    return post.disclosure == Shown.ALWAYS


def shows_disclaimer(post: Post, topics: list[Topic]) -> bool:
    """By rule: a topic asks for it."""
    if post.disclaimer == Shown.AUTO:
        return any(topic.shows_disclaimer for topic in topics)
    return post.disclaimer == Shown.ALWAYS


def _of(notes: list[EditorNote], kind: NoteKind) -> list[EditorNote]:
    return [note for note in notes if note.kind == kind]
