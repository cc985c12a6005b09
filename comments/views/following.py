"""Following a discussion by mail, and the pages that mailed links lead to.

Opening a link changes nothing: mail scanners open them all. What is behind one is never cached,
and no other site hears its address.
"""

from typing import TypeVar

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.addresses import client_network
from accounts.models import Person
from accounts.refusals import Invalid, Refusal
from blog.models import Post
from comments import browsers, links, participants
from comments import subscriptions as rules
from comments.evidence import HONEYPOT
from comments.forms_following import AddressForm, FollowForm, PaceForm, ScopeForm
from comments.models import Follow, Participant, PostComment
from comments.pipeline import TooSoon

M = TypeVar("M", bound=models.Model)
read_or_post = require_http_methods(["GET", "HEAD", "POST"])
FRESH = PostComment.objects.select_related("post__head", "participant__person", "user")


@never_cache
@read_or_post
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Is this comment yours? The button says yes, and publishes it where only that was missing."""
    comment = _found(links.CONFIRM_COMMENT, token, FRESH)
    if comment is None or comment.participant is None:
        return _too_old(request)
    if request.method == "POST":
        try:
            participants.confirm_comment(comment)
        except Refusal as refusal:
            return _confirm_page(request, comment, refusal=refusal.sentence)
        browsers.prove(request, comment.participant)
        return redirect(request.path)
    return _confirm_page(request, comment)


@never_cache
@read_or_post
def confirm_follow(request: HttpRequest, token: str) -> HttpResponse:
    """Do you want to hear of this discussion? The button says yes."""
    follows = Follow.objects.select_related("post__head", "participant__person")
    follow = _found(links.CONFIRM_FOLLOW, token, follows)
    if follow is None:
        return _too_old(request)
    form = PaceForm(request.POST or None, initial={"pace": follow.participant.pace})
    if form.is_valid():
        rules.confirm_follow(follow, pace=form.cleaned_data["pace"])
        browsers.prove(request, follow.participant)
        return redirect(request.path)
    page = links.SUBSCRIPTIONS.path(follow.participant_id) if follow.confirmed_at else ""
    needs = {"follow": follow, "post": follow.post, "form": form, "page": page}
    return render(request, "comments/confirm_follow.html", needs)


@never_cache
@read_or_post
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a discussion, or stop following it, without writing in it."""
    post = get_object_or_404(Post.objects.published().select_related("head"), slug=slug)
    form = FollowForm(request.POST or None, person=request.user, initial=_now(request, post))
    needs = {"post": post, "form": form, "honeypot": HONEYPOT}
    if not form.is_valid():
        return render(request, "comments/follow.html", needs, status=422 if form.is_bound else 200)
    try:
        messages.success(request, _followed(request, form, post))
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return render(request, "comments/follow.html", needs, status=_status(refusal))
    return redirect("comments:follow", slug)


@never_cache
@read_or_post
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the page of one's subscriptions; whoever is signed in is simply led there."""
    if isinstance(request.user, Person) and (known := _participant_of(request.user)):
        return redirect("comments:subscriptions", links.SUBSCRIPTIONS.token(known.pk))
    form = AddressForm(request.POST or None)
    needs, page = {"form": form, "honeypot": HONEYPOT}, "comments/ask_subscriptions.html"
    if not form.is_valid():
        return render(request, page, needs, status=422 if form.is_bound else 200)
    try:
        _ask_for_page(request, form.cleaned_data["email"])
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return render(request, page, needs, status=_status(refusal))
    messages.success(
        request, _("If something is followed under this address, a mail is on its way.")
    )
    return redirect("comments:ask_subscriptions")


