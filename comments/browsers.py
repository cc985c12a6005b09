"""A browser that asked to be remembered: a signed cookie with an id, and a row behind it.

The cookie is set only with the answer to a form, never by a public page, and holds no name.
"""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from comments.models import Browser, Participant

COOKIE = "writer"
LASTS = 365 * 24 * 60 * 60  # seconds
_SALT = "comments.browser"


def remembered(request: HttpRequest) -> Browser | None:
    """The browser that asks, if it was remembered and nobody forgot it since."""
    try:
        pk = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    return Browser.objects.select_related("participant__person").filter(pk=UUID(pk)).first()


def remember(
    request: HttpRequest,
    response: HttpResponse,
    *,
    participant: Participant,
    name: str,
    url: str = "",
) -> Browser:
    """Remember who writes here; a browser that proved another address has proved nothing now."""
    browser = remembered(request) or Browser(participant=participant)
    if browser.participant_id != participant.pk:
        browser.participant, browser.proved_at = participant, None
    browser.name, browser.url = name, url
    browser.save()
    _set_cookie(response, browser)
    return browser


def prove(request: HttpRequest, participant: Participant) -> None:
    """The owner of the address opened a mailed link in this browser: what it writes is theirs."""
    browser = remembered(request)
    if browser is not None and browser.participant_id == participant.pk:
        browser.proved_at = timezone.now()
        browser.save(update_fields=("proved_at",))


def forget(request: HttpRequest, response: HttpResponse) -> None:
    """Forget this browser, here and there."""
    browser = remembered(request)
    if browser is not None:
        browser.delete()
    response.delete_cookie(COOKIE, samesite="Lax")


def _set_cookie(response: HttpResponse, browser: Browser) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(str(browser.pk), salt=_SALT),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
