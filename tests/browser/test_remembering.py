"""Rules above the form, and a name that is remembered only by consent; with and without scripts."""

from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from accounts.models import Person
from comments import house
from tests.browser.test_journeys import WORDS, a_minute_later, address, write

__all__ = ["a_minute_later", "address"]  # fixtures
RULES = "Write about the wheel, not about the rider."


def open_form(page: Page, address: str, scripts: str) -> None:
    page.goto(address if scripts == "page" else f"{address}comments/new/")
    if scripts == "page":
        page.get_by_role("link", name="Leave a comment").click()


@pytest.mark.parametrize("scripts", ["page", "plain_page"])
def test_rules_stand_above_the_form_and_only_who_agrees_is_remembered(
    request: pytest.FixtureRequest,
    address: str,
    a_minute_later: time_machine.Traveller,
    scripts: str,
):
    # Given
    page: Page = request.getfixturevalue(scripts)
    publisher = Person.objects.get(email="publisher@example.org")
    house.set_rules(publisher=publisher, rules=RULES)
    # When
    open_form(page, address, scripts)
    # Then
    expect(page.get_by_text(RULES)).to_be_visible()
    # When somebody asks to be remembered
    write(page, name="Ruth Amsel", email="ruth@example.net", text=WORDS)
    page.get_by_label("Remember").check()
    a_minute_later.shift(timedelta(minutes=1))
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    # Then
    open_form(page, address, scripts)
    expect(page.get_by_label("Name", exact=True)).to_have_value("Ruth Amsel")
    # When it is somebody else
    page.get_by_role("button", name="This is not me").click()
    # Then
    open_form(page, address, scripts)
    expect(page.get_by_label("Name", exact=True)).to_have_value("")
