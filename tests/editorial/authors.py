"""Authors as the tests hear them: their link, what its page sends, and the letters they get."""

import re

from django.db.models import Q
from django.urls import reverse

from accounts.models import Letter
from editorial import slips

ANSWER = "Parts were free when I wrote this; I asked in May."


def link(post):
    token = slips.author_link(post_id=post.pk, profile_id=post.author_id)
    return reverse("editorial:author", kwargs={"token": token})


def links_to(post, text):
    """How often a text leads to the author's page of a post, whenever the links were signed."""
    found = [slips.whose_post(token) for token in re.findall(r"/disputes/author/([^/\s]+)/", text)]
    return sum(one is not None and one.ids == [post.pk, post.author_id] for one in found)


def box(dispute, **typed):
    """What the author's page sends for one dispute."""
    facts = {"text": "", **typed}
    return {f"{dispute.public_id}-{name}": value for name, value in facts.items()}


def letters_to(person):
    """What a writer got since the post was published."""
    published = Q(subject__startswith="Your post is")
    return Letter.objects.filter(to=person.email).exclude(published)


def to_author(dispute):
    return letters_to(dispute.claim.post.author.person)
