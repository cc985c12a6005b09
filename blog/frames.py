"""The two pages that are read most, in two parts: a frame that is kept, and what is live in it.

The frame is all that belongs to this package; it is kept as long as the rows it is made of stay
the same. What other packages show (the discussion, the record of disputes, counts of comments)
comes from a template of live pieces: one for each mark in the frame, in the same order.
"""

from collections.abc import Mapping
from itertools import chain, zip_longest

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from accounts.models import ProfileLink
from blog import rendering, sequels, shelves, shown_images
from blog.kept import A_PK, Prepared, Rows, digest, kept
from blog.models import Post, PostByline, Publication, Topic
from blog.rendering import Change

LIVE = mark_safe("<!--live-->")  # cannot stand in a text: what people write has no comments in it
ON_HOME = 10
RELATED_SECONDS = 300  # a new post is proposed beside others this much later at the most
NOBODY = -1  # in the place of a related post that there is not


def _links(pk: int) -> QuerySet[ProfileLink]:
    """Where the author of a post and the host can be followed."""
    author = Post.objects.filter(pk=pk).values("author")
    host = Publication.objects.values("host")
    return ProfileLink.objects.filter(Q(profile__in=author) | Q(profile__in=host))


A_SLUG = "stand-in"
SOME_PKS = tuple(A_PK - place for place in range(shelves.RELATED))
PAGES_APART = ("about_html", "policy_html", "disclosure_page_html", "affiliate_hosts")
SITE = Prepared(lambda: Publication.objects.select_related("host").defer(*PAGES_APART))
POST = Prepared(lambda slug: rendering.published().filter(slug=slug), A_SLUG)
OF_A_POST = (
    Prepared(lambda pk: Topic.objects.filter(posts=pk), A_PK),
    Prepared(_links, A_PK),
    Prepared(sequels.parts_beside, A_PK),
    Prepared(lambda pk: PostByline.objects.filter(post=pk).select_related("profile"), A_PK),
    Prepared(lambda pk: rendering.notes().filter(post=pk), A_PK),
    Prepared(lambda pk: rendering.notices().filter(post=pk), A_PK),
    Prepared(lambda pk: rendering.positions().in_head().filter(passage__post=pk), A_PK),
    Prepared(lambda pk: rendering.tagged().filter(post=pk), A_PK),
    Prepared(shown_images.in_head_of, A_PK),
)
OTHERS = Prepared(lambda *pks: shelves.cards().filter(pk__in=pks), *SOME_PKS)
NEWEST = Prepared(lambda: shelves.cards()[:ON_HOME])
TOPICS_OF_NEWEST = Prepared(lambda: shelves.filed(shelves.cards()[:ON_HOME]))
SIGNED_NEWEST = Prepared(lambda: shelves.signed(shelves.cards()[:ON_HOME]))
TOPICS = Prepared(shelves.topics_in_use)


def home() -> str:
    """The newest posts with their numbers of comments."""
    rows = NEWEST.rows()
    facts = [rows, *(one.rows() for one in (SITE, TOPICS_OF_NEWEST, SIGNED_NEWEST, TOPICS))]
    frame = kept("home", facts, _home)
    return _filled(frame, "blog/_live_home.html", {"pks": [row[0] for row in rows]})


def post(slug: str, *, asked: Mapping[str, str]) -> str:
    """A published post with what the address asks of its discussion; raises `Http404`."""
    rows = POST.rows(slug)
    if not rows:
        raise Http404
    pk = rows[0][0]
    facts = digest(rows, SITE.rows(), *(one.rows(pk) for one in OF_A_POST))
    frame, post, changes = kept("post", (facts, _others(pk, facts)), lambda: _post(pk))
    live = {"post": post, "asked": asked, "changes": changes}
    return _filled(frame, "blog/_live_post.html", live)


def _others(pk: int, facts: str) -> Rows:
    """The rows of the related posts; which ones they are is remembered for a while."""
    key = f"blog.related.{facts}"
    chosen: list[int] | None = cache.get(key)
    if chosen is None:
        chosen = shelves.choose_related(pk)
        cache.set(key, chosen, RELATED_SECONDS)
    return OTHERS.rows(*chosen, *[NOBODY] * (shelves.RELATED - len(chosen)))


def _home() -> str:
    facts = {"posts": shelves.cards()[:ON_HOME], "topics": shelves.topics_in_use(), "live": LIVE}
    return render_to_string("blog/home.html", facts)


def _post(pk: int) -> tuple[str, Post, list[Change]]:
    """The frame, and what the live pieces need: the post with its topics, without its texts, and
    what readers were told about changes of its words."""
    page = rendering.assemble(rendering.with_page(rendering.published()).get(pk=pk))
    frame = render_to_string("blog/post.html", {"page": page, "post": page.post, "live": LIVE})
    post = rendering.published().prefetch_related("topics").get(pk=pk)
    return frame, post, rendering.changes(post)


def _filled(frame: str, template: str, facts: dict[str, object]) -> str:
    pieces = render_to_string(template, facts).split(LIVE)
    parts = zip_longest(frame.split(LIVE), pieces, fillvalue="")
    return "".join(chain.from_iterable(parts))
