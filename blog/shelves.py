"""Which posts stand together: newest, by month, under a topic, by an author, next to read."""

from datetime import MAXYEAR, MINYEAR, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from accounts.models import Profile
from blog.models import (
    EditorNote,
    Notice,
    Post,
    PostByline,
    Publication,
    RelatedPost,
    Series,
    SeriesPart,
    Topic,
)
from blog.models.post import PostQuerySet

RELATED = 4


class Month(NamedTuple):
    start: datetime
    posts: int


def cards() -> PostQuerySet:
    """Published posts, newest first, with all that a list shows and none of their texts."""
    posts = Post.objects.published().with_cards().newest_first()
    return posts.defer("body", "head__body_html", "head__text")


def in_month(year: int, month: int) -> PostQuerySet:
    """Posts of a month in the site's zone; none for a year that no calendar holds."""
    if not MINYEAR < year < MAXYEAR:
        return cards().none()
    return cards().filter(published_at__year=year, published_at__month=month)


def under(topic: Topic) -> PostQuerySet:
    return cards().filter(topics=topic)


def by(profile: Profile) -> PostQuerySet:
    return cards().signed_by(profile)


def months() -> list[Month]:
    """Every month with posts, newest first."""
    counted = (
        Post.objects.published()
        .order_by()
        .annotate(month=TruncMonth("published_at"))
        .values("month")
        .annotate(posts=Count("pk"), start=Min("published_at"))
        .order_by("-month")
    )
    return [Month(row["start"], row["posts"]) for row in counted]


def series_in_use() -> QuerySet[Series]:
    """Series of which readers see a part, in the order of their names."""
    return Series.objects.filter(
        Exists(SeriesPart.objects.filter(_public_post(), series=OuterRef("pk")))
    )


def parts_of(series: Series) -> PostQuerySet:
    """What readers see of a series, the first part first."""
    return cards().filter(part__series=series).order_by("part__position", "part__pk")


def topic_now_at(slug: str) -> Topic | None:
    """The topic that had this address once."""
    return Topic.objects.filter(former_addresses__slug=slug).first()


def series_now_at(slug: str) -> Series | None:
    """The series that had this address once, if readers see anything of it."""
    return series_in_use().filter(former_addresses__slug=slug).first()


def topics_in_use() -> QuerySet[Topic]:
    """Topics with published posts, in the order of their names."""
    return Topic.objects.filter(Exists(Post.objects.published().filter(topics=OuterRef("pk"))))


def filed(posts: PostQuerySet) -> QuerySet[Any]:
    """Under which topics these posts stand: pairs of post and topic."""
    return Post.topics.through.objects.filter(post__in=posts.values("pk")).order_by("pk")


def signed(posts: PostQuerySet) -> QuerySet[PostByline]:
    """Who signs these posts beside their first authors."""
    rows = PostByline.objects.filter(post__in=posts.values("pk"))
    return rows.select_related("profile").order_by("pk")


def public_profiles() -> QuerySet[Profile]:
    """Bylines that readers have met; a guest whose post is still in review is not among them."""
    return Profile.objects.filter(
        Q(pk__in=Post.objects.published().values("author"))
        | Q(pk__in=PostByline.objects.filter(_public_post()).values("profile"))
        | Q(pk__in=EditorNote.objects.standing().filter(_public_post()).values("byline"))
        | Q(pk__in=Notice.objects.public().values("byline"))
        | Q(pk=Publication.current().host_id)
    )


def merged_into(slug: str) -> Profile | None:
    """The byline that readers are led to from the address of one that was merged into it."""
    return public_profiles().filter(former_addresses__slug=slug).first()


def _public_post() -> Q:
    return Q(post__in=Post.objects.published())


def related(post: Post) -> list[Post]:
    """What to read next: picked by hand, then by the number of shared topics; never itself."""
    chosen = choose_related(post.pk)
    found = cards().prefetch_related(None).filter(pk__in=chosen)
    return sorted(found, key=lambda other: chosen.index(other.pk))


def choose_related(pk: int) -> list[int]:
    """Which posts to read after this one, best first."""
    published = Post.objects.published().exclude(pk=pk)
    picks = RelatedPost.objects.filter(post=pk, other__in=published)
    chosen = list(picks.values_list("other", flat=True)[:RELATED])
    shared = (
        published.exclude(pk__in=chosen)
        .filter(topics__in=Topic.objects.filter(posts=pk))
        .annotate(shared=Count("topics"))
        .order_by(F("shared").desc(), "-published_at", "-pk")
    )
    return [*chosen, *shared.values_list("pk", flat=True)[: RELATED - len(chosen)]]
