"""The post page for machines: a schema.org `BlogPosting` with its corrections.

`correction` lists published notices and nothing else: neither an open dispute nor a statement that
was checked and kept. `ClaimReview` is never used, since it is for claims that others made.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.addresses import absolute_url
from accounts.models import Profile
from blog.models import BylineRole, Notice, Post, Publication
from blog.rendering import PostPage
from blog.sentences import notice_text

Thing = dict[str, Any]


def blog_posting(page: PostPage) -> Thing:
    """The page as a `BlogPosting`; texts are the ones that readers see."""
    post = page.post
    url = absolute_url(post.get_absolute_url())
    return _without_blanks(
        {
            "@context": "https://schema.org",
            "@type": "BlogPosting",
            "@id": f"{url}#post",
            "url": url,
            "mainEntityOfPage": url,
            "headline": page.title,
            "description": post.head.summary if post.head else "",
            "inLanguage": settings.LANGUAGE_CODE,
            "image": [absolute_url(image.get_absolute_url()) for image in page.images],
            "keywords": [topic.name for topic in page.topics],
            **_signed(post),
            "editor": _editor(page),
            "datePublished": _moment(post.published_at),
            "dateModified": _moment(post.updated_at or post.published_at),
            "version": str(post.head.number) if post.head else "",
            "creativeWorkStatus": "Retracted" if post.is_retracted else "",
            "publishingPrinciples": absolute_url(reverse("blog:policy")),
            "publisher": organization(page.site),
            "correction": [correction(notice, url) for notice in page.notices],
        }
    )


def _signed(post: Post) -> Thing:
    """A single author by themselves, several as a list; others by what they did."""
    authors = [person(one) for one in post.signers]
    by_role: dict[str, list[Thing]] = {"translator": [], "contributor": []}
    for one in post.credits:
        role = "translator" if one.role == BylineRole.TRANSLATOR else "contributor"
        by_role[role].append(person(one.profile))
    return {"author": authors if len(authors) > 1 else authors[0], **by_role}


def correction(notice: Notice, post_url: str) -> Thing:
    """One notice as a `CorrectionComment` on its post."""
    url = absolute_url(notice.get_absolute_url())
    return _without_blanks(
        {
            "@type": "CorrectionComment",
            "@id": f"{url}#notice",
            "url": url,
            "name": notice.get_kind_display(),
            "text": notice_text(notice),
            "datePublished": _moment(notice.published_at),
            "inLanguage": settings.LANGUAGE_CODE,
            "author": person(notice.byline),
            "parentItem": {"@id": f"{post_url}#post"},
            "about": _claim(notice, post_url),
            "citation": [
                {"@type": "WebPage", "name": source["title"], "url": source["url"]}
                for source in notice.sources
            ],
        }
    )


def person(profile: Profile) -> Thing:
    url = absolute_url(profile.get_absolute_url())
    return {"@type": "Person", "name": profile.name, "url": url}


def organization(site: Publication) -> Thing:
    """The publication, with where it says how it corrects."""
    policy = absolute_url(reverse("blog:policy"))
    return _without_blanks(
        {
            "@type": "Organization",
            "name": site.name,
            "url": absolute_url(reverse("blog:home")),
            "publishingPrinciples": policy,
            "correctionsPolicy": policy,
            "actionableFeedbackPolicy": f"{policy}#report",
        }
    )


def _editor(page: PostPage) -> Thing | None:
    """Who introduced the post, or else the host of the publication."""
    if page.introductions:
        return person(page.introductions[0].byline)
    return person(page.site.host) if page.site.host else None


def _claim(notice: Notice, post_url: str) -> Thing | None:
    if not notice.statement:
        return None
    return {
        "@type": "Claim",
        "@id": f"{post_url}#claim-{notice.public_id}",
        "text": notice.statement,
        "appearance": {"@id": f"{post_url}#post"},
    }


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


def _without_blanks(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value}
