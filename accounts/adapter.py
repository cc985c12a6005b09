"""The border to django-allauth."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts import mail
from accounts.addresses import client_ip


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in as the library does it, with our mail and our idea of who asks."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a letter: no request waits for a mail server, and a failure is tried again."""
        site = {"name": urlsplit(settings.SITE_URL).hostname, "domain": settings.SITE_URL}
        message = self.render_mail(
            template_prefix,
            email,
            {"email": email, "request": self.request} | context | {"current_site": site},
        )
        mail.write(to=email, subject=message.subject, body=str(message.body))

    def get_client_ip(self, request: HttpRequest) -> str:
        address = client_ip(request)
        if not address:
            raise PermissionDenied
        return address
