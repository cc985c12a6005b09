"""Akismet behind the port in `spam.py`: the only file that imports its library.

The library hides most response headers, refuses half of the documented fields, has no setting for
its address and prints the key in its errors; the subclass below mends that. It leans on private
names of its client, whose version is pinned; `tests/comments/test_akismet.py` holds them.
"""

import logging
import time
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any, ClassVar

import akismet
import httpx
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.spam import ASK_AGAIN_AFTER, Evidence, Inspection, Judgement, Verdict

log = logging.getLogger(__name__)

MOST_SECONDS_TO_WAIT = 24 * 60 * 60
LEAST_PAUSE, MOST_PAUSE = 60, 2 * 60 * 60  # seconds; how far a busy service is believed
LONGEST_ANSWER = 10_000  # bytes
TOO_MANY_REQUESTS = 429
OUR_WORDS = ("error ", "neither ", "incomplete", "endless")
Fields = dict[str, str | list[str]]
NAMES = {
    "kind": "comment_type",
    "user_ip": "user_ip",
    "user_agent": "user_agent",
    "referrer": "referrer",
    "permalink": "permalink",
    "author": "comment_author",
    "email": "comment_author_email",
    "url": "comment_author_url",
    "content": "comment_content",
    "date": "comment_date_gmt",
    "post_modified": "comment_post_modified_gmt",
    "language": "blog_lang",
    "charset": "blog_charset",
    "role": "user_role",
    "honeypot_name": "honeypot_field_name",
    "parent": "comment_parent",
    "recheck_reason": "recheck_reason",
}


class NoAnswer(akismet.RequestError):
    """Nothing that could be read: what went wrong is a sentence for moderators.

    `pause` is how many seconds the service wants to be left alone.
    """

    def __init__(self, kind: str, sentence: str, pause: int | None = None) -> None:
        super().__init__(kind)
        self.sentence, self.pause = sentence, pause


class Client(akismet.SyncClient):
    """The library's client with our address, our timeout and all documented fields."""

    def __init__(self, *, key: str, site: str, address: str, timeout: float) -> None:
        self._address, self._patience = address.rstrip("/"), timeout
        web = httpx.Client(
            timeout=timeout,
            trust_env=False,
            headers={"User-Agent": f"Corrigible | {akismet.USER_AGENT}"},
        )
        super().__init__(config=akismet.Config(key=key, url=site), http_client=web)

    def check(self, fields: Fields) -> httpx.Response:
        return self._post_request("1.1", "comment-check", **fields)

    def _request(
        self, method: str, version: str, endpoint: str, data: dict[str, Any]
    ) -> httpx.Response:
        """Send; raise the library's errors, none of which holds the key or the request."""
        url = f"{self._address}/{version}/{endpoint}"
        params, form = (data, None) if method == "GET" else (None, data)
        until = time.monotonic() + self._patience
        try:
            with self._http_client.stream(method, url, params=params, data=form) as response:
                response.raise_for_status()
                body = _read(response, until)
        except httpx.HTTPStatusError as error:
            raise _refused(error.response) from None
        except httpx.TimeoutException as error:
            raise NoAnswer(type(error).__name__, _("Akismet did not answer in time.")) from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise NoAnswer(type(error).__name__, _("Akismet could not be reached.")) from None
        return _sound(endpoint, httpx.Response(200, headers=_signs(response), content=body))

    def _post_request(  # type: ignore[override]  # the library's list of fields is too short
        self, version: str, endpoint: str, **fields: Any
    ) -> httpx.Response:
        """Send whatever was given, the library's list or not; leave out what is empty."""
        known = {"api_key": self._config.key, "blog": self._config.url}
        given = {name: value for name, value in fields.items() if value not in (None, "", [])}
        return self._request("POST", version, endpoint, {**known, **given})


class AkismetChecker:
    """Asks Akismet; whatever goes wrong there is "unknown, ask again" here."""

    learns: ClassVar[bool] = True

    def __init__(self, client: Client) -> None:
        self._client = client

    def judge(self, evidence: Evidence) -> Verdict:
        try:
            response = self._client.check(fields_of(evidence))
        except akismet.AkismetError as error:
            return _no_answer(error)
        return _verdict(response)

    def was_wrong(self, evidence: Evidence, truth: Judgement) -> bool:
        submit = self._client.submit_ham if truth is Judgement.HAM else self._client.submit_spam
        try:
            return submit(**fields_of(evidence))  # type: ignore[arg-type]  # more than it lists
        except akismet.AkismetError as error:
            log.warning("Akismet could not be told: %s", _kind_of(error))
            return False

    def inspect(self) -> Inspection:
        """Verify the key, then ask how much was used; a service that counts nothing is well too."""
        try:
            if not self._client.verify_key():
                raise akismet.APIKeyError
        except akismet.AkismetError as error:
            log.warning("Akismet's key could not be verified: %s", _kind_of(error))
            return Inspection(failure=_failure(error))
        try:
            return _usage(self._client.usage_limit())
        except (akismet.AkismetError, ValueError, KeyError, TypeError) as error:
            log.warning("Akismet did not say what was used: %s", type(error).__name__)
            return Inspection()


