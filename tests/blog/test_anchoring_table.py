"""A small part of `make bench-anchoring`: the same edits each time, with the truth about each."""

import pytest

from bench.anchoring import judge, measure
from bench.edits import KINDS, Edit
from blog.anchoring import Carried

FEW = 4


@pytest.fixture(scope="module")
def tallies():
    return measure(FEW)


@pytest.mark.parametrize("kind", KINDS)
def test_after_an_edit_no_mark_is_on_other_words_and_none_is_lost(tallies, kind):
    found = tallies[kind]
    assert (found.right, found.lost, found.wrong) == (FEW, 0, 0)


def test_the_table_knows_right_from_wrong():
    # Given
    stays = Edit("One. ", "Two.", " Three.", "Zero. One. ", "Two.", " Three.")
    goes = Edit("One. ", "Two.", " Three.", "One. ", "", "Three.", must="go")
    either = Edit("One. ", "Two.", " Three.", "One. ", "Six.", " Three.", must="either")
    lost = Carried(1, None, None, "orphan")
    # Then
    assert [judge(one, lost) for one in (stays, goes, either)] == ["lost", "right", "right"]
    assert judge(stays, Carried(1, 11, 15, "exact")) == "right"
    assert judge(stays, Carried(1, 0, 4, "exact")) == "wrong"
    assert judge(stays, Carried(1, 5, 15, "changed")) == "wrong"
    assert judge(goes, Carried(1, 5, 11, "changed")) == "wrong"
    assert judge(either, Carried(1, 5, 9, "changed")) == "right"
