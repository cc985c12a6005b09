"""Posts that keep a promise made about another: which rests on which, for readers and machines."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.addresses import absolute_url
from blog.kept import A_PK, Prepared
from blog.models import Post
from editorial.models import FollowUp, FollowUpState

BASED_ON, CITATION = "isBasedOn", "citation"


def json_members(post: Post) -> dict[str, list[Any]]:
    """What the data of a post for machines says of its follow-ups, in one cheap query."""
    members: dict[str, list[Any]] = {}
    for original, follow_up in dict.fromkeys(PROMISES.rows(post.pk)):
        is_later = follow_up == post.slug
        name, other = (BASED_ON, original) if is_later else (CITATION, follow_up)
        members.setdefault(name, []).append({"@id": _id(other)})
    return members


def _kept(pk: int) -> QuerySet[FollowUp, Any]:
    """The addresses of both posts of each promise, while readers may open both."""
    readable = Post.objects.published()
    kept = FollowUp.objects.filter(Q(post=pk) | Q(claim__post=pk), state=FollowUpState.PUBLISHED)
    kept = kept.filter(post__in=readable, claim__post__in=readable)
    return kept.values_list("claim__post__slug", "post__slug").order_by("promised_at", "pk")


def _id(slug: str) -> str:
    return f"{absolute_url(reverse('blog:post', kwargs={'slug': slug}))}#post"


PROMISES = Prepared(_kept, A_PK)
