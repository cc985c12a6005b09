"""Where a comment stands in its thread: one fixed-width step for each level, sorted as text."""

from django.urls.converters import IntConverter

LEVELS = 5  # a thread starter and four levels of replies
WIDTH = 7  # base-36 digits, enough for every id that the library's integer key can take
BIGGEST_ID = 2**31 - 1  # what that key can hold; databases refuse to look for more
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def step(pk: int) -> str:
    """The id as base-36 digits of fixed width, so that text sorts as the number does."""
    digits = ""
    while pk:
        pk, digit = divmod(pk, 36)
        digits = _DIGITS[digit] + digits
    return digits.rjust(WIDTH, "0")


def steps(path: str) -> list[int]:
    """The ids from the root down to the comment itself."""
    return [int(path[start : start + WIDTH], 36) for start in range(0, len(path), WIDTH)]


def ancestors(path: str) -> list[str]:
    """The paths of the comments above this one, from the root down."""
    return [path[:end] for end in range(WIDTH, len(path), WIDTH)]


def place_under(parent: str) -> str:
    """The path below which a reply to `parent` stands: the parent itself, or what is above it
    when the parent is on the last level."""
    return parent if len(parent) < WIDTH * LEVELS else parent[:-WIDTH]


def id_in(text: str) -> int:
    """The id that somebody wrote into an address or a form; 0, which is none, if it cannot be."""
    if not text.isascii() or not text.isdigit() or len(text) > 10:
        return 0
    return int(text) if int(text) <= BIGGEST_ID else 0


class CommentId(IntConverter):
    """An id in an address; an address with a number that cannot be one is not found."""

    def to_python(self, value: str) -> int:
        if pk := id_in(value):
            return pk
        raise ValueError(value)
