"""Small plots drawn on the server: numbers in, SVG out, the same for the same numbers.

A plot has no words in it but the sentence that sums it up; labels and legends are HTML around it.
It is stretched to the room there is, and all colours come from style sheets. A missing value is a
gap, never a zero.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 1000, 200
GAP = 0.25  # of the room of one bar
LEAST = 3  # so that a zero is seen, and told from a gap
Values = Sequence[float | None]


def ceiling(values: Iterable[float | None]) -> float:
    """The highest value, which a plot ends at; 0.0 when there is none."""
    return max((value for value in values if value is not None), default=0.0)


def bars(values: Values, *, summary: str, top: float | None = None) -> SafeString:
    """One bar for each value; all stand on the lower edge, the highest reaches `top`."""
    top = top or ceiling(values)
    room = WIDTH / max(len(values), 1)
    heights = [None if value is None else max(_height(value, top), LEAST) for value in values]
    drawn = (
        (
            _number(place * room + room * GAP / 2),
            _number(HEIGHT - height),
            _number(room * (1 - GAP)),
            _number(height),
        )
        for place, height in enumerate(heights)
        if height is not None
    )
    rects = format_html_join(
        "", '<rect class="plot__bar" x="{}" y="{}" width="{}" height="{}"/>', drawn
    )
    return _svg(rects, summary)


def lines(series: Sequence[Values], *, summary: str, top: float | None = None) -> SafeString:
    """One line for each series, in order `data-series="1"`, "2" …; a gap breaks a line."""
    top = top or ceiling(value for values in series for value in values)
    paths = format_html_join(
        "",
        '<path class="plot__line" data-series="{}" d="{}"/>',
        ((number, _path(values, top)) for number, values in enumerate(series, start=1)),
    )
    return _svg(paths, summary)


def _path(values: Values, top: float) -> str:
    """Line segments; a value alone is a stroke of no length, which a round cap makes a dot."""
    room = WIDTH / max(len(values), 1)
    points = [
        None if value is None else ((place + 0.5) * room, HEIGHT - _height(value, top))
        for place, value in enumerate(values)
    ]
    runs = [list(run) for known, run in groupby(points, key=bool) if known]
    return " ".join(_run([point for point in run if point]) for run in runs)


def _run(points: list[tuple[float, float]]) -> str:
    first, *others = [f"{_number(x)} {_number(y)}" for x, y in points]
    return f"M{first}" + "".join(f"L{point}" for point in others or [first])


def _height(value: float, top: float) -> float:
    return min(max(value, 0.0) / top, 1.0) * HEIGHT if top > 0 else 0.0


def _number(value: float) -> str:
    """As SVG reads it, whatever the language of the page."""
    return f"{value:.2f}"


def _svg(inside: SafeString, summary: str) -> SafeString:
    return format_html(
        '<svg class="plot__svg" role="img" aria-label="{}" viewBox="0 0 {} {}"'
        ' preserveAspectRatio="none" focusable="false">{}</svg>',
        summary,
        WIDTH,
        HEIGHT,
        inside,
    )
