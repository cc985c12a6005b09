"""The honesty table, to the cell."""

import pytest

from editorial import honesty
from editorial.models import Finding, Remedy

F, R = Finding, Remedy
REASON = "Two mechanics and the maker's manual say the same."
TABLE = {
    F.INACCURATE: {R.CORRECTION, R.RETRACTION, R.REMOVAL},
    F.INCOMPLETE: {R.CLARIFICATION, R.CORRECTION, R.EDITORS_NOTE},
    F.OUTDATED: {R.UPDATE, R.CORRECTION},
    F.UNVERIFIABLE: {R.CONCERN, R.EDITORS_NOTE, R.NO_CHANGE},
    F.STANDS: {R.NO_CHANGE, R.CLARIFICATION},
    F.NOT_CHECKABLE: {R.NO_CHANGE},
    F.NOT_IN_POST: {R.NO_CHANGE},
    F.ALREADY_ADDRESSED: {R.NO_CHANGE},
}
CELLS = [(finding, remedy) for finding in Finding for remedy in Remedy]


@pytest.mark.parametrize(("finding", "remedy"), CELLS)
def test_every_pair_is_allowed_or_refused_with_a_sentence(finding, remedy):
    # When
    sentence = honesty.refusal(finding, remedy, REASON)
    # Then
    if remedy in TABLE[finding]:
        assert sentence is None
    else:
        assert sentence == str(honesty.WHY[finding])
        assert sentence.endswith(".")


def test_the_table_answers_for_every_finding():
    assert set(honesty.ALLOWED) == set(honesty.WHY) == set(honesty.READERS_ARE_TOLD) == set(Finding)


def test_an_error_is_never_called_a_clarification():
    """Scenario 9."""
    # When
    sentence = honesty.refusal(F.INACCURATE, R.CLARIFICATION, REASON)
    # Then
    assert sentence is not None
    assert "correction" in sentence


@pytest.mark.parametrize("finding", [f for f in Finding if R.NO_CHANGE in TABLE[f]])
@pytest.mark.parametrize("reason", ["", "   ", "No.", "We checked it."])
def test_changing_nothing_needs_a_reason_of_a_sentence(finding, reason):
    assert honesty.refusal(finding, R.NO_CHANGE, reason) is not None


@pytest.mark.parametrize(("finding", "remedy"), CELLS)
def test_a_remedy_that_tells_readers_needs_no_second_reason(finding, remedy):
    if remedy in TABLE[finding] and remedy != R.NO_CHANGE:
        assert honesty.refusal(finding, remedy, "") is None
