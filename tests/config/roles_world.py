"""A small world in which every address of the project leads to something; see test_roles.py.

`examples` says what stands for the names in a route: of the beginnings that fit, the longest is
taken. A new address below one that is listed needs nothing; another kind of thing needs a line.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts import slips as account_slips
from accounts import staff
from accounts.models import Person
from blog import draft_comments, guests, previews, proposals, slips, workflow
from blog.models import (
    Autosave,
    GuestLink,
    Pitch,
    PitchState,
    Post,
    Series,
    SitePiece,
    SitePieceVersion,
)
from comments import links, mydata, tickets
from comments.by_mail import link as mailed_decision
from comments.models import Batch, CommentState, Sanction, SanctionKind, SavedFilter
from editorial import slips as editorial_slips
from editorial.models import Consultation, FollowUp
from editorial.views.acts import ACTS
from tests.factories.accounts import PersonFactory
from tests.factories.blog import BODY, EditorNoteFactory, NoticeFactory, PostFactory, TopicFactory
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import DisputeFactory
from tests.factories.following import FollowFactory
from tests.factories.images import an_image

ROLES = (
    *("nobody", "reader", "author (own)", "author (other)"),
    *("guest with link", "moderator", "editor", "publisher"),
)
GUEST = "guest@example.org"
NAMES = re.compile(r"<(?:\w+:)?(\w+)>")
AS_EXPRESSION = re.compile(r"\^?\(\?P(<\w+>)[^)]*\)(/?)\$?")


def routes() -> list[str]:
    """Every route of the project, in the order in which they are tried, each once."""
    return list(dict.fromkeys(_walk(get_resolver())))


def _walk(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + AS_EXPRESSION.sub(r"\1\2", str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from _walk(pattern, route)


def path_of(route: str, known: dict[str, dict[str, Any]]) -> str:
    """The address of a thing of the world; "0" and "x" stand where there is no example."""
    facts: dict[str, Any] = {}
    for start in sorted((one for one in known if route.startswith(one)), key=len):
        facts |= known[start]
    return "/" + NAMES.sub(lambda name: str(facts.get(name[1], "0")), route)


class World:
    """People in every role, and a thing of each kind; `author` owns the posts."""

    def __init__(self) -> None:
        self.people = {
            role: PersonFactory(role=role)
            for role in ("reader", "author", "moderator", "editor", "publisher")
        }
        self.editor: Person = self.people["editor"]
        asked = guests.Invitation("Ana Ruiz", GUEST, "Nights")
        self.draft = self._with_words(guests.invite(asked, editor=self.editor))
        self.author = Person.objects.get(email=GUEST)
        self.link = GuestLink.objects.get()
        byline = self.draft.author
        self.post: Post = PostFactory(author=byline, published=True, editor=self.editor)
        self.dispute = DisputeFactory(under_review=True, editor=self.editor)
        self.decided = DisputeFactory(decided=True, editor=self.editor)
        self.comment = PostCommentFactory(post=self.post, by=self.author, published=True)

    def _with_words(self, post: Post) -> Post:
        words = workflow.Draft(post.title, "", BODY)
        return workflow.write(post, by=self.editor, draft=words, version=post.version)

    def clients(self) -> dict[str, Client]:
        """A browser for each role; the guest's has only pressed the button behind their link."""
        who = dict(zip(ROLES, [None, *self.people.values()], strict=False)) | {
            "nobody": None,
            "reader": self.people["reader"],
            "author (own)": self.author,
            "author (other)": self.people["author"],
            "guest with link": None,
        }
        who |= {role: self.people[role] for role in ("moderator", "editor", "publisher")}
        browsers = {role: Client(raise_request_exception=False) for role in ROLES}
        for role, person in who.items():
            if person is not None:
                browsers[role].force_login(person)
        browsers["guest with link"].post(f"/write/guest/{slips.guest_token(self.link.pk)}/")
        return browsers

    def examples(self) -> dict[str, dict[str, Any]]:
        return {
            **self._of_accounts(),
            **self._of_posts(),
            **self._of_comments(),
            **self._of_disputes(),
        }

    def _of_accounts(self) -> dict[str, dict[str, Any]]:
        publisher = self.people["publisher"]
        invitation = staff.invite(email="x@example.org", name="X", role="editor", by=publisher)
        other = PersonFactory(moderator=True)
        return {
            "me/digest/stop/": {"token": account_slips.stop_digest(other.pk)},
            "me/join/": {"token": account_slips.join_token(invitation.pk)},
            "desk/staff/": {"pk": other.pk},
            "desk/staff/invitations/": {"pk": invitation.pk},
            "admin/": {
                "object_id": 1,
                "content_type_id": 1,
                "app_label": "blog",
                "url": "nowhere",
            },
        }

    def _of_posts(self) -> dict[str, dict[str, Any]]:
        draft, post = self.draft, self.post
        topic = TopicFactory()
        post.topics.add(topic)
        series = Series.objects.create(name="Wheels", slug="wheels")
        series.parts.create(post=post, position=1)
        note = EditorNoteFactory(post=post, inline=True, editor=self.editor)
        notice = NoticeFactory(post=post, editor=self.editor)
        image = an_image(draft, self.author)
        said = draft_comments.comment(draft, by=self.editor, text="Which ward?")
        kept = Autosave.objects.create(
            post=draft, person=self.author, sitting="s", title="T", base_version=draft.version
        )
        pitch = Pitch.objects.create(
            key="00000000-0000-0000-0000-000000000001",
            state=PitchState.OPEN,
            confirmed_at=timezone.now(),
            name="P",
            email="p@example.org",
            title="T",
            about="A",
        )
        preview = previews.make(draft, editor=self.editor, days=3)
        words = workflow.Draft(post.title, post.summary, "<p>Other words.</p>")
        proposal = proposals.propose(post, by=self.author, draft=words, base=post.head)
        version = SitePieceVersion.objects.create(
            piece=SitePiece.ABOUT, number=1, text="<p>A.</p>", made_by=self.people["publisher"]
        )
        when = timezone.localtime(post.published_at)
        file = image.file.rpartition("/")[2]
        return {
            "posts/": {"slug": post.slug, "number": 1, "year": when.year, "month": when.month},
            "topics/": {"slug": topic.slug},
            "authors/": {"slug": post.author.slug},
            "series/": {"slug": series.slug},
            "corrections/": {"public_id": notice.public_id},
            "images/": {"key": image.key, "name": file},
            "preview/": {"token": slips.preview_token(preview.pk)},
            "write/guest/": {"token": slips.guest_token(self.link.pk)},
            "write/pitch/": {"token": slips.pitch_token(pitch.pk)},
            "write/": {"pk": draft.pk, "key": image.key, "kept": kept.pk, "comment": said.pk},
            "desk/posts/": {"pk": post.pk, "number": 1},
            "write/<int:pk>/propose/": {"pk": post.pk},
            "desk/proposals/": {"pk": proposal.pk},
            "desk/site/history/": {"pk": version.pk},
            "desk/comments/rules/versions/": {"pk": version.pk},
            "desk/notes/": {"pk": note.pk},
            "desk/passages/": {"pk": note.passage_id},
            "desk/authors/": {"pk": post.author_id},
            "desk/topics/": {"pk": topic.pk},
            "desk/series/": {"pk": series.pk},
            "desk/pitches/": {"pk": pitch.pk},
            "desk/guests/": {"pk": self.link.pk},
            "desk/previews/": {"pk": preview.pk},
            "desk/pictures/": {"key": image.key},
        }

    def _of_comments(self) -> dict[str, dict[str, Any]]:
        comment, moderator = self.comment, self.people["moderator"]
        held = PostCommentFactory(post=self.post)
        follow = FollowFactory(post=self.post, wish=True)
        participant = comment.participant
        owner = mydata.Owner(self.author.email, self.author)
        batch = Batch.objects.create(actor=moderator, to_state=CommentState.REJECTED)
        saved = SavedFilter.objects.create(person=moderator, name="F", query="list=held")
        sanction = Sanction.objects.create(
            participant=participant, kind=SanctionKind.values[0], reason="R", set_by=moderator
        )
        mailed = mailed_decision(held, moderator=moderator, to=CommentState.PUBLISHED)
        return {
            "comments/": {"pk": comment.pk},
            "comments/confirm/": {"token": links.CONFIRM_COMMENT.token(held.pk)},
            "comments/follow/": {"token": links.CONFIRM_FOLLOW.token(follow.pk)},
            "comments/subscriptions/": {"token": links.SUBSCRIPTIONS.token(participant.pk)},
            "comments/unsubscribe/": {"token": links.STOP.token(participant.pk, 0)},
            "comments/my-data/": {"token": mydata.seal(owner)},
            "comments/mine/": {"token": tickets.seal(comment)},
            "me/comments/": {"pk": comment.pk},
            "desk/comments/": {"pk": held.pk},
            "desk/comments/<int:pk>/dispute/": {"pk": comment.pk},
            "desk/comments/by-mail/": {"token": mailed.rstrip("/").rpartition("/")[2]},
            "desk/comments/filters/": {"pk": saved.pk},
            "desk/comments/many/": {"pk": batch.pk},
            "desk/people/": {"pk": participant.pk},
            "desk/people/sanctions/": {"pk": sanction.pk},
        }

    def _of_disputes(self) -> dict[str, dict[str, Any]]:
        dispute, decided = self.dispute, self.decided
        post = dispute.claim.post
        consulted = Consultation.objects.create(
            dispute=dispute, asked_by=self.editor, name="C", email="c@example.org", question="Q?"
        )
        promise = FollowUp.objects.create(claim=decided.claim, promised_by=self.editor)
        received = DisputeFactory(post=post, words="The mechanics have decades of practice")
        author = editorial_slips.author_link(post_id=post.pk, profile_id=post.author_id)
        public, act = decided.public_id, next(iter(ACTS))
        return {
            "disputes/": {"public_id": public},
            "disputes/mine/<str:token>/confirmed/": {
                "token": editorial_slips.mailed_link(received.public_id)
            },
            "disputes/mine/": {"token": editorial_slips.private_link(received.public_id)},
            "disputes/comment/": {"pk": self.comment.pk, "token": tickets.seal(self.comment)},
            "disputes/author/": {"token": author, "public_id": public},
            "disputes/advice/": {"token": editorial_slips.colleague_link(consulted.pk)},
            "desk/reports/": {"public_id": received.public_id},
            "desk/disputes/": {"public_id": dispute.public_id, "name": act, "notice": "x"},
            "desk/disputes/<slug:public_id>/accept/": {"public_id": received.public_id},
            "desk/disputes/<slug:public_id>/decline/": {"public_id": received.public_id},
            "desk/disputes/decided/": {"pk": decided.decision.pk},
            "desk/follow-ups/": {"pk": promise.pk},
        }
