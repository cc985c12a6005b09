"""What disputes hear from `accounts`, which may not import this package."""

from typing import Any

from accounts.models import Person
from accounts.roles import is_editor
from editorial import leaving

OFFICE = frozenset({"role", "is_active"})


def person_saved(
    *, instance: Person, created: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    is_told = update_fields is None or OFFICE & frozenset(update_fields)
    if not created and is_told and not is_editor(instance):
        leaving.hand_over(instance)


def person_leaves(*, instance: Person, **kwargs: Any) -> None:
    leaving.leave(instance)
