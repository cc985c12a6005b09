"""What may be written in a comment, and by which name: bounds that hold for everybody."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from comments.models import MOST_CHARACTERS

MOST_IN_NAME, MOST_IN_EMAIL, MOST_IN_URL = 50, 254, 200
MOST_IN_QUOTE = 600
SCHEMES = ("http", "https")

_UNFIT = re.compile("[\x00\ud800-\udfff]")
_LINE_BREAK = re.compile("[\r\n\u2028\u2029]")


@dataclass(frozen=True)
class Guest:
    """Who a visitor says they are; the e-mail address is never shown."""

    name: str
    email: str
    url: str = ""


def fit(text: str) -> str:
    """The text with plain line breaks and no space around; refuses what no database can keep."""
    if _UNFIT.search(text):
        raise Invalid(_("The text holds characters that cannot be stored."))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def storable(text: str, *, most: int) -> str:
    """What a machine sent along, cut to what can be kept; nobody is told."""
    return _UNFIT.sub("\ufffd", text)[:most]


def fit_comment(text: str) -> str:
    """What somebody wants to say: something, and never cut."""
    text = fit(text)
    if not text:
        raise Invalid(_("Please write something."))
    if len(text) > MOST_CHARACTERS:
        words = {"length": len(text), "most": MOST_CHARACTERS}
        raise Invalid(_("A comment has at most %(most)d characters; this has %(length)d.") % words)
    return text


def fit_quote(text: str) -> str:
    """Words of somebody else to answer; there need not be any."""
    text = fit(text)
    if len(text) > MOST_IN_QUOTE:
        words = {"length": len(text), "most": MOST_IN_QUOTE}
        raise Invalid(_("A quote has at most %(most)d characters; this has %(length)d.") % words)
    return text


def with_quote(quote: str, text: str) -> str:
    """The text with the quote above it, as comments write it in Markdown."""
    lines = (f"> {line}".rstrip() for line in quote.split("\n"))
    return "\n".join((*lines, "", text)) if quote else text


def fit_guest(guest: Guest) -> Guest:
    """A name and an address that could be true."""
    guest = Guest(fit(guest.name), fit(guest.email), fit(guest.url))
    if not guest.name or len(guest.name) > MOST_IN_NAME or _LINE_BREAK.search(guest.name):
        raise Invalid(_("Please give a name of at most %(most)d letters.") % {"most": MOST_IN_NAME})
    try:
        validate_email(guest.email)
        if guest.url:
            URLValidator(schemes=SCHEMES)(guest.url)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from None
    if len(guest.email) > MOST_IN_EMAIL or len(guest.url) > MOST_IN_URL:
        raise Invalid(_("The address is too long."))
    return guest
