"""The mails that guests and followers got; their addresses end with example.net."""

import re

from django.db.models import QuerySet

from accounts.models import Letter


def letters(to: str = "@example.net") -> QuerySet[Letter]:
    return Letter.objects.filter(to__endswith=to)


def link_in(letter: Letter, page: str) -> str:
    """The path of our page in a mail."""
    found = re.search(rf"http://localhost:8000(/comments/{page}/\S+/)", letter.body)
    assert found, letter.body
    return found[1]
