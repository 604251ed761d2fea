"""Which figure is a part of which: "12 people, including three children", "42 missiles, 33 of them"."""

from __future__ import annotations

import re
from bisect import bisect_right

from onrecord.annotators.clause import Clause
from onrecord.annotators.counted import Counted
from onrecord.annotators.ellipsis import of_whole, opens_whole
from onrecord.annotators.numbers import Number
from onrecord.annotators.units import PERSON
from onrecord.annotators.word_sets import word_set
from onrecord.model import Unit

__all__ = ["with_wholes"]

Told = tuple[Counted, Unit | None]
#: An item, its unit, and the index of its whole.
Linked = tuple[Counted, Unit, int | None]

_OF_THEM = re.compile(r"\s{1,3}of\s{1,3}(?:them|these|those|which|whom)\b", re.IGNORECASE)
#: What may stand between two members of a list of parts: "11 children and a pregnant woman".
_AND = word_set(", and or as well plus his her their its")
_VERBS = word_set("was were is are has have had remain remained")
#: "Among the dead were a mother and her three daughters", "the wounded include a child".
_AMONG = re.compile(
    r"\b(?:among (?:the|those) (?P<state>\w{4,20})[^.;\d]{0,40}\b(?:was|were|is|are)|"
    r"the (?P<those>dead|killed|wounded|injured|missing|detained|arrested|victims) includ(?:e|ed|es))\s{1,3}$",
    re.IGNORECASE,
)
_OF_THE = re.compile(r"\s{1,3}of\s{1,3}(?:the|these|those|his|her|their|its)\b", re.IGNORECASE)
#: Most tokens between those hit and "with six dead".
_WITH = 14
#: What may stand between a number and the list that says who they are; most tokens there.
_OPENING, _JOINTS = word_set(", - -- – — ( :"), 3
#: The least total that numbers may add up to.
_LEAST = 4
#: Most tokens between a whole and a part that names the same ("Two of the officers"), or what adds up to it.
_FAR = 70
#: What opens a member of a list by places, up to its number: "-- Near Riga, two strikes", "• In Tarn, four".
_LISTED = re.compile(
    r"(?:\A|[\n.;:•*–—-])[\s.;•*–—-]*(?:near|in|at|around|outside|over|across|north of|south of|east of|west of)"
    r" [^.;:\n,]{2,50}, (?:[a-z-]{2,12} ){0,3}\Z",
    re.IGNORECASE,
)
_BEFORE_LISTED = 80
#: Most code points between two members of such a list, and most members.
_NEXT_LISTED, _MEMBERS = 700, 40
#: Most tokens from "of whom" to its number.
_WHOM = 7
#: Most tokens between a whole and "12 of them".
_REACH = 30


def with_wholes(told: list[Told], clause: Clause) -> list[Linked]:
    """The items that count something, each with its unit and the place in the result of the whole that it is a part of.

    A part of which nothing else says what befell it shares the unit of its whole.
    """
    out: list[Linked] = []
    # the item before, its unit, and whether it is in a list "among the dead"
    last: tuple[Counted, Unit, bool] | None = None
    # the largest number of each unit so far
    most: dict[Unit, float] = {}
    other: Counted | None = None  # the item before, if it counts nothing that is recorded
    for item, own in told:
        unit, whole, among = own, None, False
        bare = own is None or own in {"people", "troops"}
        if other is not None and _OF_THEM.match(clause.text, item.number.span[1]) and _is_part(other, item, clause):
            continue  # a part of what is no figure: "987 subsidiaries, 537 of which"
        other = item if own is None and item.head is not None else None
        if out:
            whole = _whole(out, item, clause)
            whole = _named_whole(out, item, clause) if whole is None else whole
        if whole is None and last is not None and _goes_on(last[0], item, clause):
            outer = out[-1][2]
            same = outer is not None and own == out[outer][1] and opens_whole(out[outer][0], clause)
            whole = outer if own is None or same else None
        shared = None if whole is None else out[whole][1]
        if shared is not None and bare and (own, shared) != ("troops", "people") and _may_share(item, shared):
            unit = shared
        elif bare and (state := _among(item, clause)) is not None:
            unit, among = state, True
        elif bare and last is not None and last[2] and _follows(last[0], item, clause):
            unit, among = last[1], True
        if unit is None or (_points_back(item, clause) and (item.number.low or 0) <= most.get(unit, -1)):
            continue
        most[unit] = max(most.get(unit, 0), _largest(item.number))
        out.append((item, unit, whole))
        last = item, unit, among
    return _with_lists(_with_sums(_with_apposed(_with_rest(out, clause), clause), clause), clause)


