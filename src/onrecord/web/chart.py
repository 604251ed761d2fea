"""A series of figures as a drawing: time across, numbers up, one form of mark for each who counts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.reconcile.series import Point, Series, Subject
from onrecord.view.conventions import Estimate
from onrecord.web.drawing import plain, ticks
from onrecord.web.words import day, entry_path

__all__ = ["FORMS", "Chart", "Dot", "Drawn", "chart"]

#: How many series are drawn; each has a form and a dash of its own in the style sheet.
MOST = 8
#: The forms of the marks, around (0, 0), in the order of the series.
FORMS = (
    "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z", "M-4.6-4.6H4.6V4.6H-4.6Z", "M0-6L5.6 4.4H-5.6Z",
    "M0-6.4L5.2 0L0 6.4L-5.2 0Z", "M0 6L5.6-4.4H-5.6Z", "M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z",
    "M-6-3.4V3.4L0 6.8L6 3.4V-3.4L0-6.8Z",
    "M-5.6-5.6L0-2L5.6-5.6L2 0L5.6 5.6L0 2L-5.6 5.6L-2 0Z",
)  # fmt: skip
#: Units of the drawing: its size, and where the plot lies in it.
WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 1000.0, 400.0, 74.0, 740.0, 24.0, 350.0
#: How far the labels of two lines lie apart.
_APART = 20.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A number in the plot.

    Attributes:
        marks: where its stated bounds lie; two for a range.
        rising, falling: it has no upper or no lower bound.
        says: in words; `address` of its entry.
    """

    x: float
    marks: tuple[float, ...]
    rising: bool
    falling: bool
    says: str
    address: str

    @property
    def y(self) -> float:
        """Where the line passes: the first of its bounds."""
        return self.marks[0]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A series in the plot: its number from 0, its name where its line ends, its line as a path, and its dots."""

    number: int
    by: str
    path: str
    dots: tuple[Dot, ...]
    label: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing.

    Attributes:
        up, across: the ticks, each with its place and its words.
        conflicts: lines between numbers of one day that cannot both hold: x, and y of both ends.
        band: upper and lower end, and the line, of an estimate by a rule that a person named; None without one.
        left_out: what is not drawn, in words.
    """

    up: tuple[tuple[float, str], ...]
    across: tuple[tuple[float, str], ...]
    series: tuple[Drawn, ...]
    conflicts: tuple[tuple[float, float, float], ...]
    band: tuple[float | None, float | None, float | None] | None
    left_out: tuple[str, ...]


def chart(subject: Subject, *, log: bool = False, estimate: Estimate | None = None) -> Chart | None:
    """The drawing of a subject; None if no number has both a bound and a date.

    Args:
        log: a logarithmic axis from 1; else the axis begins at zero.
        estimate: what a rule makes of the subject.
    """
    drawn = subject.series[:MOST]
    points = [point for one in drawn for point in one.points if _is_placed(point)]
    if not points:
        return None
    scale = _Scale(points, log=log)
    made = [_drawn(n, one, scale) for n, one in enumerate(drawn)]
    ends = _apart([one.dots[-1].y for one in made if one.dots])
    labels = iter(ends)
    series = tuple(
        Drawn(one.number, one.by, one.path, one.dots, (RIGHT + 16, next(labels))) for one in made if one.dots
    )
    where = {_name(point): (scale.x(point), scale.y(_bounds(point)[0])) for point in points}
    clashing = [(where[flag.a], where[flag.b]) for flag in subject.flags
                if flag.kind == "conflict" and flag.a in where and flag.b in where]  # fmt: skip
    conflicts = tuple((a[0], a[1], b[1]) for a, b in clashing if a[0] == b[0])
    undated = sum(not _is_placed(point) for one in drawn for point in one.points)
    left_out = [f"{undated} without a date or a bound"] * bool(undated)
    left_out += [f"{len(subject.series) - MOST} more who count"] * (len(subject.series) > MOST)
    numbers = None if estimate is None else (estimate.high, estimate.low, estimate.best)
    band = None if numbers is None or not any(n is not None for n in numbers) else tuple(
        None if n is None else scale.y(n) for n in numbers)  # fmt: skip
    assert band is None or len(band) == 3  # noqa: S101 - for the type checker
    return Chart(scale.up, scale.across, series, conflicts, band, tuple(left_out))


def _is_placed(point: Point) -> bool:
    return point.day is not None and bool(_bounds(point))


def _bounds(point: Point) -> tuple[float, ...]:
    """The stated bounds, the lower first."""
    return tuple(dict.fromkeys(n for n in (point.low, point.high) if n is not None))


def _name(point: Point) -> tuple[str, str]:
    return point.report, point.entry


class _Scale:
    """Where days and numbers lie in the plot."""

    def __init__(self, points: Sequence[Point], *, log: bool) -> None:
        self._log = log
        days = [date.fromisoformat(point.day).toordinal() for point in points if point.day is not None]
        self._first, self._last = min(days), max(days)
        marks = ticks(max(n for point in points for n in _bounds(point)), log=log)
        self._most = marks[-1]
        self.up = tuple((self.y(n), f"{n:,.0f}") for n in marks)
        self.across = tuple(self._across())

    def x(self, point: Point) -> float:
        assert point.day is not None  # noqa: S101 - only those with a day are placed
        return self._at(date.fromisoformat(point.day).toordinal())

    def y(self, number: float) -> float:
        share = number / self._most
        if self._log:
            share = math.log10(max(number, 1)) / math.log10(self._most)
        return round(FOOT - (FOOT - TOP) * min(share, 1.04), 1)

    def _at(self, ordinal: int) -> float:
        span = self._last - self._first
        inset = 30
        share = (ordinal - self._first) / span if span else 0.5
        return round(LEFT + inset + (RIGHT - LEFT - 2 * inset) * share, 1)

    def _across(self) -> Iterator[tuple[float, str]]:
        """Up to six days, as evenly as whole days allow."""
        parts = min(5, self._last - self._first)
        days = {self._first + round((self._last - self._first) * n / max(parts, 1)) for n in range(parts + 1)}
        years = {date.fromordinal(n).year for n in days}
        for n, ordinal in enumerate(sorted(days)):
            here = date.fromordinal(ordinal)
            yield self._at(ordinal), f"{here.day} {here:%b}" + (f" {here.year}" if not n or len(years) > 1 else "")


def _drawn(number: int, one: Series, scale: _Scale) -> Drawn:
    dots = tuple(
        Dot(
            scale.x(point), tuple(scale.y(n) for n in _bounds(point)), point.high is None, point.low is None,
            plain(f"{one.by}: {point.words}, {day(point.day)}, in {point.publisher or point.report}"),
            entry_path(point.report, point.entry),
        )
        for point in one.points if _is_placed(point)
    )  # fmt: skip
    path = "".join(f"M{dot.x} {dot.y}" if n == 0 else f"H{dot.x}V{dot.y}" for n, dot in enumerate(dots))
    who = one.by if one.teller == "claimant" else f"{one.by} ({'own voice' if one.teller == 'outlet' else 'nobody’s'})"
    return Drawn(number, plain(who, 26), path, dots, (0.0, 0.0))


def _apart(heights: Sequence[float]) -> list[float]:
    """The heights of labels, so that no two lie on each other."""
    placed: dict[int, float] = {}
    last = -math.inf
    for n in sorted(range(len(heights)), key=lambda n: (heights[n], n)):
        last = placed[n] = max(heights[n], last + _APART)
    over = max(0.0, last - FOOT)
    return [round(placed[n] - over, 1) for n in range(len(heights))]
