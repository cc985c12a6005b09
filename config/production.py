"""What a site for the world must have been told before it starts."""

from collections.abc import Iterator, Mapping

from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50  # characters
MAKE_A_KEY = 'python3 -c "import secrets; print(secrets.token_urlsafe(64))"'


def refuse_unless_ready(environment: Mapping[str, str]) -> None:
    """Raise ImproperlyConfigured with a sentence for everything that is missing or dangerous."""
    sentences = [f"- {sentence}" for sentence in _problems(environment)]
    if sentences:
        beginning = "PRODUCTION=true, but this site cannot start yet:"
        end = "Each variable is explained in .env.example and docs/operations.md."
        raise ImproperlyConfigured("\n".join((beginning, *sentences, end)))


def one_of(known: tuple[str, ...], **variable: str) -> str:
    """The value of a variable; a word that we do not know must not switch a protection off."""
    [(name, value)] = variable.items()
    if value not in known:
        words = ", ".join(word for word in known if word)
        raise ImproperlyConfigured(f"{name} must be one of: {words}; or not set. It is {value!r}.")
    return value


def _problems(environment: Mapping[str, str]) -> Iterator[str]:
    if len(environment.get("SECRET_KEY", "")) < SHORTEST_KEY:
        yield f"SECRET_KEY must have at least {SHORTEST_KEY} characters; make one: {MAKE_A_KEY}"
    hosts = [host.strip() for host in environment.get("ALLOWED_HOSTS", "").split(",")]
    if not any(hosts) or "*" in hosts:
        yield "ALLOWED_HOSTS must name the site's hosts, such as blog.example.org; * is not a name."
    if not environment.get("EMAIL_URL"):
        yield "EMAIL_URL must say how mail leaves, such as smtp+tls://name:secret@mail.example.org:587"
    if environment.get("DEBUG", "").lower() in ("true", "1", "yes", "on", "y", "ok", "t"):
        yield "DEBUG must not be set: it shows settings and source code to visitors."
