"""Curves as an SVG picture, one panel each, without a plotting library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

__all__ = ["Curve", "plot"]

_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 420, 260, 60, 40, 60


@dataclass(frozen=True, slots=True)
class Curve:
    """A name and the points (x, y) of a curve, in the order of x."""

    name: str
    points: Sequence[tuple[float, float]]


def plot(curves: Sequence[Curve], *, across: str, columns: int | None = None) -> str:
    """Panels side by side, or in rows of so many, each from zero, with its highest and last values written."""
    columns = max(1, min(len(curves), columns or len(curves)))
    width, height = columns * (_WIDTH + _LEFT + _GAP), -(-len(curves) // columns) * (_HEIGHT + 100)
    panels = "".join(
        f'<g transform="translate({n % columns * (_WIDTH + _LEFT + _GAP)},{n // columns * (_HEIGHT + 100)})">'
        f"{_panel(curve, _LEFT, across)}</g>"
        for n, curve in enumerate(curves)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="13" role="img"><title>{escape("; ".join(c.name for c in curves))}</title>'
        f'<rect width="100%" height="100%" fill="white"/>{panels}</svg>\n'
    )


def _panel(curve: Curve, left: float, across: str) -> str:
    wide, high = max(x for x, _ in curve.points), max(y for _, y in curve.points) * 1.1 or 1

    def at(x: float, y: float) -> tuple[float, float]:
        return round(left + _WIDTH * x / wide, 1), round(_TOP + _HEIGHT * (1 - y / high), 1)

    digits = 0 if high >= 10 else 2
    line = " ".join("{},{}".format(*at(x, y)) for x, y in curve.points)
    dots = "".join('<circle cx="{}" cy="{}" r="3"/>'.format(*at(x, y)) for x, y in curve.points)
    ticks = "".join(
        f'<text x="{left - 6}" y="{at(0, high * part)[1] + 4}" text-anchor="end">{high * part:,.{digits}f}</text>'
        f'<line x1="{left}" x2="{left + _WIDTH}" y1="{at(0, high * part)[1]}" y2="{at(0, high * part)[1]}" '
        f'stroke="#ddd"/>'
        for part in (0, 0.25, 0.5, 0.75, 1)
    )
    below = "".join(
        f'<text x="{at(wide * part, 0)[0]}" y="{_TOP + _HEIGHT + 18}" text-anchor="middle">{wide * part:,.0f}</text>'
        for part in (0, 0.5, 1)
    )
    return (
        f'{ticks}{below}<g fill="#246" stroke="#246"><polyline points="{line}" fill="none" stroke-width="2"/>{dots}</g>'
        f'<text x="{left}" y="{_TOP - 14}" font-weight="bold">{escape(curve.name)}</text>'
        f'<text x="{left + _WIDTH / 2}" y="{_TOP + _HEIGHT + 40}" text-anchor="middle">{escape(across)}</text>'
    )
