"""Guest authors: invited by mail, let in by a personal link to one post, without an account.

Inside, a guest is a `Person` with the role of an author, who has never signed in. Whoever has an
account is invited too, gets the post under their own byline, and simply signs in.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import people
from accounts.models import Person
from accounts.profiles import byline_of, give_byline
from accounts.ratelimit import allow
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from accounts.roles import is_moderator, require_editor
from blog import mail, planning, steps, workflow
from blog.models import GuestLink, Post

LINKS_A_DAY = 3  # that a guest may ask for
NOTED_EVERY = timedelta(minutes=10)  # a use of a link, at the most
DAY_SECONDS = 24 * 60 * 60
LONGEST_DAYS = 365


@dataclass(frozen=True)
class Invitation:
    """Who is to write what: `title` begins a post, `post` is one that waits for its author."""

    name: str
    email: str
    title: str = ""
    post: Post | None = None
    message: str = ""
    due: date | None = None
    days: int | None = None


@transaction.atomic
def invite(invitation: Invitation, *, editor: Person) -> Post:
    """Give somebody a post to write, and write to them how they get there."""
    require_editor(editor)
    if invitation.days is not None and not 1 <= invitation.days <= LONGEST_DAYS:
        raise Invalid(_("A link works for one day at least, and for a year at most."))
    person = people.welcome_author(email=invitation.email, name=invitation.name, by=editor)
    post = _post_for(person, invitation, editor)
    steps.record(post, by=editor, kind="invited", message=invitation.message)
    if invitation.due is not None:
        post = _wanted_by(post, invitation.due, editor)
    if signs_in(person):
        mail.author_invited(post, by=editor, message=invitation.message, due=invitation.due)
    else:
        link = _new_link(post, person=person, by=editor, days=invitation.days)
        mail.guest_invited(link, by=editor, message=invitation.message, due=invitation.due)
    return post


def signs_in(person: Person) -> bool:
    """Whether somebody comes in by the door instead of by a link: staff, and who has an account."""
    return is_moderator(person) or people.has_account(person)


def _wanted_by(post: Post, due: date, editor: Person) -> Post:
    wanted = planning.Plan(post.assigned_to, due, post.editor_due_on)
    return planning.plan(post, by=editor, plan=wanted)


def _post_for(person: Person, invitation: Invitation, editor: Person) -> Post:
    if invitation.post is None:
        return workflow.begin(author=byline_of(person), by=editor, title=invitation.title)
    post = steps.locked(invitation.post)
    if post.is_gone:
        raise WrongMoment(_("Readers can no longer read this post."))
    if post.author.person_id not in (None, person.pk):
        raise Invalid(_("This post has another author already."))
    if post.author.person_id is None:
        _hand_over(post, person, editor)
    return post


def _hand_over(post: Post, person: Person, editor: Person) -> None:
    """Let somebody sign a post that stood under a byline without a login."""
    if hasattr(person, "profile"):
        post.author = person.profile
        post.save(update_fields=("author",))
    else:
        give_byline(post.author, person=person, by=editor)
        post.author.refresh_from_db()


def _new_link(post: Post, *, person: Person, by: Person, days: int | None = None) -> GuestLink:
    """The one link of this guest to this post; any other ends."""
    now = timezone.now()
    GuestLink.objects.filter(post=post, person=person, revoked_at=None).update(revoked_at=now)
    lasts = timedelta(days=days or settings.GUEST_LINK_DAYS)
    return GuestLink.objects.create(post=post, person=person, created_by=by, expires_at=now + lasts)


@transaction.atomic
def revoke(link: GuestLink, *, editor: Person) -> None:
    """End a link at once; what was written stays."""
    require_editor(editor)
    post = steps.locked(link.post)
    open_still = GuestLink.objects.filter(pk=link.pk, revoked_at=None)
    if not open_still.update(revoked_at=timezone.now()):
        raise WrongMoment(_("This link was ended already."))
    steps.record(post, by=editor, kind="link_ended")


@transaction.atomic
def renew(link: GuestLink, *, editor: Person) -> GuestLink:
    """Mail a new link in the place of this one, whether that still works or not."""
    require_editor(editor)
    post = steps.locked(link.post)
    person = Person.objects.get(pk=link.person_id)
    if post.author.person_id != person.pk:
        raise WrongMoment(_("This post has another author now."))
    if signs_in(person) or not person.is_active:
        raise WrongMoment(_("There is no link for this author: they sign in, or cannot any more."))
    renewed = _new_link(post, person=person, by=editor)
    steps.record(post, by=editor, kind="link_renewed")
    mail.guest_link(renewed)
    return renewed


def may_ask_for_another(link: GuestLink) -> bool:
    """Whether its holder gets a new one: its time is over, but nobody ended it.

    A link that was replaced by a newer one counts as that one does.
    """
    newest = _newest(link)
    return newest.revoked_at is None and newest.person.is_active and not signs_in(newest.person)


@transaction.atomic
def ask_for_another(link: GuestLink) -> None:
    """Mail a working link to the address that the editors know; never shown, never elsewhere."""
    post = steps.locked(link.post)
    newest = _newest(link)
    if not may_ask_for_another(newest) or post.author.person_id != newest.person_id:
        raise NotAllowed(_("An editor ended this link. Please write to the editors."))
    if not allow(f"guest-link:{newest.post_id}", limit=LINKS_A_DAY, seconds=DAY_SECONDS):
        raise WrongMoment(_("Links were mailed to you today already: please look for the last."))
    if newest.is_over:
        newest = _new_link(post, person=newest.person, by=newest.person)
        steps.record(post, by=newest.person, kind="link_renewed")
    mail.guest_link(newest)


def _newest(link: GuestLink) -> GuestLink:
    same = GuestLink.objects.filter(post=link.post_id, person=link.person_id)
    return same.select_related("person", "post__author").order_by("-pk")[0]


def use(link: GuestLink) -> None:
    """Note that it was used; not at every request."""
    now = timezone.now()
    if link.last_used_at is None or now - link.last_used_at > NOTED_EVERY:
        GuestLink.objects.filter(pk=link.pk).update(last_used_at=now)
