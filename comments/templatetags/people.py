"""What the desk says about people and sanctions."""

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from comments.models import Sanction

register = template.Library()


@register.filter
def stage(sanction: Sanction) -> str:
    """Whether a sanction is in force, was lifted, or ended by itself."""
    if sanction.lifted_at is not None:
        return "lifted"
    return "over" if sanction.until and sanction.until <= timezone.now() else "in_force"


@register.filter
def moderator_name(person: Person | None) -> str:
    """Who decided, also when they have left."""
    return person.public_name if person else _("Somebody who left")


@register.filter
def of_whom(sanction: Sanction) -> str:
    """The name of whom a line of the log is about, as `people_cards.log` found it."""
    person = sanction.participant.person
    guest_name: str | None = getattr(sanction, "guest_name", None)
    return person.public_name if person else guest_name or _("Somebody without a name")
