"""What the account bar offers on the page of a post."""

from django import template
from django.contrib.auth.models import AnonymousUser
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.roles import is_editor
from blog.models import Post
from blog.templatetags.page import Section

register = template.Library()


@register.simple_tag
def post_doors(person: Person | AnonymousUser, at: str) -> list[Section]:
    """For editors: the way from a post's page to its workbench, by the path of that page."""
    slug = _slug(at) if is_editor(person) else ""
    if not slug:
        return []
    readable_once = Post.objects.published() | Post.objects.gone()
    pks = readable_once.filter(slug=slug).values_list("pk", flat=True)
    label = str(_("This post on the desk"))
    return [Section(label, reverse("blog:desk_post", args=(pk,))) for pk in pks]


def _slug(path: str) -> str:
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    return str(found.kwargs["slug"]) if found.view_name == "blog:post" else ""
