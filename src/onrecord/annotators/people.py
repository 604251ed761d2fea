"""Which mentions of people are of one person: full names first, then short names where only one bearer fits."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotators.forms import key
from onrecord.annotators.mention import Mention
from onrecord.annotators.sexes import sex
from onrecord.annotators.titles import HONORIFICS, OFFICES, RANKS
from onrecord.annotators.words import ARTICLES, Words

__all__ = ["people"]

_QUOTES = "\"'“”‘’`()"
#: How many people of one surname, and names of one person, are compared.
MOST = 40
#: How many tokens after the other was named a surname goes back to the one who is called by it.
APART = 60


def people(words: Words, found: Sequence[Mention]) -> list[list[int]]:
    """Groups of indices into `found`, one for each person.

    A single name joins the one person whose surname it is, else the one person in whose name it stands. Where two
    people fit, it stands in no group: it is nobody's for certain, and no third person's.
    """
    names = [_name(words, m) for m in found]
    groups: list[list[int]] = []
    by_surname: dict[str, list[int]] = {}
    by_part: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        if len(name) < 2:
            continue
        same = [g for g in by_surname.get(name[-1], [])[:MOST] if any(_agree(name, names[j]) for j in groups[g][:MOST])]
        if len(same) == 1:
            groups[same[0]].append(i)
            continue
        groups.append([i])
        by_surname.setdefault(name[-1], []).append(len(groups) - 1)
        for part in dict.fromkeys(name):
            by_part.setdefault(part, []).append(len(groups) - 1)
    alone: dict[str, dict[str, int]] = {}
    called: set[int] = set()
    for i, name in enumerate(names):
        if len(name) != 1:
            continue
        fits = _fitting(words, found, groups, by_surname.get(name[0]) or by_part.get(name[0], []), i)
        if len(fits) > 1:
            fits = _known_so(words, found, groups, fits, i, called)
        if len(fits) == 1:
            groups[fits[0]].append(i)
            called.add(fits[0])
        elif fits:
            continue
        else:
            told = _sex(words, found[i])
            bearer = _alone(alone.setdefault(name[0], {}), told)
            if bearer is None:
                alone[name[0]][told] = len(groups)
                groups.append([i])
            elif bearer >= 0:
                groups[bearer].append(i)
                alone[name[0]].setdefault(told, bearer)
    return [sorted(g) for g in groups]


def _fitting(words: Words, found: Sequence[Mention], groups: list[list[int]], fits: list[int], i: int) -> list[int]:
    """Of the groups whose name fits, those whose sex does, or may where it is said of none."""
    wanted = _sex(words, found[i])
    if len(fits) < 2 or not wanted:
        return fits
    sexes = {g: {_sex(words, found[j]) for j in groups[g][:MOST]} - {""} for g in fits}
    return [g for g in fits if sexes[g] == {wanted}] or [g for g in fits if not sexes[g]]


def _alone(bearers: dict[str, int], sex: str) -> int | None:
    """Which of the people known by one name alone is meant; -1 if it may be two, None if it is somebody new.

    Args:
        bearers: the group of each by sex, "" where that is not told.
    """
    if sex in bearers and (sex or len(set(bearers.values())) == 1):
        return bearers[sex]
    others = {group for told, group in bearers.items() if told in {"", sex} or not sex}
    if sex and any(told and told != sex and group in others for told, group in bearers.items()):
        return None
    if len(others) > 1:
        return -1
    return next(iter(others), None)


def _known_so(
    words: Words, found: Sequence[Mention], groups: list[list[int]], fits: list[int], i: int, called: set[int]
) -> list[int]:
    """Of those with one surname, the one whom the report has by then made known by it; else all."""
    offices = _offices(words, found[i])
    if offices:
        held = [g for g in fits if any(offices & _offices(words, found[j]) for j in groups[g][:MOST] if j != i)]
        if len(held) == 1:
            return held
    at = found[i].chunk.start
    firsts = sorted((found[groups[g][0]].chunk.start, g) for g in fits)
    begun = [g for start, g in firsts if start < at]
    if not begun:
        return fits if firsts[1][0] - firsts[0][0] < APART else [firsts[0][1]]
    if len(begun) == 1:
        return begun
    known = [g for g in begun if g in called]
    if len(known) != 1:
        return fits
    last = {g: max(start for j in groups[g] if (start := found[j].chunk.start) < at) for g in begun}
    other = max(start for g, start in last.items() if g != known[0])
    return known if other < last[known[0]] or at - other > APART else fits


def _offices(words: Words, mention: Mention) -> set[str]:
    if mention.title is None:
        return set()
    said = {words.lower[i].rstrip(".") for i in range(mention.title.start, mention.title.end)}
    return said & (OFFICES | RANKS) - HONORIFICS


def _sex(words: Words, mention: Mention) -> str:
    return sex(words, mention.chunk, mention.title)


def _name(words: Words, mention: Mention) -> tuple[str, ...]:
    """The words of a name without articles, titles and generational endings."""
    parts = [part for word in key(words.of(mention.chunk)).split() if (part := word.strip(_QUOTES))]
    while len(parts) > 1 and parts[-1] in {"jr", "sr", "ii", "iii", "iv"}:
        parts.pop()
    kept = [p for p in parts if p not in ARTICLES and p not in HONORIFICS]
    return tuple(kept or parts)


def _agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names with one surname may be of one person."""
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    x, y = a[0], b[0]
    short = len(x) == 1 or len(y) == 1 or len(a) == len(b) == 2
    return short and (x.startswith(y) or y.startswith(x))
