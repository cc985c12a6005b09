"""The HTML is valid, by the Nu Html Checker.

It needs Java and a `vnu.jar`, named by VNU_JAR; `.ci/run` installs it and requires it.
"""

import os
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import Person
from blog.models import Post, Series
from tests.browser.test_accessible import addresses, desk_addresses

VNU_JAR = os.environ.get("VNU_JAR", "")
DESK = ("/me/", "/desk/", "/desk/comments/", "/desk/disputes/")
PARTS = ("", "review/", "notes/", "names/", "details/", "revise/")


def whole_desk() -> list[str]:
    """What editors and authors use while a post is prepared; nothing here needs a browser."""
    submitted, published = Post.objects.waiting().first(), Post.objects.published().first()
    return [
        *DESK,
        *desk_addresses(),
        *(f"/desk/posts/{published.pk}/{name}" for name in PARTS),
        *(f"/write/{submitted.pk}/{name}" for name in ("", "comments/", "links/", "preview/")),
        *(f"/desk/{name}/" for name in ("guests", "pitches", "pictures", "series", "log")),
        f"/desk/series/{Series.objects.first().pk}/",
        "/write/",
    ]


def check(folder: Path) -> str:
    command = ["java", "-jar", VNU_JAR, "--skip-non-html", "--format", "gnu", "--errors-only"]
    checked = subprocess.run(
        [*command, str(folder)], capture_output=True, text=True, check=False, timeout=120
    )
    return checked.stderr


@pytest.mark.skipif(not VNU_JAR, reason="VNU_JAR does not name a vnu.jar")
def test_pages_are_valid_html(transactional_db, tmp_path):
    # Given
    call_command("load_demo", verbosity=0)
    editor = Client()
    editor.force_login(Person.objects.get(email="editor@example.org"))
    # When
    pages = [(Client(), address) for address in addresses()]
    pages += [(editor, address) for address in whole_desk()]
    for number, (client, address) in enumerate(pages):
        response = client.get(address)
        assert response.status_code == 200, address
        name = address.strip("/").replace("/", "-") or "home"
        (tmp_path / f"{number:02}-{name}.html").write_bytes(response.content)
    # Then
    assert check(tmp_path) == ""
