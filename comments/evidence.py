"""What we know about a comment when it is judged."""

from dataclasses import replace
from datetime import UTC, datetime

from django.conf import settings
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django_comments_xtd.models import BlackListedDomain

from accounts.addresses import absolute_url
from accounts.roles import is_moderator
from comments.local_rules import domains_in
from comments.models import PostComment
from comments.spam import Evidence, Judgement, Verdict

HONEYPOT = "subject"  # the name of the form's field that people never see


def of(comment: PostComment) -> Evidence:
    """What the checker is given: at the first time as it is, later what it was given then.

    Of a comment that was edited since, it is given the new words.
    """
    if comment.sent:
        why = "edit" if comment.edited_at else "recheck_queue"
        sent = Evidence.from_json(comment.sent)
        return replace(sent, content=comment.comment, recheck_reason=why)
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
        date=_moment(comment.submit_date),
        post_modified=_moment(post.updated_at or post.published_at),
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
    return Verdict(judgement=Judgement.SPAM, reason=reason % {"domain": found.domain})


def _moment(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else ""
