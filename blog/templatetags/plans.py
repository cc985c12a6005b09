"""What an editor may plan for a post on its workbench."""

from dataclasses import dataclass

from django import template
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.addresses import absolute_url
from accounts.models import Person
from accounts.roles import is_editor, is_publisher
from blog import slips
from blog.forms.scheduling import (
    ExpiryForm,
    PreviewForm,
    ScheduleForm,
    expiry_form,
    schedule_form,
)
from blog.models import EditProposal, Post, PostState, PreviewLink, ProposalState

register = template.Library()
HAS_DAY = (PostState.ACCEPTED, PostState.SCHEDULED)


@dataclass(frozen=True)
class Plan:
    """The forms this person may fill in now; None where there is nothing to plan."""

    schedule: ScheduleForm | None
    expiry: ExpiryForm | None


@register.simple_tag
def plan_of(post: Post, person: Person | AnonymousUser) -> Plan:
    may_end = is_publisher(person) if post.is_public else is_editor(person)
    can_end = post.is_public or post.state in HAS_DAY
    return Plan(
        schedule=schedule_form(post) if post.state in HAS_DAY else None,
        expiry=expiry_form(post) if can_end and may_end else None,
    )


@dataclass(frozen=True)
class Shown:
    """A link that shows a post now, with its whole address."""

    link: PreviewLink
    address: str


@dataclass(frozen=True)
class Previews:
    links: list[Shown]
    form: PreviewForm


@register.simple_tag
def previews_of(post: Post) -> Previews:
    """The links that show a post to others, and the form that makes another."""
    live = PreviewLink.objects.live().filter(post=post).select_related("created_by")
    return Previews([Shown(link, _address(link)) for link in live], PreviewForm())


def _address(link: PreviewLink) -> str:
    token = slips.preview_token(link.pk)
    return absolute_url(reverse("blog:preview", kwargs={"token": token}))


@register.simple_tag
def proposals_of(post: Post) -> list[EditProposal]:
    """The edits that authors proposed and that wait for an editor."""
    return list(post.proposals.filter(state=ProposalState.OPEN).select_related("person"))
