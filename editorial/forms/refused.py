"""What has to be mended before a long page can be sent, said on top of it."""

from typing import NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form


class Refused(NamedTuple):
    """Why one part of a page cannot be sent as it is; `anchor` is the id of that part."""

    anchor: str
    about: str
    sentences: list[str]


def refused_in(form: Form, *, anchor: str, about: str) -> list[Refused]:
    """At most one: each error of the form, with the label of its field before it."""
    sentences = [
        str(sentence) if field == NON_FIELD_ERRORS else f"{_name(form, field)}: {sentence}"
        for field, said in form.errors.items()
        for sentence in said
    ]
    return [Refused(anchor, about, sentences)] if sentences else []


def _name(form: Form, field: str) -> str:
    """The label, which may be a question."""
    return str(form[field].label).rstrip("?")
