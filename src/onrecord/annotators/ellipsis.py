"""Numbers whose noun stands before them: "42 missiles ... 33 of them", "put the number at 900"."""

from __future__ import annotations

import re

from onrecord.annotators.clause import Clause
from onrecord.annotators.counted import Counted
from onrecord.model import Unit

__all__ = ["completed", "of_whole", "opens_whole"]

#: Right before a number that says how many of what was counted before.
_PUT = re.compile(
    r"(?:\b(?:number|figure|strength|total|toll|count|force)s?\b[^.;\d]{0,30}\b(?:at|to|as|was|were|is|stood at)"
    r"|\b(?:put|puts|putting|placed|places|estimated|estimates|counted)\b[^.;\d]{0,30}\b(?:at|to be)"
    r"|\bthere (?:were|are|had been|have been|would be)|\b(?:up|down) from)\s{0,3}$",
    re.IGNORECASE,
)
_AT_TOO = re.compile(r"\b(?:and|then|later) at\s{0,3}$", re.IGNORECASE)
#: "600 were arrested in the north and 90 in the south"
_AND = re.compile(r"(?:\band|,)\s{0,3}$", re.IGNORECASE)
_THERE = re.compile(r"\s{1,3}(?:in|near|at|outside|around) (?:the )?\w", re.IGNORECASE)
_OF_THEM = re.compile(r"\s{1,3}of\s{1,3}(?:them|these|those|which|whom)\b", re.IGNORECASE)
_OF_THE = re.compile(r"(?:^|[.!?]\s{1,3}|\n\s{0,8})of (?:the|its|their|these|those) (?:\w+ )?$", re.IGNORECASE)
_ENDS = re.compile(r"\s{0,3}(?:[.,;:)!?]|(?:in|at|on|by|as|early|late|a|the|last|this|there)\b|$)", re.IGNORECASE)
#: How far back, in code points, the noun may stand.
_REACH = 600
_BEFORE = 80


def completed(items: list[tuple[Counted, Unit | None]], clause: Clause) -> list[tuple[Counted, Unit | None]]:
    """The same, where a number without a noun has the unit of the figure before it that it tells more of.

    Both must stand in one paragraph. A number that the words do not tie to another stays without a unit.
    """
    out: list[tuple[Counted, Unit | None]] = []
    last: tuple[Counted, Unit] | None = None
    elliptical = False
    for item, unit in items:
        own = unit
        if unit is None and last is not None and _near(last[0], item, clause):
            tied = _tied(item, clause) or (elliptical and _AT_TOO.search(_before(item, clause)) is not None)
            if tied or _gapped(last[0], item, clause) or of_whole(last[0], item, clause):
                unit = last[1]
        elliptical = own is None and unit is not None
        if unit is not None:
            last = item, unit
        out.append((item, unit))
    return out


def of_whole(whole: Counted, part: Counted, clause: Clause) -> bool:
    """Whether two numbers are a whole and its part as in "Of the 19 ships on their way, 16 had turned back"."""
    if part.head is not None or not opens_whole(whole, clause):
        return False
    between = clause.text[whole.number.span[1] : part.number.span[0]]
    return between.rstrip().endswith(",") and not re.search(r"[.;!?]", between)


def opens_whole(item: Counted, clause: Clause) -> bool:
    """Whether a sentence opens with a number as the whole of what follows: "Of the 19 ships on their way,"."""
    return _OF_THE.search(_before(item, clause)) is not None


def _tied(item: Counted, clause: Clause) -> bool:
    after = clause.text[item.number.span[1] : item.number.span[1] + 20]
    if item.head is not None or item.base is not None or item.number.article:
        return False
    if _OF_THEM.match(after):
        return True
    return _PUT.search(_before(item, clause)) is not None and _ENDS.match(after) is not None


def _gapped(left: Counted, right: Counted, clause: Clause) -> bool:
    """Whether two numbers share their noun and verb, and differ in where: "600 in the north and 90 in the south"."""
    if right.head is not None or right.number.article or right.number.core[0] - left.number.core[1] > _BEFORE:
        return False
    between = clause.text[left.number.span[1] : right.number.span[0]]
    there = _THERE.match(clause.text, right.number.span[1], right.number.span[1] + 24)
    return bool(there and _AND.search(between) and _THERE.search(between)) and not re.search(r"[.;!?]", between)


def _before(item: Counted, clause: Clause) -> str:
    start = item.number.span[0]
    return clause.text[max(0, start - _BEFORE) : start]


def _near(left: Counted, right: Counted, clause: Clause) -> bool:
    start, end = left.number.span[1], right.number.span[0]
    return end - start <= _REACH and "\n\n" not in clause.text[start:end]
