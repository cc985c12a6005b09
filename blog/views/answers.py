"""How a view asks a rule and passes its refusal on to the person."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from accounts.refusals import Refusal
from blog.forms.notes import WhereForm
from blog.passages import Ambiguous

T = TypeVar("T")


def attempt(form: forms.Form, act: Callable[[], T]) -> T | None:
    """What the rule gave, or None: then the form says why and keeps what was typed."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        if isinstance(refusal, Ambiguous) and isinstance(form, WhereForm):
            form.ask(refusal.choices)
        return None


def ask(request: HttpRequest, act: Callable[[], object], *, done: str) -> None:
    """Let a button's rule act; the person reads `done`, or why it was refused."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
