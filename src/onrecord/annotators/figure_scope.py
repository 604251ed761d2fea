"""Over what a figure runs, of which figure it is a part, and whose count it is."""

from __future__ import annotations

import re
from bisect import bisect_left

from onrecord.annotators.clause import Clause
from onrecord.annotators.counted import Counted
from onrecord.annotators.word_sets import word_set
from onrecord.model import Attribution, Scope, Span, Unit

__all__ = ["claimant", "is_part", "scope"]

_CUMULATIVE = re.compile(
    r"\b(?:since|so far|to date|in total|altogether|overall|"
    r"(?:this|last) (?:year|month|week)|(?:over|in|during|for) the (?:past|last) |"
    r"(?:\w+)[- ]year(?:s of)?[- ](?:long )?(?:war|conflict|insurgency|campaign)|"
    r"during (?:the|\w+ years of) (?:\w+ )?war)",
    re.IGNORECASE,
)
#: Right before the number.
_TOLL = re.compile(r"\b(?:toll|total|overall number)\b[^.;,\d]{0,40}(?:from \S{1,12} to )?$", re.IGNORECASE)
_INCIDENT = re.compile(
    r"\b(?:attack|bomb|bombing|blast|explosion|raid|ambush|clash|clashes|air ?strike|strike|shelling|shooting|crash|"
    r"battle|massacre|operation|earthquake|assault|gunmen|exploded|opened fire|missile|rocket|mortar|drone|mine)s?\b",
    re.IGNORECASE,
)
#: Units of what happens to people and things in one incident.
_INCIDENTAL = word_set("killed wounded missing hostages captured detained housing-destroyed")
_BY_COUNT = re.compile(r"\bby (?P<who>[^,.;]{2,60}?)(?:'s|’s|s'|s’) (?:count|tally|estimate|reckoning|figures)\b")


#: "The ministry put the toll at 31": whose verb the count hangs from.
_PUT = re.compile(
    r"\s(?:has |have |had )?(?:puts?|placed?|places|estimated?|estimates|counted) "
    r"[^.;\n]{0,50}?\b(?:at|to)\b[^.;\n]{0,12}\Z",
    re.IGNORECASE,
)


def scope(item: Counted, unit: Unit, clause: Clause) -> Scope:
    """Whether a figure is of one incident, adds up several, or does not say.

    Cumulative needs words such as "since", "so far", "raising the toll"; incident needs an attack or the like in the
    same sentence, and a unit that an incident can have.
    """
    words = _sentence(item, clause)
    start = item.number.span[0]
    if _CUMULATIVE.search(words) or _TOLL.search(clause.text[max(0, start - 60) : start]):
        return "cumulative"
    return "incident" if unit in _INCIDENTAL and _INCIDENT.search(words) else "unknown"


def _sentence(item: Counted, clause: Clause) -> str:
    """The words around the number up to the ends of its sentence, at most 60 tokens on each side."""
    start = end = min(item.first, len(clause.lower) - 1)
    while start > 0 and start > item.first - 60 and clause.lower[start - 1] not in {".", "!", "?", ";"}:
        start -= 1
    while end < len(clause.lower) - 1 and end < item.first + 60 and clause.lower[end] not in {".", "!", "?", ";"}:
        end += 1
    return clause.text[clause.starts[start] : clause.starts[end] + 1]


def is_part(whole: Counted, part: Counted, clause: Clause) -> bool:
    """Whether the second figure is said to be a part of the first: "12 people, including three children"."""
    between = clause.lower[whole.end : part.first]
    if len(between) > 12 or part.first < whole.end or not between:
        return False
    if "including" in between[-3:] or tuple(between[-2:]) == ("among", "them"):
        return not any(w in {".", ";"} for w in between)
    after = clause.lower[part.end : part.end + 1]
    said = clause.text[part.number.core[1] : part.number.core[1] + 9].lower()
    return between == (",",) and (said.startswith((" of them", " of whom")) or (after == ("of",) and "them" in said))


def claimant(
    span: Span,
    said: Attribution | None,
    clause: Clause,
    mentions: list[tuple[Span, str]],
) -> str | None:
    """The entity whose count it is, or None.

    It is the source of the attribution that holds it, or X in "by X's count" and "X put it at".
    """
    text = clause.text
    for match in _BY_COUNT.finditer(text, max(0, span[0] - 120), min(len(text), span[1] + 160)):
        start, end = match.span("who")
        near = mentions[bisect_left(mentions, ((start, -1), "")) : bisect_left(mentions, ((end, -1), ""))]
        named = [entity for at, entity in near if at[1] <= end]
        if named:
            return named[-1]
    if said is not None:
        return said.source.entity
    first = max(0, span[0] - 120)
    put = _PUT.search(text[first : span[0]])
    if put is None:
        return None
    verb = first + put.start()
    near = mentions[bisect_left(mentions, ((max(0, verb - 80), -1), "")) :]
    return next((e for at, e in reversed([m for m in near[:40] if m[0][0] < verb]) if at[1] == verb), None)
