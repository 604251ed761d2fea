"""A plot of series of figures as one SVG file: a step line a claimant, bars for ranges, arrows for open bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from xml.sax.saxutils import escape

from onrecord.reconcile.series import Point, Series, Subject

__all__ = ["MOST", "svg"]

#: How many subjects, and how many series of each, are drawn.
MOST, MOST_SERIES = 12, 8
#: Pixels: the whole width, that of the plot, its height, and where it begins.
WIDTH, PLOT, HEIGHT, LEFT, TOP = 860, 520, 150, 70, 34
#: Colours that people with a colour vision deficiency tell apart (Okabe and Ito, 2008).
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#999999")
#: Pixels from the foot of one plot to the head of the next.
_GAP = 46


def svg(subjects: Iterable[Subject]) -> str:
    """The subjects as plots one under another; numbers without a date are not drawn, and the plot says how many.

    Example:
        >>> svg([]).startswith("<svg")
        True
    """
    chosen = list(subjects)[:MOST]
    parts: list[str] = []
    y = 10
    for subject in chosen:
        parts += _plot(subject, y)
        y += TOP + max(HEIGHT, 18 * min(len(subject.series), MOST_SERIES + 1)) + _GAP
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {max(y, 20)}" width="{WIDTH}" '
        f'height="{max(y, 20)}" font-family="sans-serif" font-size="12" role="img">'
    )
    ground = '<rect width="100%" height="100%" fill="#ffffff"/>'
    return "\n".join([head, "<title>Figures by claimant over time</title>", ground, *parts, "</svg>", ""])


def title(subject: Subject) -> str:
    """What a subject counts, in one line."""
    counted = subject.unit + (f" ({subject.of})" if subject.of else "")
    when = f"since {subject.since}" if subject.since else subject.within or (subject.happened or ("",))[0]
    return " · ".join(part for part in (counted, subject.place or "", when) if part)


def _plot(subject: Subject, y: int) -> Iterator[str]:
    drawn = subject.series[:MOST_SERIES]
    points = [p for one in drawn for p in one.points if p.day is not None]
    yield _text(title(subject), 10, y + 16, bold=True)
    undated = sum(len(one.points) for one in drawn) - len(points)
    left_out = [f"{undated} without a date"] * bool(undated)
    left_out += [f"{len(subject.series) - len(drawn)} more series"] * (len(subject.series) > len(drawn))
    if not points:
        yield _text("no number has a date", LEFT, y + TOP + 20)
        return
    scale = _Scale(points, y + TOP)
    yield from scale.axes()
    for number, one in enumerate(drawn):
        colour = _COLOURS[number]
        yield from _line(one, scale, colour)
        legend = y + TOP + 12 + 18 * number
        yield f'<circle cx="{LEFT + PLOT + 24}" cy="{legend - 4}" r="4" fill="{colour}"/>'
        yield _text(one.by[:40] + ("" if one.teller == "claimant" else " (no claimant)"), LEFT + PLOT + 34, legend)
    if left_out:
        yield _text(f"not drawn: {', '.join(left_out)}", LEFT, y + TOP + HEIGHT + 34)


class _Scale:
    """Where days and numbers lie in the plot."""

    def __init__(self, points: list[Point], top: int) -> None:
        self._top = top
        days = [date.fromisoformat(p.day) for p in points if p.day is not None]
        self._first, self._last = min(days), max(days)
        self._most = max((n for p in points for n in (p.low, p.high) if n is not None), default=1.0) * 1.15 or 1.0

    def x(self, day: str) -> float:
        span = max((self._last - self._first).days, 1)
        return round(LEFT + 14 + (PLOT - 28) * (date.fromisoformat(day) - self._first).days / span, 1)

    def y(self, number: float) -> float:
        return round(self._top + HEIGHT * (1 - number / self._most), 1)

    def axes(self) -> Iterator[str]:
        foot = self._top + HEIGHT
        yield f'<path d="M{LEFT} {self._top}V{foot}H{LEFT + PLOT}" fill="none" stroke="#888888"/>'
        for share in (0.0, 0.5, 1.0):
            number = self._most / 1.15 * share
            yield _text(
                f"{number:,.4g}" if number < 10000 else f"{number:,.0f}", LEFT - 6, self.y(number) + 4, end=True
            )
        yield _text(self._first.isoformat(), LEFT, foot + 16)
        if self._last != self._first:
            yield _text(self._last.isoformat(), LEFT + PLOT, foot + 16, end=True)


def _line(one: Series, scale: _Scale, colour: str) -> Iterator[str]:
    placed = [
        (scale.x(p.day), scale.y(n), p) for p in one.points if p.day is not None and (n := _number(p)) is not None
    ]
    path = "".join(f"M{x} {y}" if place == 0 else f"H{x}V{y}" for place, (x, y, _) in enumerate(placed))
    if len(placed) > 1:
        yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>'
    for x, y, point in placed:
        yield f'<g stroke="{colour}" fill="{colour}"><title>{escape(_told(one, point))}</title>'
        yield f'<circle cx="{x}" cy="{y}" r="3.5" stroke="none"/>'
        if point.low is None or point.high is None:
            end = y + 16 if point.low is None else y - 16
            back = end - 5 if point.low is None else end + 5
            yield f'<path d="M{x} {y}V{end}M{x - 4} {back}L{x} {end}L{x + 4} {back}" fill="none" stroke-width="1.5"/>'
        elif point.low != point.high:
            yield f'<path d="M{x} {scale.y(point.low)}V{scale.y(point.high)}" stroke-width="6" stroke-opacity="0.4"/>'
        yield "</g>"


def _number(point: Point) -> float | None:
    return point.low if point.low is not None else point.high


def _told(one: Series, point: Point) -> str:
    return f"{one.by}: {point.words}, {point.day}, {point.publisher or point.report}"


def _text(words: str, x: float, y: float, *, bold: bool = False, end: bool = False) -> str:
    extra = ' font-weight="bold"' * bold + ' text-anchor="end"' * end
    plain = "".join(c if c.isprintable() else " " for c in words)
    return f'<text x="{x}" y="{y}"{extra}>{escape(plain)}</text>'
