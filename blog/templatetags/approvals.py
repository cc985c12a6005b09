"""Where a post stands with its author: how they come in, and whether they approve of the text."""

from django import template

from accounts.models import Person
from blog import approvals
from blog.forms.approving import AskApprovalForm
from blog.models import GuestLink, Post

register = template.Library()
register.simple_tag(approvals.standing, name="standing_of")


@register.inclusion_tag("blog/write/_approval.html")
def approval_wanted(post: Post, writer: Person) -> dict[str, object]:
    """On the writing page: what the author is asked, or what they have approved."""
    if post.author.person_id != writer.pk:
        return {"post": post, "standing": None}
    post.author.person = writer  # who acts is loaded already
    return {"post": post, "standing": approvals.standing(post)}


@register.inclusion_tag("blog/desk/_guest.html")
def guest_at_desk(post: Post) -> dict[str, object]:
    """How the author comes in: by a login, by a personal link, or not at all."""
    author = post.author.person
    never_came = author is not None and author.last_login is None
    links = GuestLink.objects.live().filter(post=post) if never_came else None
    return {"post": post, "link": links.first() if links is not None else None}


@register.inclusion_tag("blog/desk/_approval.html", takes_context=True)
def approval_at_desk(context: template.Context, post: Post) -> dict[str, object]:
    """On the desk: where it stands, and the form that asks."""
    return {
        "post": post,
        "standing": approvals.standing(post),
        "form": AskApprovalForm(),
        "csrf_token": context["csrf_token"],
    }
