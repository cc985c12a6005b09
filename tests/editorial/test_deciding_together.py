"""Several disputes decided on one screen: each with what is needed to judge it."""

import re

import pytest
from django.urls import reverse

from editorial import disputes
from tests.factories.blog import an_editor
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import APPOINTMENT, PARTS, WorkshopPostFactory, point

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def pair(db):
    comment = PostCommentFactory(
        post=WorkshopPostFactory(), text="Parts are charged. Come early.", published=True
    )
    return disputes.open_from_comment(
        comment,
        editor=an_editor(),
        said=[
            point(quote="Parts are charged."),
            point(APPOINTMENT, quote="Come early.", summary="Without one you may be sent home."),
        ],
    )


def url_of(dispute, name="case"):
    return reverse(f"editorial:{name}", kwargs={"public_id": dispute.public_id})


def panels(html):
    """The part of the screen about each dispute, by its order."""
    return re.findall(r"<remedy-choice.*?</remedy-choice>", html, re.DOTALL)


def test_each_panel_is_named_by_the_statement_it_decides(desk, pair):
    # Given
    one, two = pair
    # When
    first, second = panels(desk.get(url_of(one), {"with": two.public_id}).content.decode())
    # Then
    assert f"<legend>{PARTS}</legend>\n" in first
    assert f"<legend>{APPOINTMENT}</legend>\n" in second


def test_whoever_decides_several_sees_the_passage_and_the_objection_to_each(desk, pair):
    # Given
    one, two = pair
    # When
    html = desk.get(url_of(one), {"with": two.public_id}).content.decode()
    _first, second = panels(html)
    # Then
    assert f"<mark>{APPOINTMENT}</mark>" in second
    assert "Without one you may be sent home." in second
    assert "Come early." in second


def test_a_panel_does_not_repeat_what_stands_above_it(desk, pair):
    # Given
    one, two = pair
    # When
    html = desk.get(url_of(one), {"with": two.public_id}).content.decode()
    first, _second = panels(html)
    # Then
    assert html.count(f"<mark>{PARTS}</mark>") == 1
    assert "<mark>" not in first
    assert "Parts are charged." not in first
