"""The personal link of a guest author: its door, and its place on the desk."""

import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import AuthedRequest, editors_only, signed_in_only
from accounts.models import Person
from accounts.profiles import change_byline
from accounts.refusals import Refusal
from blog import access, claims, guests, slips
from blog.access import WriterRequest, writers_only
from blog.forms.guests import InviteForm
from blog.forms.site import BylineForm
from blog.models import GuestLink, Post
from blog.views.answers import ask, attempt

GET_AND_POST = ["GET", "HEAD", "POST"]
LINKS_A_PAGE = 50
INSIDE = re.compile(r"([a-z][a-z-]*/){1,3}")  # a page below that of the post


def _link(token: str) -> GuestLink:
    links = GuestLink.objects.with_people()
    link = links.filter(pk=slips.which_guest_link(token) or 0).first()
    if link is None:
        raise Http404
    return link


@require_http_methods(GET_AND_POST)
def door(request: HttpRequest, token: str) -> HttpResponse:
    """Let a guest in by a button: programs that look through mails follow links, but press none."""
    link = _link(token)
    if not link.is_live:
        return access.private(access.ended(request, link))
    if request.method == "POST":
        access.let_in(request, link)
        guests.use(link)
        return access.private(redirect(_inside(link, request.GET.get("to", ""))))
    user = request.user
    may_claim = isinstance(user, Person) and claims.may_claim(link, user)
    facts = {"link": link, "post": link.post, "token": token, "may_claim": may_claim}
    return access.private(render(request, "blog/write/guest_door.html", facts))


def _inside(link: GuestLink, to: str) -> str:
    page = reverse("blog:write_post", kwargs={"pk": link.post_id})
    return f"{page}{to}" if INSIDE.fullmatch(to) else page


@writers_only
@require_http_methods(GET_AND_POST)
def byline(request: WriterRequest, pk: int) -> HttpResponse:
    """What stands about the author below this post, and all others of theirs."""
    own = Post.objects.filter(author__person=request.writer).select_related("author")
    post = get_object_or_404(own, pk=pk)
    form = BylineForm(request.POST or None, profile=post.author)
    if attempt(form, lambda: change_byline(post.author, by=request.writer, byline=form.byline())):
        messages.success(request, _("Your byline is saved; it stands on all your posts."))
        return redirect("blog:write_post", pk=pk)
    return render(request, "blog/write/byline.html", {"form": form, "post": post})


@writers_only
@require_POST
def leave(request: WriterRequest, pk: int) -> HttpResponse:
    """Close the post in this browser, which somebody else may use next."""
    if request.guest_link is None:  # whoever signed in signs out
        raise Http404
    access.let_out(request, request.guest_link)
    messages.success(request, _("The post is closed here. Your link opens it again."))
    response = redirect("blog:guest_door", token=slips.guest_token(request.guest_link.pk))
    response.headers["Clear-Site-Data"] = '"storage"'  # words that this browser still kept
    return response


@require_POST
@signed_in_only
def claim(request: AuthedRequest, token: str) -> HttpResponse:
    """Put the guest's posts under the account that has signed in here."""
    link = _link(token)
    try:
        claims.claim(link, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("blog:guest_door", token=token)
    messages.success(request, _("This is your post now: you find it here whenever you sign in."))
    return redirect("blog:write_post", pk=link.post_id)


@require_POST
def ask_again(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a new link in the place of one that is too old, to the address that we know."""
    link = _link(token)
    ask(
        request,
        lambda: guests.ask_for_another(link),
        done=_("A new link is on its way to your mailbox."),
    )
    return access.private(redirect("blog:guest_door", token=token))


@editors_only
@require_safe
def guest_list(request: AuthedRequest) -> HttpResponse:
    """Who was invited to which post, and whether their link works."""
    links = GuestLink.objects.with_people()
    page = Paginator(links, LINKS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "blog/desk/guests.html", {"page": page})


@editors_only
@require_http_methods(GET_AND_POST)
def invite(request: AuthedRequest) -> HttpResponse:
    """Invite somebody by mail to write a post."""
    form = InviteForm(request.POST or None, post=request.GET.get("post", ""))
    post = attempt(form, lambda: guests.invite(form.invitation(), editor=request.user))
    if post:
        messages.success(request, _("The invitation is on its way."))
        return redirect("blog:desk_post", pk=post.pk)
    return render(request, "blog/desk/invite.html", {"form": form})


@editors_only
@require_POST
def revoke(request: AuthedRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(GuestLink.objects.with_people(), pk=pk)
    ask(
        request,
        lambda: guests.revoke(link, editor=request.user),
        done=_("The link is ended. What was written stays."),
    )
    return redirect("blog:desk_guests")


@editors_only
@require_POST
def renew(request: AuthedRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(GuestLink.objects.with_people(), pk=pk)
    ask(
        request,
        lambda: guests.renew(link, editor=request.user),
        done=_("A new link is on its way to the author; the one before has ended."),
    )
    return redirect("blog:desk_guests")