def fields_of(evidence: Evidence) -> Fields:
    """The evidence under Akismet's names; the same evidence gives the same fields every time."""
    fields: Fields = {theirs: getattr(evidence, ours) for ours, theirs in NAMES.items()}
    if evidence.honeypot_name:
        fields[evidence.honeypot_name] = evidence.honeypot_value
    fields["comment_context[]"] = list(evidence.context)
    return fields


@cache
def akismet_checker(*, key: str, site: str, address: str, timeout: float) -> AkismetChecker:
    """One client in a process: making one costs 30 ms for its TLS context."""
    return AkismetChecker(Client(key=key, site=site, address=address, timeout=timeout))


def _verdict(response: httpx.Response) -> Verdict:
    headers = response.headers
    if response.text == "false":
        judgement, reason = Judgement.HAM, _("Akismet found nothing wrong.")
    elif response.text != "true":
        return _no_answer(akismet.ProtocolError("neither true nor false"))
    elif headers.get("X-akismet-pro-tip") == "discard":
        judgement, reason = Judgement.BLATANT, _("Akismet says that this is blatant spam.")
    else:
        judgement, reason = Judgement.SPAM, _("Akismet says that this is spam.")
    return Verdict(
        judgement=judgement,
        reason=reason,
        guid=headers.get("X-akismet-guid", "")[:100],
        ask_again_after=_seconds(headers.get("X-akismet-recheck-after", "")),
        alert_code=headers.get("X-akismet-alert-code", "")[:20],
        alert=headers.get("X-akismet-alert-msg", "")[:300],
    )


def _read(response: httpx.Response, until: float) -> bytes:
    """The body, unless it is long, or comes so slowly that nobody waits for its end."""
    body = b""
    for piece in response.iter_bytes():
        body += piece
        if len(body) > LONGEST_ANSWER:
            raise akismet.ProtocolError("endless")
        if time.monotonic() > until:
            raise httpx.ReadTimeout("")
    return body


def _signs(response: httpx.Response) -> dict[str, str]:
    """The headers that are the service's own."""
    names = (name for name in response.headers if name.startswith("x-akismet-"))
    return {name: response.headers[name] for name in names}


def _sound(endpoint: str, response: httpx.Response) -> httpx.Response:
    """The answer, unless the service says in it that it could not judge."""
    if complaint := response.headers.get("X-akismet-error"):
        raise akismet.ProtocolError(f"error {complaint[:40]}")
    if response.text == "invalid" and endpoint != "verify-key":
        if response.headers.get("X-akismet-debug-help", "").startswith("Empty"):
            raise akismet.ProtocolError("incomplete")
        raise akismet.APIKeyError
    return response


def _refused(response: httpx.Response) -> NoAnswer:
    status = response.status_code
    if status == TOO_MANY_REQUESTS:
        wait = _pause(response.headers.get("Retry-After", ""))
        return NoAnswer(f"status {status}", _("Akismet says that it is asked too often."), wait)
    sentence = _("Akismet is out of order (status %(status)d).") % {"status": status}
    return NoAnswer(f"status {status}", sentence)


def _usage(numbers: dict[str, Any]) -> Inspection:
    limit = numbers["limit"]
    return Inspection(
        used=int(numbers["usage"]),
        limit=None if limit in (None, "none") else int(limit),
        throttled=numbers.get("throttled") is True,
    )


def _seconds(text: str) -> int | None:
    return min(int(text), MOST_SECONDS_TO_WAIT) if text.isascii() and text.isdigit() else None


def _pause(text: str) -> int:
    """Retry-After, in seconds or as a date, as far as we believe it."""
    try:
        at = None if text.isascii() and text.isdigit() else parsedate_to_datetime(text)
    except ValueError:
        return ASK_AGAIN_AFTER
    wanted = int(text[:9]) if at is None else (at.astimezone(UTC) - timezone.now()).total_seconds()
    return max(LEAST_PAUSE, min(int(wanted), MOST_PAUSE))


def _no_answer(error: akismet.AkismetError) -> Verdict:
    log.warning("Akismet gave no answer: %s", _kind_of(error))
    reason = _("Akismet gave no answer; it will be asked again.")
    if isinstance(error, akismet.APIKeyError):
        reason = _("Akismet does not accept the key of this site; it will be asked again.")
    pause = error.pause if isinstance(error, NoAnswer) else None
    return Verdict(
        judgement=Judgement.UNKNOWN,
        reason=reason,
        ask_again_after=pause or ASK_AGAIN_AFTER,
        failure=_failure(error),
    )


def _failure(error: akismet.AkismetError) -> str:
    """What went wrong, in our own words."""
    if isinstance(error, NoAnswer):
        return error.sentence
    if isinstance(error, akismet.APIKeyError):
        return _("Akismet does not accept the key of this site.")
    if str(error) == "incomplete":
        return _("Akismet says that something is missing in what it was sent.")
    return _("Akismet answered something that makes no sense.")


def _kind_of(error: akismet.AkismetError) -> str:
    """What may be logged: our own short words; the library's may hold the answer or the key."""
    ours = isinstance(error, akismet.RequestError) or str(error).startswith(OUR_WORDS)
    return f"{type(error).__name__} ({error})" if ours else type(error).__name__
