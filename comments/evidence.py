"""What we know about a comment when it is judged."""

from dataclasses import replace
from datetime import UTC, datetime

from django.conf import settings
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django_comments_xtd.models import BlackListedDomain

from accounts.addresses import absolute_url, coarse_network_of
from accounts.roles import is_moderator
from comments.local_rules import domains_in
from comments.models import House, PostComment
from comments.spam import Evidence, Judgement, Verdict

HONEYPOT = "subject"  # the name of the form's field that people never see
UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104  "no particular address"; nothing listens there


def of(comment: PostComment) -> Evidence:
    """What the checker is given: at the first time as it is, later what it was given then.

    A comment that was edited since is shown with its new words, as an edit.
    """
    if not comment.sent:
        return in_force(_as_it_is(comment))
    first = Evidence.from_json(comment.sent)
    if first.content == comment.comment:
        return in_force(replace(first, recheck_reason="recheck_queue"))
    return in_force(replace(first, content=comment.comment, recheck_reason="edit"))


def as_sent(comment: PostComment) -> Evidence:
    """What a report repeats: what the checker was given first, less what may not be sent now."""
    return in_force(Evidence.from_json(comment.sent))


def in_force(facts: Evidence) -> Evidence:
    """The evidence without what this house keeps to itself.

    The service refuses a comment without a network address, so it then gets only the network: the
    last part of an IPv4 address is cut off, all but the first 48 bits of an IPv6 address. Where no
    address is known, it gets the one that stands for "unknown".
    """
    house = House.current()
    address = facts.user_ip if house.sends_address else coarse_network_of(facts.user_ip)
    email = facts.email if house.sends_email else ""
    return replace(facts, user_ip=address or UNKNOWN_ADDRESS, email=email)


def _as_it_is(comment: PostComment) -> Evidence:
    person, post = comment.user, comment.post
    return Evidence(
        kind="reply" if comment.in_reply_to_id else "comment",
        user_ip=comment.ip_address or "",
        user_agent=comment.user_agent,
        referrer=comment.referrer,
        permalink=absolute_url(post.get_absolute_url()),
        author=comment.writer,
        email=person.email if person else comment.user_email,
        url=comment.user_url,
        content=comment.comment,
        date=moment(comment.submit_date),
        post_modified=moment(post.updated_at or post.published_at),
        language=settings.LANGUAGE_CODE,
        role="administrator" if person and is_moderator(person) else "",
        honeypot_name=HONEYPOT,
        honeypot_value=comment.honeypot,
        context=tuple(post.topics.values_list("name", flat=True)),
        parent=str(comment.in_reply_to_id or ""),
        recheck_reason="edit" if comment.edited_at else "",
    )


def blocked(evidence: Evidence) -> Verdict | None:
    """Spam without asking anybody, when it links to a domain on the site's own list."""
    listed = BlackListedDomain.objects.annotate(name=Lower("domain"))
    found = listed.filter(name__in=domains_in(evidence)).first()
    if found is None:
        return None
    reason = _("It links to %(domain)s, which is on the list of blocked domains.")
    said = reason % {"domain": found.domain}
    return Verdict(judgement=Judgement.SPAM, reason=said, is_ours=True)


def moment(at: datetime | None) -> str:
    """A time as the service wants it."""
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else ""
