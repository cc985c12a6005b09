"""Addresses: where a request came from, and where our own pages are."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

IPAddress = IPv4Address | IPv6Address


def client_ip(request: HttpRequest) -> str:
    """The address of whoever asked; "" when it cannot be known.

    X-Forwarded-For is believed only as far as it was written by a proxy named in TRUSTED_PROXIES:
    read from the right, the first address that is not such a proxy is the client.
    """
    nearest = _parse(request.META.get("REMOTE_ADDR", ""))
    if nearest is None or not _is_trusted(nearest):
        return str(nearest or "")
    client = nearest
    for text in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        hop = _parse(text)
        if hop is None:
            break
        client = hop
        if not _is_trusted(hop):
            break
    return str(client)


def client_network(request: HttpRequest) -> str:
    """What to count requests by."""
    return network_of(client_ip(request))


def network_of(ip: str) -> str:
    """What to count by: the IPv4 address, or the /64 that one IPv6 subscriber can choose from."""
    address = _parse(ip)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address or "")


def coarse_network_of(ip: str) -> str:
    """Where roughly an address is, without saying whose it is: the beginning of its /24 or /48."""
    address = _parse(ip)
    if address is None:
        return ""
    bits = 48 if isinstance(address, IPv6Address) else 24
    return str(ip_network((address, bits), strict=False).network_address)


def comes_from_proxy(request: HttpRequest) -> bool:
    """Whether a proxy that we trust handed this request on."""
    nearest = _parse(request.META.get("REMOTE_ADDR", ""))
    return nearest is not None and _is_trusted(nearest)


def absolute_url(path: str) -> str:
    """A page of ours with scheme and host, as mails and feeds need it."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def _parse(text: str) -> IPAddress | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address: IPAddress) -> bool:
    networks = (ip_network(proxy, strict=False) for proxy in settings.TRUSTED_PROXIES)
    return any(address.version == network.version and address in network for network in networks)
