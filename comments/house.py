"""What can happen to the rules of the discussions: the publisher changes them."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import NotAllowed
from accounts.roles import is_publisher
from comments import markdown
from comments.models import House


def stored() -> House:
    """The row itself, never the cached copy: what a form must begin with."""
    house, _made = House.objects.get_or_create(pk=1)
    return house


@transaction.atomic
def set_rules(*, publisher: Person, **rules: Any) -> House:
    """Store what is given, by the names of the fields of `House`; the house rules are rendered."""
    if not is_publisher(publisher):
        raise NotAllowed(_("Only the publisher may change the rules of the discussions."))
    house, _made = House.objects.select_for_update().get_or_create(pk=1)
    for name, value in rules.items():
        setattr(house, name, value)
    house.rules_html = markdown.render(house.rules) if house.rules.strip() else ""
    house.save()
    return house
