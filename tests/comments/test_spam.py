"""The question about a comment."""

from hypothesis import given
from hypothesis import strategies as st

from comments.spam import Evidence

TEXTS = st.text(max_size=40)
EVIDENCE = st.builds(
    Evidence,
    content=TEXTS,
    author=TEXTS,
    context=st.lists(TEXTS, max_size=3).map(tuple),
)


@given(EVIDENCE)
def test_what_was_stored_comes_back_as_it_was(evidence: Evidence) -> None:
    assert Evidence.from_json(evidence.to_json()) == evidence
