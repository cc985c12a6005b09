"""What a visitor does with the form and reads on a page."""

import re
from datetime import timedelta
from html import unescape

import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from blog.models import Post

ANA = {"name": "Ana", "email": "ana@example.net", "url": "https://ana.example/"}
FORM = "application/x-www-form-urlencoded"
HTMX = {"HX-Request": "true"}


def address(post: Post) -> str:
    return f"/posts/{post.slug}/comments/new/"


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', html)
    return unescape(found[1]) if found else ""


def send(client: Client, post: Post, *, after: float = 5, **fields: str) -> HttpResponse:
    """Open the form, take some seconds, and send it; what is not said is filled in."""
    form = client.get(address(post), {"reply_to": fields.get("reply_to", "")})
    typed = {"ticket": hidden(form.content.decode(), "ticket"), "text": "Grease first.", **ANA}
    headers = {"User-Agent": "Bicycle/1.0", "Referer": "https://example.net/from/"}
    with time_machine.travel(timezone.now() + timedelta(seconds=after)):
        return client.post(address(post), {**typed, **fields}, headers=headers)


def shown(response: HttpResponse) -> str:
    return unescape(response.content.decode())