def _with_apposed(out: list[Linked], clause: Clause) -> list[Linked]:
    """The same, where a list right behind a number of people says who they are: "three others, two men and a girl"."""
    for at, (whole, unit, _) in enumerate(out):
        if (
            whole.base not in {PERSON, "troops"}
            or whole.number.low is None
            or whole.number.high not in {None, whole.number.low}
        ):
            continue
        left, parts, before = whole.number.low, list[int](), whole
        for i in range(at + 1, min(at + 5, len(out))):
            item, own, outer = out[i]
            between = clause.lower[before.end : item.first]
            joined = set(between) <= (_OPENING if before is whole else _AND) and 0 < len(between) <= _JOINTS
            if not joined or outer is not None or own not in {unit, "people"} or item.number.low is None:
                break
            left -= item.number.low
            parts.append(i)
            before = item
            if left <= 0:
                break
        if left == 0 and len(parts) > 1:
            for i in parts:
                out[i] = (out[i][0], unit, at)
    return out


def _with_rest(out: list[Linked], clause: Clause) -> list[Linked]:
    """The same, where "two of them" and the next number of the sentence are all of those before."""
    for i in range(1, len(out) - 1):
        part, _, outer = out[i]
        rest, unit, other = out[i + 1]
        if outer is None or other is not None or not _OF_THEM.match(clause.text, part.number.span[1]):
            continue
        whole = out[outer][0].number
        alone = not set(clause.lower[part.end : rest.first]) & {".", ";", "!", "?"}
        if alone and whole.low == whole.high and (part.number.low or 0) + (rest.number.low or 0) == whole.low:
            out[i + 1] = (rest, unit, outer)
    return out


def _with_lists(out: list[Linked], clause: Clause) -> list[Linked]:
    """The same, where the members of a list by places add up to a total before it: "11 raids ... Near X, two raids"."""
    listed = [i for i, (item, _, outer) in enumerate(out) if outer is None and _is_listed(item, clause)]
    members, wholes = frozenset(listed), {outer for _, _, outer in out if outer is not None}
    for at, (whole, unit, _) in enumerate(out):
        if at in wholes or at in members or not _is_total(whole, unit):
            continue
        first = bisect_right(listed, at)
        parts = _adding_up([i for i in listed[first : first + 2 * _MEMBERS] if out[i][2] is None], at, out, clause)
        for i in parts:
            out[i] = (out[i][0], out[i][1], at)
    return out


def _adding_up(listed: list[int], at: int, out: list[Linked], clause: Clause) -> list[int]:
    """Of the members of lists those, next to one another, that add up to the number at an index; none if none do."""
    whole, unit, _ = out[at]
    left, parts = whole.number.low or 0, []
    reached: int | None = None
    for i in listed[:_MEMBERS]:
        item, own, _ = out[i]
        if own != unit or not _counts_alike(whole, item, clause):
            continue
        if reached is not None and item.number.span[0] - reached > _NEXT_LISTED:
            return []
        reached = item.number.span[1]
        left -= item.number.low or 0
        parts.append(i)
        if left <= 0:
            break
    return parts if left == 0 and len(parts) > 1 else []


def _is_listed(item: Counted, clause: Clause) -> bool:
    """Whether a number stands in a member of a list that opens with its place."""
    start = item.number.span[0]
    before = clause.text[max(0, start - _BEFORE_LISTED) : start]
    return item.number.low == item.number.high and _LISTED.search(before) is not None


def _is_total(whole: Counted, unit: Unit) -> bool:
    """Whether a number is exact, and so large that what adds up to it does not do so by chance."""
    least = whole.number.low
    return least is not None and least == whole.number.high and least >= _LEAST and unit != "money"


def _counts_alike(left: Counted, right: Counted, clause: Clause) -> bool:
    """Whether two numbers count what the same noun says: "nine strikes", "one strike"."""
    if left.head is None or right.head is None:
        return False
    return clause.lower[left.head].removesuffix("s") == clause.lower[right.head].removesuffix("s")


def _with_sums(out: list[Linked], clause: Clause) -> list[Linked]:
    """The same, where numbers in the sentences after one add up to it: "34 raids. 23 were in X, and 11 raids in Y"."""
    for at, (whole, unit, _) in enumerate(out):
        if not _is_total(whole, unit):
            continue
        left, parts = whole.number.low or 0, []
        for i in range(at + 1, min(at + 9, len(out))):
            item, own, outer = out[i]
            if item.first - whole.end > _FAR:
                break
            if (
                own != unit
                or not _counts_alike(whole, item, clause)
                or outer is not None
                or item.number.low != item.number.high
            ):
                continue
            left -= item.number.low or 0
            parts.append(i)
            if left <= 0:
                break
        if left == 0 and len(parts) > 1:
            for i in parts:
                out[i] = (out[i][0], out[i][1], at)
    return out


def _named_whole(out: list[Linked], item: Counted, clause: Clause) -> int | None:
    """The nearest number before of what "two of the officers" are of, if it is larger."""
    if item.head is None or item.number.low is None or not _OF_THE.match(clause.text, item.number.span[1]):
        return None
    for at in range(len(out) - 1, -1, -1):
        whole = out[at][0]
        if item.first - whole.end > _FAR:
            return None
        if out[at][2] is not None and whole.number.low == 1:
            continue
        alike = whole.head is not None and clause.lower[whole.head] == clause.lower[item.head]
        if alike and (whole.number.high is None or whole.number.high > item.number.low):
            return at
    return None


