"""Which mentions of people are of one person: full names first, then short names where only one bearer fits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.annotators.forms import key
from onrecord.annotators.mention import Mention
from onrecord.annotators.sexes import sex
from onrecord.annotators.titles import HONORIFICS, OFFICES, RANKS
from onrecord.annotators.words import ARTICLES, Words

__all__ = ["People", "people"]

_QUOTES = "\"'“”‘’`()"
#: How many people of one surname, and names of one person, are compared.
MOST = 40
#: In the place of a person's number: whose name it is stays open.
NOBODY = -1
#: How many tokens after the other was named a surname goes back to the one who is called by it.
APART = 60


@dataclass(frozen=True, slots=True)
class People:
    """Who is who.

    Attributes:
        groups: indices into the mentions, one group for each person.
        crowded: whether more people share a name, or one person has more names, than are compared, so that some stand
            apart or in no group.
    """

    groups: list[list[int]]
    crowded: bool


@dataclass(slots=True)
class _Person:
    """One person as known so far.

    Attributes:
        names: the different full names.
        full: where the full names start, in order. `short`: where the last single name does, -1 before there is one.
        sexes, offices: what the first mentions say.
    """

    members: list[int] = field(default_factory=list)
    names: dict[tuple[str, ...], None] = field(default_factory=dict)
    full: list[int] = field(default_factory=list)
    short: int = -1
    sexes: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)

    def add(self, words: Words, i: int, mention: Mention, name: tuple[str, ...]) -> None:
        """One more mention, later in the text than those of its kind before."""
        if len(self.members) < MOST:
            self.sexes |= {_sex(words, mention)} - {""}
            self.offices |= _offices(words, mention)
        self.members.append(i)
        if len(name) > 1:
            self.full.append(mention.chunk.start)
            if len(self.names) < MOST:
                self.names.setdefault(name)
        else:
            self.short = mention.chunk.start

    def last(self, before: int) -> int:
        """Where the last mention starts before a token."""
        at = bisect_left(self.full, before)
        return max(self.full[at - 1] if at else -1, self.short)


def people(words: Words, found: Sequence[Mention]) -> People:
    """Who is who among some mentions, in the order of the text.

    A single name joins the one person whose surname it is, else the one person in whose name it stands. Where two
    people fit, it stands in no group: it is nobody's for certain, and no third person's.
    """
    names = [_name(words, m) for m in found]
    persons: list[_Person] = []
    by_surname: dict[str, list[int]] = {}
    by_part: dict[str, list[int]] = {}
    crowded = False
    for i, name in enumerate(names):
        if len(name) < 2:
            continue
        near = by_surname.setdefault(name[-1], [])
        crowded = crowded or len(near) > MOST
        same = [g for g in near[:MOST] if any(_agree(name, other) for other in persons[g].names)]
        if len(same) != 1:
            near.append(len(persons))
            for part in dict.fromkeys(name):
                by_part.setdefault(part, []).append(len(persons))
            persons.append(_Person())
        person = persons[same[0]] if len(same) == 1 else persons[-1]
        crowded = crowded or (len(person.names) == MOST and name not in person.names)
        person.add(words, i, found[i], name)
    alone: dict[str, dict[str, int]] = {}
    called: set[int] = set()
    for i, name in enumerate(names):
        if len(name) != 1:
            continue
        fits = by_surname.get(name[0]) or by_part.get(name[0], [])
        if len(fits) > MOST:
            crowded = True
            continue
        told = _sex(words, found[i])
        fits = _fitting(persons, fits, told)
        if len(fits) > 1:
            fits = _known_so(persons, fits, found[i].chunk.start, _offices(words, found[i]), called)
        if len(fits) == 1:
            persons[fits[0]].add(words, i, found[i], name)
            called.add(fits[0])
        elif not fits:
            bearers = alone.setdefault(name[0], {})
            bearer = _alone(bearers, told)
            if bearer is None:
                bearer = len(persons)
                persons.append(_Person())
            if bearer != NOBODY:
                persons[bearer].add(words, i, found[i], name)
                bearers.setdefault(told, bearer)
    return People([sorted(person.members) for person in persons], crowded)


def _fitting(persons: list[_Person], fits: list[int], wanted: str) -> list[int]:
    """Of the people whose name fits, those whose sex does, or may where it is said of none."""
    if len(fits) < 2 or not wanted:
        return fits
    return [g for g in fits if persons[g].sexes == {wanted}] or [g for g in fits if not persons[g].sexes]


def _alone(bearers: dict[str, int], sex: str) -> int | None:
    """Which of the people known by one name alone is meant; NOBODY if it may be two, None if it is somebody new.

    Args:
        bearers: the group of each by sex, "" where that is not told.
    """
    if sex in bearers and (sex or len(set(bearers.values())) == 1):
        return bearers[sex]
    others = {group for told, group in bearers.items() if told in {"", sex} or not sex}
    if sex and any(told and told != sex and group in others for told, group in bearers.items()):
        return None
    if len(others) > 1:
        return NOBODY
    return next(iter(others), None)


def _known_so(persons: list[_Person], fits: list[int], at: int, offices: set[str], called: set[int]) -> list[int]:
    """Of those with one surname, the one whom the report has by then made known by it; else all.

    Args:
        at: the token where the surname starts. `offices`: those said with it.
        called: the people called by one name before.
    """
    if offices:
        held = [g for g in fits if offices & persons[g].offices]
        if len(held) == 1:
            return held
    firsts = sorted((persons[g].full[0], g) for g in fits)
    begun = [g for start, g in firsts if start < at]
    if not begun:
        return fits if firsts[1][0] - firsts[0][0] < APART else [firsts[0][1]]
    if len(begun) == 1:
        return begun
    known = [g for g in begun if g in called]
    if len(known) != 1:
        return fits
    last = persons[known[0]].last(at)
    other = max(persons[g].last(at) for g in begun if g != known[0])
    return known if other < last or at - other > APART else fits


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
