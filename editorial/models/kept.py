"""What is kept for good: the record of quarrels and what was decided."""

from typing import Any, ClassVar, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)
KEPT = "The record is kept: nothing in it can be deleted."


class KeptQuerySet(models.QuerySet[M]):
    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError(KEPT)


class Kept(models.Model):
    """A row that nobody deletes; words that may not stay are blanked, the row remains."""

    class Meta:
        abstract = True
        default_permissions: ClassVar[tuple[str, ...]] = ("add", "change", "view")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(KEPT)


class Written(Kept):
    """A row that is never rewritten either."""

    class Meta(Kept.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("What was decided or happened cannot be written differently.")
        super().save(*args, **kwargs)
