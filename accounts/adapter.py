"""The border to django-allauth."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.loader import render_to_string

from accounts import mail
from accounts.addresses import client_ip


def site_name() -> str:
    """What the site calls itself; only a template may know that from here."""
    return render_to_string("accounts/site_name.txt").strip()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in as the library does it, with our mail and our idea of who asks."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a letter: no request waits for a mail server, and a failure is tried again."""
        site = {"name": site_name(), "domain": settings.SITE_URL}
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


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """The second step under the name that people know, not that of a row in a table of sites."""

    def get_totp_issuer(self) -> str:
        return site_name()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": site_name()}
