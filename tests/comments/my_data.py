"""Somebody who has left traces everywhere, and looking for them in every table."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from accounts import mail
from accounts.models import Person
from blog.models import Post
from comments import participants
from comments.models import (
    Browser,
    CommentVersion,
    Flag,
    Follow,
    Notification,
    Participant,
    ParticipantNote,
    PostComment,
    Respect,
    Sanction,
)
from comments.words import Guest
from editorial.points import Raiser
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import DisputeFactory

EMAIL = "zdenka.quill@example.net"
TRACES = (
    *("zdenka", "quill", "198.51.100.23", "Velocipede/99", "whence.example", "sticky trap"),
    *("a secret wish", "a private note"),
)
ZDENKA = Guest("Zdenka Quill", EMAIL, "https://zdenka-quill.example/")
TRAIL = {
    "trail__ip": "198.51.100.23",
    "trail__user_agent": "Velocipede/99",
    "trail__referrer": "https://whence.example/",
    "trail__honeypot": "sticky trap",
}
STATES = ("held", "published", "spam", "rejected", "removed")


def comment_by(who: Guest | Person, state: str = "published", **facts: object) -> PostComment:
    reach = {state: True} if state != "held" else {"left_to_people": True}
    comment = PostCommentFactory(by=who, **reach, **TRAIL, **facts)
    PostComment.objects.filter(pk=comment.pk).update(
        submit_date=timezone.now() - timedelta(minutes=1)  # so that the next is no flood
    )
    return comment


def leave_traces(post: Post, who: Guest | Person = ZDENKA) -> dict[str, PostComment]:
    """A comment in every state, one that is answered at the last level, and everything else."""
    comments = {state: comment_by(who, state, post=post) for state in STATES}
    comments["answered"] = comment_by(who, post=post)
    comments["answer"] = PostCommentFactory(parent=comments["answered"], published=True)
    them = participants.of(who)
    CommentVersion.objects.create(
        comment=comments["published"],
        text="Zdenka said it differently.",
        html="<p>Zdenka said it differently.</p>",
        written_at=timezone.now(),
    )
    other = PostCommentFactory(post=post, published=True)
    PostComment.objects.filter(pk=other.pk).update(respects=1)
    comments["other"] = other
    Respect.objects.create(comment=other, participant=them)
    facts = {"participant": them, "comment": other}
    Flag.objects.create(**facts, reporter="x" * 64, reason="other", words="a secret wish")
    Notification.objects.create(**facts, kind="reply", words="Dear Zdenka")
    Follow.objects.create(participant=them, post=post, scope="discussion")
    Browser.objects.create(participant=them, name="Zdenka Quill")
    ParticipantNote.objects.create(participant=them, text="a private note about Zdenka")
    Sanction.objects.create(participant=them, kind="hold", reason="Zdenka Quill shouts")
    mail.write(to=them.email, subject="Dear Zdenka", body="Quill")
    raiser = Raiser(person=who) if isinstance(who, Person) else Raiser(name=who.name, email=EMAIL)
    DisputeFactory(raiser=raiser)
    return comments


def traces() -> list[tuple[str, str]]:
    """Where in the database a trace is left: table and word."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            text = str(cursor.fetchall()).lower()
            found += [(table, word) for word in TRACES if word.lower() in text]
    return found


def nobody_is_known() -> bool:
    kinds = (Follow, Browser, Notification, Respect, Sanction, ParticipantNote)
    return not any(model.objects.exists() for model in kinds) and not (
        Participant.objects.filter(guest_email=EMAIL).exists()
    )