def _largest(number: Number) -> float:
    """The most that a number may be; without an upper bound it is what is said of it that counts."""
    return number.high if number.high is not None else number.low or 0.0


def _points_back(item: Counted, clause: Clause) -> bool:
    """Whether a number speaks of those counted before: "the two dead officers"."""
    return clause.word(item.first - 1) in {"the", "these", "those", "all"}


def _may_share(item: Counted, unit: Unit) -> bool:
    """Whether what befell the whole may be said of the part: of people, or of a number alone."""
    return item.base in {PERSON, "troops"} or (item.head is None and not item.number.article) or unit == item.base


def _whole(out: list[Linked], item: Counted, clause: Clause) -> int | None:
    at = len(out) - 1
    before, _, outer = out[at]
    theirs = _OF_THEM.match(clause.text, item.number.span[1]) is not None
    if theirs and _OF_THEM.match(clause.text, before.number.span[1]):
        return outer  # "three of them fled and two of them died"
    if outer is not None and _among_them(before, item, clause) and _fits(out[outer][0], item):
        return outer
    own = "including" in clause.lower[before.end : item.first][-2:]  # "9 of them, including two girls"
    if outer is not None and not own and (_follows(before, item, clause) or _is_part(out[outer][0], item, clause)):
        return outer if _fits(out[outer][0], item) else None
    part = _is_part(before, item, clause) or _among_them(before, item, clause) or of_whole(before, item, clause)
    if (part or _died_of(out[at], item, clause)) and _fits(before, item):
        return at
    return None


def _died_of(whole: Linked, part: Counted, clause: Clause) -> bool:
    """Whether the dead are among those hit: "nine people were shot, with six confirmed dead"."""
    between = clause.lower[whole[0].end : part.first]
    if whole[1] != "wounded" or part.unit != "killed" or not 0 < len(between) <= _WITH:
        return False
    return between[-1] == "with" and between[-2:-1] == (",",) and not set(between) & {".", ";", ":"}


def _fits(whole: Counted, part: Counted) -> bool:
    """Whether the part is no larger than the whole may be."""
    most, least = whole.number.high, part.number.low
    return most is None or least is None or least <= most


def _is_part(whole: Counted, part: Counted, clause: Clause) -> bool:
    """Whether the second number is said to be a part of the first."""
    if not 0 < part.first - whole.end <= _REACH:
        return False
    between = clause.lower[whole.end : part.first]
    theirs = _OF_THEM.match(clause.text, part.number.span[1]) is not None
    # "Five were hit. Three of them fled": the next sentence may open with the part
    within = between[:-1] if theirs and between[-1] == "." else between
    if any(w in {".", ";", "!", "?"} for w in within):
        return False
    if theirs or _is_of_whom(between):
        return True
    return len(between) <= 12 and ("including" in between[-3:] or tuple(between[-2:]) == ("among", "them"))


def _is_of_whom(between: tuple[str, ...]) -> bool:
    """Whether the words between two numbers end with "of whom": "6,000 were detained, of whom it believes 2,400"."""
    at = next((i for i in range(len(between) - 2, -1, -1) if between[i : i + 2] == ("of", "whom")), None)
    return at is not None and len(between) - at <= _WHOM and not {",", "and", "but"} & set(between[at:])


def _among_them(whole: Counted, part: Counted, clause: Clause) -> bool:
    """Whether the second number is in a list that "among them" ends: "nine dead, two boys among them"."""
    between = clause.lower[whole.end : part.first]
    if not 0 < len(between) <= 4 or not set(between) <= _AND:
        return False
    after = clause.lower[part.end : part.end + 8]
    for i, word in enumerate(after[:-1]):
        if word in {".", ";", ":", "was", "were"}:
            return False
        if word == "among":
            return after[i + 1] in {"them", "those", "the"}
    return False


def _follows(left: Counted, right: Counted, clause: Clause) -> bool:
    """Whether two numbers are next to each other in a list."""
    return 0 < right.first - left.end <= 3 and set(clause.lower[left.end : right.first]) <= _AND


def _goes_on(left: Counted, right: Counted, clause: Clause) -> bool:
    """Whether a number alone goes on after a part: "17 were of children and six have not been identified"."""
    if right.head is not None or right.number.article or not 0 < right.first - left.end <= 10:
        return False
    between = clause.lower[left.end : right.first]
    if between[-1] != "and":
        return False
    return not set(between) & {".", ";", ":"} and clause.word(right.end) in _VERBS


def _among(item: Counted, clause: Clause) -> Unit | None:
    """The unit of "among the dead were ..." right before the number."""
    start = item.number.span[0]
    found = _AMONG.search(clause.text, max(0, start - 90), start)
    if found is None or item.base not in {PERSON, "troops"}:
        return None
    state = (found["state"] or found["those"]).lower()
    return "killed" if state == "victims" else clause.units.state(state)
