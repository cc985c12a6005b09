"""What tests of the desk share: an editor's browser, and how a page is asked for."""

from django.test import Client
from django.urls import reverse

from blog.models import Post

XSS = '<script>alert(1)</script><img src=x onerror=alert(1)>"><svg onload=alert(1)>'
HARM = ("<script>alert", "<img src=x onerror", "<svg onload")


def address(name: str, post: Post | None = None) -> str:
    return reverse(f"blog:{name}", kwargs={"pk": post.pk} if post else None)


def text(client: Client, url: str, **given: object) -> str:
    """The page that answers, after a POST of what is given."""
    response = client.post(url, given, follow=True) if given else client.get(url)
    return response.content.decode()
