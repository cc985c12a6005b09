"""Akismet behind the port in `spam.py`: the only file that imports its library.

The library hides most response headers, refuses half of the documented fields, has no setting for
its address and prints the key in its errors; the subclass below mends that. It leans on private
names of its client, whose version is pinned; `tests/comments/test_akismet.py` holds them.
"""

import logging
from functools import cache
from typing import Any, ClassVar

import akismet
import httpx
from django.utils.translation import gettext as _

from comments.spam import ASK_AGAIN_AFTER, Evidence, Judgement, Verdict

log = logging.getLogger(__name__)

MOST_SECONDS_TO_WAIT = 24 * 60 * 60
OUR_WORDS = ("error ", "neither ")
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


class Client(akismet.SyncClient):
    """The library's client with our address, our timeout and all documented fields."""

    def __init__(self, *, key: str, site: str, address: str, timeout: float) -> None:
        self._address = address.rstrip("/")
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
        try:
            response = self._http_client.request(method, url, params=params, data=form)
            response.raise_for_status()
        except httpx.HTTPStatusError as error:
            status = error.response.status_code
            raise akismet.RequestError(f"status {status}") from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise akismet.RequestError(type(error).__name__) from None
        if complaint := response.headers.get("X-akismet-error"):
            raise akismet.ProtocolError(f"error {complaint[:40]}")
        if response.text == "invalid":
            raise akismet.APIKeyError
        return response

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
        alert=headers.get("X-akismet-alert-msg", "")[:300],
    )


def _seconds(text: str) -> int | None:
    return min(int(text), MOST_SECONDS_TO_WAIT) if text.isascii() and text.isdigit() else None


def _no_answer(error: akismet.AkismetError) -> Verdict:
    log.warning("Akismet gave no answer: %s", _kind_of(error))
    reason = _("Akismet gave no answer; it will be asked again.")
    if isinstance(error, akismet.APIKeyError):
        reason = _("Akismet does not accept the key of this site; it will be asked again.")
    return Verdict(judgement=Judgement.UNKNOWN, reason=reason, ask_again_after=ASK_AGAIN_AFTER)


def _kind_of(error: akismet.AkismetError) -> str:
    """What may be logged: our own short words; the library's may hold the answer or the key."""
    ours = isinstance(error, akismet.RequestError) or str(error).startswith(OUR_WORDS)
    return f"{type(error).__name__} ({error})" if ours else type(error).__name__
