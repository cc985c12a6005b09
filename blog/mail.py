"""The mails a post sends on its way; each is enqueued in the transaction that makes it true.

Nobody is written to about what they did themselves, and a byline without a login gets no mail.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator

from accounts.addresses import absolute_url
from accounts.mail import send
from accounts.models import Person
from accounts.roles import editors, is_editor
from blog import slips
from blog.models import (
    BylineRole,
    DraftComment,
    EditProposal,
    GuestLink,
    Pitch,
    Post,
    PostEvent,
    Publication,
)

Said = Sequence[DraftComment]  # beside a draft


def post_submitted(post: Post, said: Said = ()) -> None:
    """Tell the editor in charge that a text waits, or all editors while nobody is."""
    step = _last_step(post)
    facts = _facts(post, "blog:desk_review", message=step.message if step else "") | _remarks(said)
    for editor in in_charge(post):
        if not _did_it(editor, step):
            send("blog/post_submitted", to=editor.email, context=facts)


def post_taken_back(post: Post, message: str) -> None:
    """Tell those who were told that a text waits that it does not wait any more."""
    facts = _facts(post, "blog:desk_post", message=message)
    for editor in in_charge(post):
        if not _did_it(editor, _last_step(post)):
            send("blog/post_taken_back", to=editor.email, context=facts)


def in_charge(post: Post) -> list[Person]:
    """Who is told about a post at the desk."""
    editor = post.assigned_to
    return [editor] if editor is not None and is_editor(editor) else list(editors())


def assigned(post: Post, *, to: Person, by: Person) -> None:
    """Tell an editor that a colleague put a post into their hands."""
    facts = _facts(post, "blog:desk_post", name=by.public_name, due_on=post.editor_due_on)
    send("blog/assigned", to=to.email, context=facts)


def changes_requested(post: Post, message: str, said: Said = ()) -> None:
    """Tell the author what should change, and by when."""
    facts = _facts(post, "blog:write_post", message=message, due_on=post.author_due_on)
    _tell_authors(post, "blog/changes_requested", facts | _remarks(said))


def post_taken_up(post: Post, message: str, said: Said = ()) -> None:
    """Tell the author what editors say at the beginning of a review, if anything."""
    if message.strip() or said:
        facts = _facts(post, "blog:write_post", message=message) | _remarks(said)
        _tell_authors(post, "blog/post_taken_up", facts)


def post_accepted(post: Post, message: str, said: Said = ()) -> None:
    """Tell the author that the text is accepted."""
    facts = _facts(post, "blog:write_post", message=message) | _remarks(said)
    _tell_authors(post, "blog/post_accepted", facts)


def post_declined(post: Post, message: str, said: Said = ()) -> None:
    """Tell the author that the post is not taken, and why."""
    facts = _facts(post, "blog:write_post", message=message) | _remarks(said)
    _tell_authors(post, "blog/post_declined", facts)


def post_reopened(post: Post, message: str, said: Said = ()) -> None:
    """Tell the author that the editors look at an accepted post again, and why."""
    facts = _facts(post, "blog:write_post", message=message) | _remarks(said)
    _tell_authors(post, "blog/post_reopened", facts)


def draft_comments_to_author(post: Post, said: Said) -> None:
    """Tell its authors what editors said beside the text."""
    author, facts = post.author.person, _remarks(said)
    if author is not None and post.author.gets_mail:
        its = _facts(post, "blog:write_comments")
        send("blog/draft_comments", to=author.email, context=its | facts)
    own = absolute_url(reverse("blog:write_comments", kwargs={"pk": post.pk}))
    for person in _others(post):
        its = _facts(post, "blog:write_comments", url=own)
        send("blog/draft_comments", to=person.email, context=its | facts)


def draft_comments_to_editors(post: Post, said: Said) -> None:
    """Tell who is in charge of the post what its author said beside the text."""
    facts = _facts(post, "blog:desk_review") | _remarks(said)
    for editor in in_charge(post):
        send("blog/draft_comments", to=editor.email, context=facts)


def _remarks(said: Said) -> dict[str, object]:
    """What a mail tells of comments on a draft: words of people, on one line each."""
    return {"remarks": [_remark(one) for one in said]}


def _remark(one: DraftComment) -> dict[str, str]:
    about = one.parent or one
    return {
        "name": one.author.public_name if one.author else "",
        "words": Truncator(" ".join(about.exact.split())).chars(120),
        "text": " ".join(one.text.split()),
        "proposed": one.proposed,
    }


def post_published(post: Post) -> None:
    """Tell the authors where the post can be read, and from when on if that is later."""
    url = absolute_url(post.get_absolute_url())
    facts = _facts(post, "blog:write_post") | {
        "url": url,
        "is_public": post.is_public,
        "published_at": post.published_at,
    }
    _tell_authors(post, "blog/post_published", facts, url=url)


def whole_post_changed(post: Post, *, kind: str, text: str) -> None:
    """Tell the authors what the publisher did to the post as a whole, in the words for readers."""
    facts = _facts(post, "blog:write_post", kind=kind, text=text)
    url = absolute_url(post.get_absolute_url())
    _tell_authors(post, "blog/whole_post", facts | {"url": url}, url=url)


def author_invited(post: Post, *, by: Person, message: str, due: date | None) -> None:
    """Ask somebody who has an account for a post."""
    _ask(post, "blog/author_invited", by=by, message=message, due=due)


def guest_invited(link: GuestLink, *, by: Person, message: str, due: date | None) -> None:
    """Ask somebody without an account for a post, with the link that opens it."""
    _ask(link.post, "blog/guest_invited", by=by, message=message, due=due, until=link.expires_at)


def guest_link(link: GuestLink) -> None:
    """Send a new personal link."""
    facts = _facts(link.post, "blog:write_post", until=link.expires_at)
    send("blog/guest_link", to=link.person.email, context=facts)


def _ask(post: Post, template: str, *, by: Person, **more: object) -> None:
    author = post.author.person
    if author is not None and author.pk != by.pk:
        facts = _facts(post, "blog:write_post", editor=by.public_name, name=author.name, **more)
        send(template, to=author.email, context=facts)


def pitch_received(pitch: Pitch) -> None:
    """Ask whoever typed this address whether the pitch is theirs."""
    path = reverse("blog:pitch_confirm", kwargs={"token": slips.pitch_token(pitch.pk)})
    send("blog/pitch_received", to=pitch.email, context=_proposed(pitch, path))


def pitch_arrived(pitch: Pitch) -> None:
    """Tell the editors of a proposal; its words are on the desk."""
    facts = _proposed(pitch, reverse("blog:desk_pitch", kwargs={"pk": pitch.pk}))
    for editor in editors():
        send("blog/pitch_arrived", to=editor.email, context=facts)


def pitch_declined(pitch: Pitch, *, by: Person, message: str) -> None:
    """Tell whoever proposed it that we will not have it, in the words of the editor."""
    facts = _proposed(pitch, "") | {"editor": by.public_name, "message": message}
    send("blog/pitch_declined", to=pitch.email, context=facts)


def _proposed(pitch: Pitch, path: str) -> dict[str, object]:
    """The words of strangers on one line each, so that they cannot look like ours."""
    return {
        "title": " ".join(pitch.title.split()),
        "name": " ".join(pitch.name.split()),
        "publication": Publication.current().name,
        "url": absolute_url(path),
    }


def guest_claimed(guest: Person, *, by: Person, titles: list[str]) -> None:
    """Tell the address of a guest that their posts are under an account now."""
    facts: dict[str, object] = {"name": by.public_name, "titles": titles}
    facts["publication"] = Publication.current().name
    send("blog/guest_claimed", to=guest.email, context=facts)


def approval_asked(post: Post, *, by: Person, message: str) -> None:
    """Ask the author to look at the final text."""
    facts = _facts(post, "blog:write_approve", editor=by.public_name, message=message)
    _tell_author(post, "blog/approval_asked", facts)


def approval_lost(post: Post) -> None:
    """Tell the author that the text was edited after they approved it, and is theirs to see."""
    _tell_author(post, "blog/approval_lost", _facts(post, "blog:write_approve"))


def approval_given(post: Post, *, to: Person | None) -> None:
    """Tell whoever asked that the author approves the text."""
    _tell_asker(post, "blog/approval_given", to=to)


def approval_declined(post: Post, *, to: Person | None, message: str) -> None:
    """Tell whoever asked that the author does not approve it, and why."""
    _tell_asker(post, "blog/approval_declined", to=to, message=message)


def _tell_asker(post: Post, template: str, *, to: Person | None, **more: object) -> None:
    """Whoever asked; if they have left meanwhile, every editor."""
    facts = _facts(post, "blog:desk_post", **more)
    for editor in [to] if to is not None and is_editor(to) else editors():
        send(template, to=editor.email, context=facts)


def personal_path(link: GuestLink, *, to: str) -> str:
    """The way through a guest's door to one of the writing pages of their post."""
    door = reverse("blog:guest_door", kwargs={"token": slips.guest_token(link.pk)})
    inside = to.removeprefix(reverse("blog:write_post", kwargs={"pk": link.post_id}))
    return f"{door}?to={inside}" if inside else door


