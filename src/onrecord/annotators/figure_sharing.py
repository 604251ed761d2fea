"""Figures that share a place and a time: of one breath, of one raid, a toll and what it is of, a part and its whole."""

from __future__ import annotations

import re

import msgspec

from onrecord.annotators.clause import Clause
from onrecord.annotators.word_sets import word_set
from onrecord.model import Figure

__all__ = ["with_shared_links", "with_shared_people"]

_HARMED = word_set("killed wounded missing other")
_DESTROYED = word_set("buildings housing-destroyed vehicles weapons")
_HITS = re.compile(
    r"\b(?:destroy|damag|hit|struck|targeted|engag|disabl|kill|wound|injur|claimed|resulted in|left\b|leaving)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?]\s|\n")
#: Most code points between two numbers of one breath, and what parts them.
_BREATH = 60
_BREAKS = re.compile(r"[.;:!?\n]|\b(?:in|at|near|on|after|before|when|while|since|from|outside)\b", re.IGNORECASE)
_PEOPLE = frozenset({"people", "persons"})
_OF_PEOPLE = word_set("killed wounded missing hostages captured detained released displaced evacuated")
#: Most code points between a number of people and a bare one that shares them, and what joins the two.
_BREATH_OF_PEOPLE, _JOINT = 120, re.compile(r"(?:\band\b|\bwhile\b|[,;])[^,;]*\Z")
_OF_OTHERS = re.compile(r"\s{1,3}(?:of|others?)\b", re.IGNORECASE)
_OF_THEM_AT = re.compile(r"\s{1,3}of (?:them|whom|which|those) (?:on|in|at|near|during)\b", re.IGNORECASE)
#: Right before a number that is a toll, and most code points between it and what it is the toll of.
_TOLL = re.compile(r"\b(?:number of|toll|count of|tally of)\b[^.;!?]{0,60}\Z", re.IGNORECASE)
_BEFORE_TOLL, _TOLD = 80, 320


def with_shared_links(figures: list[Figure], clause: Clause) -> tuple[Figure, ...]:
    """The same, where those harmed in one breath share their place and time, and a part has those of its whole."""
    out = list(figures)
    for left, right in ((i, i + 1) for i in range(len(out) - 1)):
        for one, other in ((left, right), (right, left)):
            apart = one == left and _is_placed_part(out[right], clause)
            if not apart and _in_one_breath(out[left], out[right], clause):
                out[one] = _with_links_of(out[one], out[other])
    for i in range(1, len(out)):
        if _tolls_of(out[i], out[i - 1], clause):
            out[i] = _with_links_of(out[i], out[i - 1])
    by_id: dict[str, Figure] = {}
    for figure in out:  # a whole stands before its parts, so that a part of a part has what the largest has
        whole = by_id.get(figure.part_of or "")
        by_id[figure.id] = figure if whole is None else _part(figure, whole, clause)
    return _with_links_of_attacks(list(by_id.values()), clause)


def with_shared_people(figures: list[Figure], clause: Clause) -> list[Figure]:
    """The same, where a bare number counts the people of the number before: "killed nine people and wounded 14".

    Only "people" is shared: of "nine soldiers and wounded 14" the words do not say whom the second counts.
    """
    out = list(figures)
    for i in range(1, len(out)):
        before, bare = out[i - 1], out[i]
        people = before.of.text.lower() in _PEOPLE and before.unit in _OF_PEOPLE and bare.unit in _OF_PEOPLE
        if not people or bare.of.spans or before.unit == bare.unit or bare.low == bare.high == 1:
            continue
        between = clause.text[before.span[1] : min(bare.span[0], before.span[1] + _BREATH_OF_PEOPLE + 1)]
        joined = len(between) <= _BREATH_OF_PEOPLE and _JOINT.search(between)
        if joined and not _ENDS.search(between) and not _OF_OTHERS.match(clause.text, bare.span[1]):
            out[i] = msgspec.structs.replace(bare, of=before.of)
    return out


def _with_links_of_attacks(figures: list[Figure], clause: Clause) -> tuple[Figure, ...]:
    """The same, where what raids destroyed and whom they hurt has their place and time: "two raids killed nine"."""
    raids: Figure | None = None
    for i, figure in enumerate(figures):
        if figure.unit == "attacks":
            raids = figure
        elif raids is not None and figure.unit in _DESTROYED | _HARMED:
            told = clause.text[raids.span[1] : min(figure.span[0], raids.span[1] + _TOLD + 1)]
            if len(told) <= _TOLD and _HITS.search(told) and not _ENDS.search(told):
                figures[i] = _with_links_of(figure, raids)
    return tuple(figures)


def _tolls_of(figure: Figure, before: Figure, clause: Clause) -> bool:
    """Whether a toll without place and time is of what was just told: "put the number of wounded at 40"."""
    start = figure.span[0]
    bare = figure.place is None and figure.time is None and figure.period is None
    if not bare or not {figure.unit, before.unit} <= _HARMED or start - before.span[1] > _TOLD:
        return False
    told = clause.text[before.span[1] : start]
    return "\n\n" not in told and _TOLL.search(told[-_BEFORE_TOLL:]) is not None


def _part(figure: Figure, whole: Figure, clause: Clause) -> Figure:
    """A part with the place and time of its whole, and with its source where it stands right behind it."""
    timed = (whole.time is not None or whole.period is not None) and not _is_placed_part(figure, clause)
    figure = msgspec.structs.replace(figure, time=None, period=None) if timed else figure
    figure = _with_links_of(figure, whole)
    told = clause.text[whole.span[1] : min(figure.span[0], whole.span[1] + _BREATH + 1)]
    beside = len(told) <= _BREATH and re.search(r"[.;!?\n]", told) is None and figure.span[0] > whole.span[1]
    if beside and figure.voice == "narrator" and figure.claimant is None:
        return msgspec.structs.replace(figure, voice=whole.voice, claimant=whole.claimant)
    return figure


def _is_placed_part(figure: Figure, clause: Clause) -> bool:
    """Whether a part has a place or a day of its own, which its whole has not: "17 of them on Monday"."""
    return figure.part_of is not None and _OF_THEM_AT.match(clause.text, figure.span[1]) is not None


def _in_one_breath(left: Figure, right: Figure, clause: Clause) -> bool:
    if clause.capitals or not {left.unit, right.unit} <= _HARMED or right.span[0] - left.span[1] > _BREATH:
        return False
    between = clause.text[left.span[1] : right.span[0]]
    return (", " in between or " and " in between) and not _BREAKS.search(between)


def _with_links_of(figure: Figure, other: Figure) -> Figure:
    timeless = figure.time is None and figure.period is None
    return msgspec.structs.replace(
        figure,
        place=figure.place or other.place,
        time=other.time if timeless else figure.time,
        period=other.period if timeless and figure.scope == other.scope else figure.period,
    )
