"""What tests of edits share: an edit that waits, its page, and where words stand afterwards."""

import re

from django.urls import reverse

from blog import workflow
from blog.models import PassagePosition, Post
from blog.workflow import Draft
from editorial.models import DisputeEventKind
from tests.factories.editorial import BODY

NEGATED = BODY.replace("There is no extra cost", "There is not always no extra cost")
ELSEWHERE = BODY.replace("closed on Mondays", "closed on Mondays and Tuesdays")


def edited(dispute, editor, body) -> Post:
    """The post of a dispute with an edit that waits."""
    post = Post.objects.select_related("head").get(pk=dispute.claim.post_id)
    draft = Draft(title=post.title, summary=post.summary, body=body)
    return workflow.write(post, by=editor, draft=draft, version=post.version)


def publish(desk, post, **given):
    """Press the button on the page of the edit, or on the page that asks."""
    facts = {"label": "cosmetic", "reason": "", "base": post.head_id, **given}
    return desk.post(reverse("blog:desk_revise", args=[post.pk]), facts)


def place_of(dispute) -> PassagePosition:
    return PassagePosition.objects.in_head().get(passage__claims=dispute.claim)


def edits_of(dispute):
    return list(dispute.events.filter(kind=DisputeEventKind.REWORDED))


def page_of(client, dispute) -> str:
    post = Post.objects.get(pk=dispute.claim.post_id)
    return client.get(post.get_absolute_url()).content.decode()


def case_of(dispute, name="case") -> str:
    return reverse(f"editorial:{name}", args=[dispute.public_id])


def asked_in(page: str) -> str:
    return re.search(r'name="asked" value="([^"]+)"', page)[1]
