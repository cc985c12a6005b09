"""Where a comment stands in its thread."""

from hypothesis import given
from hypothesis import strategies as st

from comments.paths import LEVELS, WIDTH, ancestors, place_under, step, steps

IDS = st.integers(min_value=1, max_value=2**31 - 1)
CHAINS = st.lists(IDS, min_size=1, max_size=LEVELS)


@given(IDS, IDS)
def test_steps_sort_as_the_numbers_do(one: int, other: int) -> None:
    assert (step(one) < step(other)) == (one < other)


@given(CHAINS)
def test_a_path_gives_its_ids_back(chain: list[int]) -> None:
    assert steps("".join(map(step, chain))) == chain


@given(CHAINS)
def test_ancestors_are_all_paths_above(chain: list[int]) -> None:
    path = "".join(map(step, chain))
    assert [steps(above) for above in ancestors(path)] == [
        chain[:end] for end in range(1, len(chain))
    ]


@given(CHAINS)
def test_a_reply_never_stands_deeper_than_the_last_level(chain: list[int]) -> None:
    assert len(place_under("".join(map(step, chain)))) <= WIDTH * (LEVELS - 1)