def _path(post: Post, address: str) -> str:
    """Where a mail leads: for a guest through their own door, while it is open."""
    path = reverse(address, kwargs={"pk": post.pk})
    if not address.startswith("blog:write_"):
        return path
    link = GuestLink.objects.live().filter(post=post).first()
    return personal_path(link, to=path) if link else path


def _facts(post: Post, address: str, **more: object) -> dict[str, object]:
    return {
        "title": post.title,
        "byline": post.author.byline,
        "publication": Publication.current().name,
        "url": absolute_url(_path(post, address)),
        **more,
    }


def _tell_author(post: Post, template: str, facts: dict[str, object]) -> None:
    author = post.author.person
    if author is not None and post.author.gets_mail and not _did_it(author, _last_step(post)):
        send(template, to=author.email, context=facts)


def post_without_day(post: Post) -> None:
    """Tell the authors, who were told of a day, that it does not hold any more."""
    _tell_authors(post, "blog/post_without_day", _facts(post, "blog:write_post"))


def post_held_back(post: Post, message: str) -> None:
    """Tell all editors, the one who chose the day too, that a post did not go out."""
    facts = _facts(post, "blog:desk_post", message=message)
    for editor in editors():
        send("blog/post_held_back", to=editor.email, context=facts)


def edit_proposed(proposal: EditProposal) -> None:
    """Tell the editors what an author would change in a published post."""
    url = absolute_url(reverse("blog:desk_proposal", kwargs={"pk": proposal.pk}))
    facts = _facts(proposal.post, "blog:desk_post", message=proposal.message)
    facts |= {"url": url, "name": proposal.person.public_name}
    for editor in editors().exclude(pk=proposal.person_id):
        send("blog/edit_proposed", to=editor.email, context=facts)


