"""Asking addresses that other people wrote whether they answer: the only place that does.

Whoever may write a post must not be able to make this server ask its own network. So at every hop
the name is resolved once, every address that it has must be public, and the connection goes to the
address that was looked at, whatever the name says a moment later. Nothing is sent but the question,
and nothing of the answer is read but its first lines.
"""

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from urllib.parse import quote, urljoin, urlsplit

HOP_SECONDS = 5.0
ALL_SECONDS = 15.0
MOST_HOPS = 5
AGENT = "Corrigible (link check; one question for each link)"
PORTS = {"http": 80, "https": 443}
_REFUSALS_OF_HEAD = {400, 403, 404, 405, 406, 410, 501}
_GONE = {404, 410}
_UNQUOTED = "/:?#[]@!$&'()*+,;=%-._~"
_STATUS = re.compile(r"HTTP/1\.[01] (\d{3})\b")
_LOCATION = re.compile(r"^location:[ \t]*([^\r\n]+)", re.IGNORECASE | re.MULTILINE)
LARGEST_HEAD = 65_536  # bytes


class Outcome(Enum):
    ANSWERS = "answers"
    BROKEN = "broken"
    UNKNOWN = "unknown"  # the site does not say, or not to us


class Reason(Enum):
    NONE = ""
    NOT_FOUND = "not_found"
    NO_SUCH_SITE = "no_such_site"
    NOT_REACHED = "not_reached"
    NOT_PUBLIC = "not_public"
    TOO_SLOW = "too_slow"
    REFUSED = "refused"
    CIRCLE = "circle"


@dataclass(frozen=True)
class Answer:
    outcome: Outcome
    reason: Reason = Reason.NONE
    status: int = 0


@dataclass(frozen=True)
class Target:
    """Where a connection goes: an address that was looked at."""

    ip: str
    port: int


@dataclass(frozen=True)
class Site:
    """Who is asked, as they call themselves."""

    scheme: str
    host: str
    named: str  # with its port where that is not the usual one


class NotPublic(Exception):  # noqa: N818  it is an answer, not an error
    """The name leads into a network that is nobody's business, or to an unusual port."""


Resolver = Callable[[str, int], Target]


def resolve_public(host: str, port: int) -> Target:
    """Where this name leads, if every address of it is public."""
    if port not in PORTS.values():
        raise NotPublic(port)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not numbers or not all(_is_public(number) for number in numbers):
        raise NotPublic(host)
    return Target(str(numbers[0]), port)


def _is_public(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether anybody may ask there; addresses that carry another one are judged by it."""
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour
        if number in _NAT64:
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
        if number.teredo is not None:
            return False
    return number.is_global and not number.is_multicast and not number.is_reserved


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def ask(address: str, *, resolve: Resolver = resolve_public) -> Answer:
    """Whether this address answers; never raises."""
    until = time.monotonic() + ALL_SECONDS
    try:
        return _follow(address, resolve, until)
    except NotPublic:
        return Answer(Outcome.UNKNOWN, Reason.NOT_PUBLIC)
    except (socket.gaierror, UnicodeError):
        return Answer(Outcome.BROKEN, Reason.NO_SUCH_SITE)
    except TimeoutError:
        return Answer(Outcome.UNKNOWN, Reason.TOO_SLOW)
    except ssl.SSLError:
        return Answer(Outcome.UNKNOWN, Reason.REFUSED)
    except (OSError, ValueError):
        return Answer(Outcome.BROKEN, Reason.NOT_REACHED)


def _follow(address: str, resolve: Resolver, until: float) -> Answer:
    """Go from redirect to redirect, each looked at like the first."""
    for _hop in range(MOST_HOPS):
        status, location = _question(address, resolve, until)
        if status not in {301, 302, 303, 307, 308} or not location:
            return _judge(status)
        address = urljoin(address, location)
    return Answer(Outcome.BROKEN, Reason.CIRCLE)


def _judge(status: int) -> Answer:
    if 200 <= status < 400:
        return Answer(Outcome.ANSWERS, status=status)
    if status in _GONE:
        return Answer(Outcome.BROKEN, Reason.NOT_FOUND, status)
    return Answer(Outcome.UNKNOWN, Reason.REFUSED, status)


def _question(address: str, resolve: Resolver, until: float) -> tuple[int, str]:
    """What one address says: to HEAD, and to GET where that is not understood."""
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        raise NotPublic(parts.scheme)
    host = parts.hostname.encode("idna").decode("ascii")
    target = resolve(host, parts.port or PORTS[parts.scheme])
    path = quote(parts.path or "/", safe=_UNQUOTED) + (
        f"?{quote(parts.query, safe=_UNQUOTED)}" if parts.query else ""
    )
    site = Site(parts.scheme, host, host if parts.port is None else f"{host}:{parts.port}")
    status, location = _send("HEAD", path, site, target, until)
    if status in _REFUSALS_OF_HEAD:
        status, location = _send("GET", path, site, target, until)
    return status, location


def _send(method: str, path: str, site: Site, target: Target, until: float) -> tuple[int, str]:
    """Say the question to the address that was looked at, and read the head of the answer."""
    said = f"{method} {path} HTTP/1.1\r\nHost: {site.named}\r\nUser-Agent: {AGENT}\r\n"
    said += "Accept: */*\r\nConnection: close\r\n\r\n"
    with (
        socket.create_connection((target.ip, target.port), _left(until)) as plain,
        _secured(plain, site) as line,
    ):
        line.sendall(said.encode("ascii"))
        head = _head(line, until)
    found = _STATUS.match(head)
    if not found:
        raise ValueError("no answer in HTTP")
    location = _LOCATION.search(head)
    return int(found[1]), location[1].strip() if location else ""


def _secured(plain: socket.socket, site: Site) -> socket.socket:
    if site.scheme == "http":
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=site.host)


def _head(line: socket.socket, until: float) -> str:
    """The lines before the content, however slowly they come, until time or room are used up."""
    head = b""
    while b"\r\n\r\n" not in head and len(head) < LARGEST_HEAD:
        line.settimeout(_left(until))
        part = line.recv(4096)
        if not part:
            break
        head += part
    return head.partition(b"\r\n\r\n")[0].decode("latin-1")


def _left(until: float) -> float:
    """Seconds for the next step, of what is left for all."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(HOP_SECONDS, left)
