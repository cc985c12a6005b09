"""Several disputes decided on one screen: each with what is needed to judge it."""

import re

import pytest
from django.urls import reverse

from editorial import disputes
from editorial.models import Decision
from editorial.rulings import GAP
from tests.factories.blog import an_editor
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    APPOINTMENT,
    BODY,
    PARTS,
    DisputeFactory,
    WorkshopPostFactory,
    point,
)

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


def ruling(dispute, **facts):
    """What an editor types about one dispute, as the form names it."""
    given = {"finding": "incomplete", "remedy": "clarification", "severity": "minor"}
    given |= {"version": dispute.version, "notice": "New parts are charged.", "note": "Charged."}
    return {f"case-{dispute.public_id}-{name}": text for name, text in {**given, **facts}.items()}


def sent(desk, disputes, *rulings):
    """The answer to deciding about all of these, with the text left as it is."""
    first, *others = disputes
    post = first.claim.post
    facts = {"title": post.title, "body": BODY, "base": 1, "answer": ""}
    data = {"with": [one.public_id for one in others], **facts}
    for one in rulings:
        data |= one
    return desk.post(url_of(first, "decide"), data)


def summary(html):
    """What stands on top of a page that was refused."""
    found = re.search(r'<section class="alert refused".*?</section>', html, re.DOTALL)
    return found[0] if found else ""


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


def test_a_refused_decision_says_so_on_top_and_leads_to_each_panel(desk, pair):
    # Given
    one, two = pair
    gaps = ruling(one, notice=f"It said {GAP}.")
    # When
    html = sent(desk, pair, gaps, ruling(two, remedy="correction")).content.decode()
    # Then
    said = summary(html)
    assert 'role="alert"' in said
    assert "autofocus" in said
    for dispute, statement in ((one, PARTS), (two, APPOINTMENT)):
        assert f'<a href="#case-{dispute.public_id}">{statement}</a>' in said
        assert f'id="case-{dispute.public_id}"' in html
    assert not Decision.objects.exists()


def test_what_the_rules_refuse_is_said_about_all_cases_in_one_round(desk, pair):
    # Given
    one, two = pair
    gaps = ruling(one, notice=f"It said {GAP}.", note="")
    # When
    response = sent(desk, pair, gaps, ruling(two, notice=f"And {GAP}", remedy="editors_note"))
    # Then
    first, second = response.context["deciding"].cases
    assert first.errors.keys() == {"notice", "note"}
    assert second.errors.keys() == {"notice"}
    assert "complete the notice" in summary(response.content.decode())


def test_what_was_typed_in_a_refused_decision_is_kept(desk, pair):
    # Given
    one, two = pair
    # When
    html = sent(desk, pair, ruling(one, notice=""), ruling(two, note="By bell.")).content.decode()
    # Then
    assert "By bell." in html


def test_a_page_that_was_not_refused_has_no_summary_of_errors(desk, pair):
    # Given
    one, two = pair
    # Then
    assert summary(desk.get(url_of(one)).content.decode()) == ""
    # When
    response = sent(desk, pair, ruling(one), ruling(two, notice="Only on Saturdays."))
    # Then
    assert response.status_code == 302
    assert Decision.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "data"), [("accept", {"accept-summary": ""}), ("decline", {"decline-sentence": ""})]
)
def test_a_refused_answer_to_an_objection_says_so_on_top(desk, name, data):
    # Given
    dispute = DisputeFactory()
    # When
    html = desk.post(url_of(dispute, name), {f"{name}-version": 1, **data}).content.decode()
    # Then
    assert f'<a href="#{name}">' in summary(html)
    assert f'id="{name}"' in html


def test_no_message_is_scrolled_out_of_sight_on_the_way_back(desk, pair):
    """A fragment in the address of a form outlives the redirect and hides the message."""
    for dispute in (*pair, DisputeFactory()):
        html = desk.get(url_of(dispute)).content.decode()
        assert re.findall(r'<form[^>]*method="post"[^>]*action="[^"]*#', html) == []
