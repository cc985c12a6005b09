"""Whether an address of the web answers: the only place where this package visits one.

Only public addresses are visited, by the number that the name was looked up to, so that a link in a
text cannot make this server call machines beside it; every redirect is looked at anew. Nothing of
an answer is read but its status.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Literal

import httpx
from django.conf import settings

PATIENCE = 5.0  # seconds
MOST_REDIRECTS = 5
GONE = frozenset({404, 410})
PORTS = frozenset({None, 80, 443})
NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
AGENT = "Corrigible (looks whether links of a draft answer)"
Verdict = Literal["answers", "gone", "unsure"]


@dataclass(frozen=True)
class Visit:
    """What became of it; `said` is a status, or the name of what went wrong."""

    verdict: Verdict
    said: str = ""


class _NoSuchName(Exception):  # noqa: N818  it is an answer
    pass


def visit(url: str) -> Visit:
    """Ask an address whether it is there. Pages that shut machines out are unsure, never gone."""
    headers = {"User-Agent": AGENT}
    try:
        with httpx.Client(timeout=PATIENCE, trust_env=False, headers=headers) as web:
            return _follow(web, httpx.URL(url))
    except _NoSuchName:
        return Visit("gone", "no such name")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as error:
        return Visit("unsure", type(error).__name__)


def _follow(web: httpx.Client, url: httpx.URL) -> Visit:
    for _turn in range(MOST_REDIRECTS + 1):
        status, location = _ask(web, url, "HEAD")
        if location is None and not _is_fine(status):
            status, location = _ask(web, url, "GET")  # some know no HEAD
        if location is None:
            return _judged(status)
        url = url.join(location)
    return Visit("unsure", "too many redirects")


def _ask(web: httpx.Client, url: httpx.URL, method: str) -> tuple[int, str | None]:
    """The status, and where else to look."""
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError("no address of the web")
    there = url.copy_with(host=_public_number(url), userinfo=b"", fragment=None)
    request = web.build_request(
        method,
        there,
        headers={"Host": url.netloc.decode("ascii")},
        extensions={"sni_hostname": url.host},
    )
    response = web.send(request, stream=True)
    response.close()
    location = response.headers["location"] if response.has_redirect_location else None
    return response.status_code, location


def _public_number(url: httpx.URL) -> str:
    """Where the name leads; refuses names that lead beside the public web."""
    try:
        found = socket.getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in NO_SUCH_NAME:
            raise _NoSuchName from error
        raise
    numbers = [str(one[4][0]) for one in found]
    if not settings.LINKS_MAY_BE_LOCAL and (
        url.port not in PORTS or not all(map(_is_public, numbers))
    ):
        raise PermissionError("not a public address")
    return numbers[0]


def _is_public(number: str) -> bool:
    address = ip_address(number.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return address.is_global and not address.is_multicast


def _is_fine(status: int) -> bool:
    return 200 <= status < 300


def _judged(status: int) -> Visit:
    if _is_fine(status):
        return Visit("answers", str(status))
    return Visit("gone" if status in GONE else "unsure", str(status))
