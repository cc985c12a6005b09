"""Plots: the same numbers give the same picture, which nothing can break."""

from xml.etree import ElementTree as ET

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from comments.plots import HEIGHT, WIDTH, bars, ceiling, lines

known = st.floats(min_value=0, max_value=1e9)
values = st.lists(st.none() | known, max_size=60)
sentences = st.text(st.characters(exclude_categories=("C",)), max_size=50)


def drawn(svg: str, name: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(name))


def measure(rect: ET.Element) -> tuple[float, float, float, float]:
    x, y, width, height = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
    return x, y, width, height


@given(values, sentences)
def test_every_known_value_is_a_bar_in_its_place_and_nothing_else_is(
    shown: list[float | None], summary: str
) -> None:
    rects = [measure(rect) for rect in drawn(bars(shown, summary=summary), "rect")]
    places = [place for place, value in enumerate(shown) if value is not None]
    assert [int(x / (WIDTH / len(shown))) for x, _y, _width, _height in rects] == places


@given(values)
def test_bars_stand_on_the_edge_and_stay_inside_and_apart(shown: list[float | None]) -> None:
    rects = [measure(rect) for rect in drawn(bars(shown, summary=""), "rect")]
    for x, y, width, height in rects:
        assert y + height == pytest.approx(HEIGHT, abs=0.02)
        assert x >= 0
        assert width > 0
        assert x + width <= WIDTH
        assert 0 <= y <= HEIGHT
    ends = [x + width for x, _y, width, _height in rects]
    assert all(end < x for end, (x, *_rest) in zip(ends, rects[1:], strict=False))


@given(values)
def test_more_is_never_lower_and_the_most_reaches_the_top(shown: list[float | None]) -> None:
    heights = [measure(rect)[3] for rect in drawn(bars(shown, summary=""), "rect")]
    told = sorted(
        zip((value for value in shown if value is not None), heights, strict=True),
        key=lambda pair: pair[0],
    )
    assert [height for _value, height in told] == sorted(heights)
    if told and told[-1][0] > 0:
        assert told[-1][1] == pytest.approx(HEIGHT, abs=0.02)


@given(st.lists(values, min_size=1, max_size=3))
def test_a_gap_breaks_a_line_and_is_never_a_zero(series: list[list[float | None]]) -> None:
    paths = drawn(lines(series, summary=""), "path")
    assert [path.attrib["data-series"] for path in paths] == [
        str(number) for number in range(1, len(series) + 1)
    ]
    for path, shown in zip(paths, series, strict=True):
        gone = [value is None for value in shown]
        runs = sum(now and not next_ for now, next_ in zip([True, *gone], gone, strict=False))
        assert path.attrib["d"].count("M") == runs


@given(st.lists(known, min_size=2, max_size=60))
def test_a_line_goes_from_left_to_right_inside(shown: list[float]) -> None:
    [path] = drawn(lines([shown], summary=""), "path")
    points = [
        [float(number) for number in point.split()] for point in path.attrib["d"][1:].split("L")
    ]
    assert len(points) == len(shown)
    assert points == sorted(points, key=lambda point: point[0])
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)


@given(sentences, values)
def test_a_plot_is_a_picture_with_its_sentence_and_no_style(
    summary: str, shown: list[float | None]
) -> None:
    for svg in (bars(shown, summary=summary), lines([shown], summary=summary)):
        root = ET.fromstring(svg)
        spoken = " ".join(summary.split())
        assert (root.attrib["role"], " ".join(root.attrib["aria-label"].split())) == ("img", spoken)
        assert not any("style" in part.attrib for part in root.iter())


def test_a_value_alone_is_a_dot() -> None:
    [path] = drawn(lines([[None, 2.0, None]], summary=""), "path")
    assert path.attrib["d"] == "M500.00 0.00L500.00 0.00"


def test_a_zero_is_a_thin_bar_and_told_from_a_gap() -> None:
    [zero, full] = drawn(bars([0.0, None, 5.0], summary=""), "rect")
    assert 0 < measure(zero)[3] < HEIGHT / 50
    assert measure(full)[3] == HEIGHT


def test_with_a_top_of_its_own_the_most_stays_below() -> None:
    [rect] = drawn(bars([0.5], summary="", top=1.0), "rect")
    assert measure(rect)[3] == HEIGHT / 2


def test_nothing_is_a_picture_of_nothing() -> None:
    assert ceiling([]) == ceiling([None]) == 0.0
    assert drawn(bars([], summary="No data."), "rect") == []
    assert drawn(lines([[]], summary="No data."), "path")[0].attrib["d"] == ""


@pytest.mark.parametrize("language", ["de", "fr"])
def test_numbers_are_written_for_machines_in_every_language(language: str) -> None:
    with translation.override(language):
        [rect] = drawn(bars([1234.5], summary=""), "rect")
        assert measure(rect)[3] == HEIGHT