def edit_answered(proposal: EditProposal, *, message: str) -> None:
    """Tell whoever proposed an edit what came of it."""
    post, person = proposal.post, proposal.person
    if not person.is_active or _did_it(person, _last_step(post)):
        return
    facts = _facts(post, "blog:write_post", message=message)
    if person.pk != post.author.person_id:
        facts["url"] = _own_page(post)
    send("blog/edit_answered", to=person.email, context=facts)


def _tell_authors(post: Post, template: str, facts: dict[str, object], *, url: str = "") -> None:
    """The first author, and all others with a login: these never by a link made for somebody."""
    _tell_author(post, template, facts)
    step = _last_step(post)
    for person in _others(post):
        if not _did_it(person, step):
            send(template, to=person.email, context=facts | {"url": url or _own_page(post)})


def _others(post: Post) -> QuerySet[Person]:
    """Whoever signs the post with its first author, and has a login."""
    signed = post.bylines.filter(role=BylineRole.CO_AUTHOR)
    return Person.objects.filter(pk__in=signed.values("profile__person"), is_active=True)


def _own_page(post: Post) -> str:
    return absolute_url(reverse("blog:write_post", kwargs={"pk": post.pk}))


def _last_step(post: Post) -> PostEvent | None:
    return post.events.order_by("at", "pk").last()


def _did_it(person: Person, step: PostEvent | None) -> bool:
    return step is not None and step.actor_id == person.pk
