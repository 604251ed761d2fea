"""Which mentions of people are of one person: full names first, then short names where only one bearer fits."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotators.forms import key
from onrecord.annotators.mention import Mention
from onrecord.annotators.sexes import sex
from onrecord.annotators.titles import HONORIFICS
from onrecord.annotators.words import ARTICLES, Words

__all__ = ["people"]

#: How many people of one surname, and names of one person, are compared.
MOST = 40


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
    alone: dict[str, int] = {}
    for i, name in enumerate(names):
        if len(name) != 1:
            continue
        fits = _fitting(words, found, groups, by_surname.get(name[0]) or by_part.get(name[0], []), i)
        if len(fits) == 1:
            groups[fits[0]].append(i)
        elif fits:
            continue
        elif name[0] in alone:
            groups[alone[name[0]]].append(i)
        else:
            alone[name[0]] = len(groups)
            groups.append([i])
    return [sorted(g) for g in groups]


def _fitting(words: Words, found: Sequence[Mention], groups: list[list[int]], fits: list[int], i: int) -> list[int]:
    """Of the groups whose name fits, those whose sex does, or may where it is said of none."""
    wanted = _sex(words, found[i])
    if len(fits) < 2 or not wanted:
        return fits
    sexes = {g: {_sex(words, found[j]) for j in groups[g][:MOST]} - {""} for g in fits}
    return [g for g in fits if sexes[g] == {wanted}] or [g for g in fits if not sexes[g]]


def _sex(words: Words, mention: Mention) -> str:
    return sex(words, mention.chunk, mention.title)


def _name(words: Words, mention: Mention) -> tuple[str, ...]:
    """The words of a name without articles, titles and generational endings."""
    parts = key(words.of(mention.chunk)).split()
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
