"""How many moments stand in each year, month or day, as bars; what is wider than a bar lies across as a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onrecord.view.calendar import Bar, Calendar, Spell
from onrecord.web.addresses import Choice
from onrecord.web.drawing import ticks
from onrecord.web.words import stated

__all__ = ["Across", "Column", "Drawing", "histogram", "zoomed_out"]

#: Units of the drawing: its width, where the bars lie in it, how high a line is, and how many lines there are at most.
WIDTH, LEFT, TOP, FOOT, LINE, MOST = 1000.0, 56.0, 22.0, 210.0, 15.0, 8


@dataclass(frozen=True, slots=True)
class Column:
    """A bar: its corner and size, whether there are more moments than it shows, what it says, its address and name.

    Attributes:
        is_named: its name stands below it; not each has room for one.
    """

    x: float
    y: float
    width: float
    height: float
    more: bool
    says: str
    name: str
    is_named: bool
    address: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class Across:
    """A stated time that is wider than a bar: from where to where it lies, open where it goes on outside."""

    x: float
    width: float
    y: float
    before: bool
    after: bool
    says: str
    address: str
    spell: Spell


@dataclass(frozen=True, slots=True)
class Drawing:
    """Bars, lines, ticks, and the height of all."""

    columns: tuple[Column, ...]
    across: tuple[Across, ...]
    up: tuple[tuple[float, str], ...]
    height: float
    foot: float = FOOT


def histogram(counted: Calendar, asked: Choice) -> Drawing | None:
    """The drawing of a calendar; None if it has nothing in it."""
    bars = counted.bars
    if not any(bar.moments or bar.more for bar in bars) and not counted.spells:
        return None
    marks = ticks(max((bar.moments for bar in bars), default=1) or 1)
    step = (WIDTH - LEFT) / max(len(bars), 1)
    width = min(step * 0.78, 60)
    every = max(1, -(-len(bars) * 52 // int(WIDTH - LEFT))) if counted.width != "day" else max(1, len(bars) // 16)
    columns = []
    for n, bar in enumerate(bars):
        high = (FOOT - TOP) * bar.moments / marks[-1]
        says = f"{stated(bar.period)}: {bar.moments:,}{' or more' if bar.more else ''}"
        columns.append(Column(
            round(LEFT + n * step + (step - width) / 2, 1), round(FOOT - high, 1), round(width, 1), round(high, 1),
            bar.more, says, _short(bar.period, counted.width), n % every == 0,
            asked.to(from_=bar.period, to=bar.period, time=None), bar,
        ))  # fmt: skip
    across = tuple(_across(counted, asked, step))
    up = tuple((round(FOOT - (FOOT - TOP) * n / marks[-1], 1), f"{n:,}") for n in marks)
    return Drawing(tuple(columns), across, up, FOOT + 34 + LINE * len(across))


def _short(period: str, width: str) -> str:
    if width == "year":
        return period
    if width == "month":
        return f"{date.fromisoformat(period + '-01'):%b}"
    return str(int(period[8:]))


def _across(counted: Calendar, asked: Choice, step: float) -> Iterator[Across]:
    names = [bar.period for bar in counted.bars]
    if not names:
        return
    length = len(names[0])
    for n, spell in enumerate(sorted(counted.spells, key=lambda one: -one.moments)[:MOST]):
        first, last = (one.isoformat()[:length] for one in (spell.stretch.first, spell.stretch.last))
        inside = [k for k, name in enumerate(names) if first <= name <= last]
        if not inside:
            continue
        x = LEFT + inside[0] * step
        yield Across(
            round(x + 2, 1), round((inside[-1] - inside[0] + 1) * step - 4, 1), FOOT + 34 + LINE * n, first < names[0],
            last > names[-1], f"{stated(spell.value)}: {spell.moments:,}", asked.to(time=spell.value), spell,
        )  # fmt: skip


def zoomed_out(asked: Choice) -> tuple[tuple[str, str], ...]:
    """The way out of a day: its month, its year, all years; each a name and an address."""
    since = asked["from"]
    made = [("All years", asked.to(from_=None, to=None, time=None))]
    if since and since[:4] == (asked["to"] or since)[:4]:
        made += [
            (stated(since[:n]), asked.to(from_=since[:n], to=since[:n], time=None))
            for n in (4, 7, 10)
            if len(since) >= n
        ]
    return tuple(made)
