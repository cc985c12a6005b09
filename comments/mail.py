"""The mails of discussions; each is written in the transaction that makes it true.

A mail that asks for a confirmation goes to an address that anybody may have typed: it holds the
title of our post, our own sentences and a link, and never a word of the visitor who typed it.
"""

from collections.abc import Sequence

from django.utils.text import Truncator

from accounts.addresses import absolute_url
from accounts.mail import send
from blog.models import Post, Publication
from comments.models import (
    Because,
    FlagState,
    Follow,
    Notification,
    NotificationKind,
    Participant,
    PostComment,
)

LONGEST_QUOTE = 1_000  # characters
K = NotificationKind


def confirm_comment(comment: PostComment, *, link: str, follow: Follow | None) -> None:
    """Ask whether a comment under this address is really theirs, and the following with it."""
    facts = _facts(comment.post) | {"link": link, "scope": _scope(follow)}
    send("comments/confirm_comment", to=comment.user_email, context=facts)


def confirm_follow(follow: Follow, *, link: str) -> None:
    """Ask whether they really want to hear of a discussion."""
    facts = _facts(follow.post) | {"link": link, "scope": _scope(follow)}
    send("comments/confirm_follow", to=follow.participant.email, context=facts)


def subscriptions(participant: Participant, *, link: str) -> None:
    """Send the link to the page of all their subscriptions, which somebody asked for."""
    facts: dict[str, object] = {"publication": Publication.current().name, "link": link}
    send("comments/subscriptions", to=participant.email, context=facts)


def news(
    participant: Participant, told: Sequence[Notification], *, page: str, unsubscribe: str = ""
) -> None:
    """Tell them what happened, one thing or many in one mail.

    `page` is that of all their subscriptions. `unsubscribe` is where a mailbox may stop it by one
    click; what becomes of their own comments has none, since it ends by itself.
    """
    facts = {
        "publication": Publication.current().name,
        "items": [_item(one) for one in told],
        "number": len(told),
        "page": page,
        "unsubscribe": unsubscribe,
    }
    template = "comments/news_one" if len(told) == 1 else "comments/news_digest"
    send(template, to=participant.email, context=facts, unsubscribe=unsubscribe)


def _item(told: Notification) -> dict[str, object]:
    comment = told.comment
    return {
        "kind": told.kind,
        "title": comment.post.headline,
        "writer": comment.writer,
        "text": Truncator(comment.comment).chars(LONGEST_QUOTE),
        "url": absolute_url(comment.get_absolute_url()),
        "post_url": absolute_url(comment.post.get_absolute_url()),
        "because": _because(told),
        "words": told.words,
    }


def _because(told: Notification) -> str:
    if told.kind == K.LOOKED_AT and told.because in FlagState.values:
        return str(FlagState(told.because).label)
    return str(Because(told.because).label) if told.because in Because.values else ""


def _scope(follow: Follow | None) -> str:
    return follow.get_scope_display() if follow else ""


def _facts(post: Post) -> dict[str, object]:
    return {
        "publication": Publication.current().name,
        "title": post.headline,
        "post_url": absolute_url(post.get_absolute_url()),
    }