@never_cache
@read_or_post
def subscriptions(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that the owner of an address follows, to change or to stop."""
    people = Participant.objects.select_related("person")
    participant = _found(links.SUBSCRIPTIONS, token, people)
    if participant is None:
        return _too_old(request)
    if request.method == "POST":
        try:
            messages.success(request, _changed(request, participant))
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        return redirect(request.path)
    lines = [ScopeForm(one) for one in rules.of(participant)]
    pace = PaceForm(initial={"pace": participant.pace})
    needs = {"participant": participant, "lines": lines, "pace": pace}
    return render(request, "comments/subscriptions.html", needs)


@csrf_exempt  # the token is the proof, and a mailbox that posts here has no cookie (RFC 8058)
@never_cache
@read_or_post
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mails about one discussion, or about all, by one click in a mailbox or a button here."""
    pk, post_pk = links.STOP.ids(token) or (0, 0)
    participant = Participant.objects.filter(pk=pk).first()
    if participant is None:
        return _too_old(request)
    if request.method == "POST":
        rules.stop(participant, post=post_pk or None)
    needs = {
        "post": Post.objects.published().select_related("head").filter(pk=post_pk).first(),
        "is_stopped": request.method == "POST",
    }
    return render(request, "comments/unsubscribe.html", needs)


def _found(link: links.Link, token: str, among: "models.QuerySet[M]") -> M | None:
    """What a mailed link was made for, while it is there and the link is not too old."""
    ids = link.ids(token)
    return among.all().filter(pk=ids[0]).first() if ids else None


def _too_old(request: HttpRequest) -> HttpResponse:
    return render(request, "comments/link_too_old.html", status=410)


def _confirm_page(request: HttpRequest, comment: PostComment, *, refusal: str = "") -> HttpResponse:
    wish = Follow.objects.filter(participant=comment.participant_id, post=comment.post_id).first()
    page = links.SUBSCRIPTIONS.path(comment.participant_id or 0) if comment.confirmed_at else ""
    needs = {"comment": comment, "post": comment.post, "follow": wish, "refusal": refusal}
    status = 409 if refusal else 200
    return render(request, "comments/confirm.html", needs | {"page": page}, status=status)


def _now(request: HttpRequest, post: Post) -> dict[str, str]:
    """How somebody signed in follows this discussion already."""
    known = _participant_of(request.user) if isinstance(request.user, Person) else None
    if known is None:
        return {}
    wish = known.follows.confirmed().filter(post=post).first()
    return {"pace": known.pace} | ({"scope": wish.scope} if wish else {})


def _followed(request: HttpRequest, form: FollowForm, post: Post) -> str:
    """Do what the form says; the sentence is the same for every address."""
    scope, pace = form.cleaned_data["scope"], form.cleaned_data["pace"]
    if isinstance(request.user, Person):
        rules.follow(post, person=request.user, scope=scope, pace=pace)
        return _("You follow this discussion.") if scope else _("You follow it no more.")
    if not request.POST.get(HONEYPOT):
        address, network = form.cleaned_data["email"], client_network(request)
        rules.ask_to_follow(post, address=address, scope=scope, pace=pace, network=network)
    return _(
        "Please look into your mailbox: nothing is sent until you follow the link in our mail."
    )


def _ask_for_page(request: HttpRequest, address: str) -> None:
    if not request.POST.get(HONEYPOT):
        rules.ask_for_page(address=address, network=client_network(request))


def _changed(request: HttpRequest, participant: Participant) -> str:
    """Do what a button on the page of all subscriptions says."""
    act, post = request.POST.get("act", ""), request.POST.get("post", "")
    number = int(post) if post.isascii() and post.isdigit() and len(post) < 16 else 0
    if act == "pace":
        rules.set_pace(participant, pace=request.POST.get("pace", ""))
    elif act == "change":
        rules.change(participant, post=number, scope=request.POST.get("scope", ""))
    elif act == "stop" and number:
        rules.stop(participant, post=number)
    elif act == "stop_all":
        rules.stop(participant)
    else:
        raise Invalid(_("Please choose what should be changed."))
    return _("It is changed.")


def _participant_of(person: Person) -> Participant | None:
    """Who they are in discussions, without making anything: this is asked while reading.

    Their address is proved, so what it followed before they had a login is theirs too.
    """
    known = Participant.objects.filter(person=person).first()
    return known or Participant.objects.filter(guest_email=person.email.lower()).first()


def _status(refusal: Refusal) -> int:
    return 429 if isinstance(refusal, TooSoon) else 422
