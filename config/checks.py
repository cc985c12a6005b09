"""What Django's own checks cannot know about a site for the world."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import OperationalError, ProgrammingError

from config.demo.logins import demo_logins_open


def demo_is_open() -> str:
    """A sentence naming the demo logins that still work; "" when none does."""
    logins = demo_logins_open()
    if not logins:
        return ""
    return (
        "PRODUCTION=true, but anybody can sign in with the demo's password as "
        f"{', '.join(logins)}. Close these logins (in /admin/ or with manage.py close_demo)."
    )


def why_not_to_serve() -> str:
    """The sentence with which a production site refuses to begin; "" when it may."""
    if not settings.PRODUCTION:
        return ""
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        return "Static files have not been collected: run manage.py collectstatic --no-input."
    return demo_is_open()


@register(Tags.database)
def demo_is_closed(**options: Any) -> list[CheckMessage]:
    """Runs with `check --database default` and before `migrate`; a new database has no logins."""
    if not settings.PRODUCTION or not options.get("databases"):
        return []
    try:
        sentence = demo_is_open()
    except (OperationalError, ProgrammingError):
        return []
    return [Error(sentence, id="corrigible.E001")] if sentence else []
