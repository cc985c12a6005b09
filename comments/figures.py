"""The numbers of moderating as plots, each with a sentence for those who do not see it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments import plots
from comments.numbers import Week
from comments.plots import Values

Words = Callable[[float], str]
HOUR, DAY = 3_600, 86_400


@dataclass(frozen=True)
class Figure:
    """A plot with what stands around it; without `svg` there is nothing to draw."""

    title: str
    svg: SafeString | None
    top: str = ""
    legend: tuple[str, ...] = ()


def figures(weeks: Sequence[Week]) -> list[Figure]:
    """All plots of the page, in its order."""
    waits = [
        [_seconds(week.waited_median) for week in weeks],
        [_seconds(week.waited_p90) for week in weeks],
    ]
    legend = (_("Half waited no longer"), _("Nine in ten waited no longer"))
    return [
        _bars(_("Comments received"), [week.received for week in weeks], _count),
        _lines(_("How long held comments waited for a person"), waits, _span, legend=legend),
        _shares(_("Held comments that were fine"), [week.fine for week in weeks]),
        _shares(_("Decisions that were undone"), [week.undone for week in weeks]),
        _bars(_("Spam caught"), [week.spam for week in weeks], _count),
    ]


def in_words(duration: timedelta) -> str:
    """A duration as people say it, in one unit."""
    seconds = duration.total_seconds()
    if seconds < 60:
        return ngettext("%(n)d second", "%(n)d seconds", int(seconds)) % {"n": int(seconds)}
    if seconds < HOUR:
        minutes = int(seconds // 60)
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if seconds < 2 * DAY:
        return _("%(n)s hours") % {"n": number_format(seconds / HOUR, 1)}
    return _("%(n)s days") % {"n": number_format(seconds / DAY, 1)}


def percent(share: float) -> str:
    return _("%(n)d %%") % {"n": round(share * 100)}


def _bars(title: str, values: Values, words: Words) -> Figure:
    if not any(values):
        return Figure(title, None)
    top = plots.ceiling(values)
    return Figure(title, plots.bars(values, summary=_summary(title, values, words)), words(top))


def _lines(
    title: str, series: Sequence[Values], words: Words, *, legend: tuple[str, ...]
) -> Figure:
    if all(value is None for values in series for value in values):
        return Figure(title, None)
    told = [_summary(label, one, words) for label, one in zip(legend, series, strict=True)]
    summary = f"{title}. {' '.join(told)}"
    top = plots.ceiling(value for values in series for value in values)
    return Figure(title, plots.lines(series, summary=summary), words(top), legend)


def _shares(title: str, values: Values) -> Figure:
    if all(value is None for value in values):
        return Figure(title, None)
    summary = _summary(title, values, percent)
    return Figure(title, plots.bars(values, summary=summary, top=1.0), percent(1.0))


def _summary(title: str, values: Values, words: Words) -> str:
    known = [value for value in values if value is not None]
    facts = {"title": title, "least": words(min(known)), "most": words(max(known))}
    last = values[-1]
    if last is None:
        return _("%(title)s, by week: from %(least)s to %(most)s; this week no data.") % facts
    facts["last"] = words(last)
    return _("%(title)s, by week: from %(least)s to %(most)s; this week %(last)s.") % facts


def _seconds(duration: timedelta | None) -> float | None:
    return None if duration is None else duration.total_seconds()


def _span(seconds: float) -> str:
    return in_words(timedelta(seconds=seconds))


def _count(number: float) -> str:
    return number_format(int(number), 0)
