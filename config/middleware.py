"""What every request and every answer goes through, beyond Django's own."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts.addresses import comes_from_proxy

Answer = Callable[[HttpRequest], HttpResponse]

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")
UNUSED = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def believe_only_our_proxies(get_response: Answer) -> Answer:
    """Forget X-Forwarded headers that no trusted proxy wrote: anybody can send them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not comes_from_proxy(request):
            for name in FORWARDED:
                request.META.pop(name, None)
        return get_response(request)

    return middleware


def permissions_policy(get_response: Answer) -> Answer:
    """Tell browsers that no page of ours needs these powers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", UNUSED)
        return response

    return middleware
