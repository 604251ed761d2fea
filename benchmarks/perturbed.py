"""Reports of an invented archive, made from annotated ones: other names, words and dates, annotations moved along.

Nothing that is made is kept. Each word that stands in fewer than one report in three becomes another that is as rare,
and each rare name an invented one: so what is common stays as common, and reports made of one report are no copies of
one another. A headline in which no word is another now is left out; reports without a publisher get one of `OUTLETS`.
Reports of one incident are changed in one way, so that they go on telling of one story; some come as cut copies too.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import blake2b
from typing import Any

from onrecord.model import sha256
from onrecord.reconcile.rarity import folded, listed, rarity

__all__ = ["Base", "archive"]

#: A name that is rarer than this, which stands in fewer than one report in 150, becomes an invented one.
RARE = 5.0
#: A word that is rarer than this, which stands in fewer than one report in three, becomes another that is as rare.
TELLING = 1.0
#: How many reports in a hundred come a second time, as a cut copy in another outlet.
COPIES = 8
#: How many outlets the reports come from of which no publisher is known.
OUTLETS = 40

_WORD = re.compile(r"[^\W\d_]{3,}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SPANS = frozenset({"span", "spans", "trigger", "mentions", "marker", "governs", "terms"})
_STARTS = tuple("BaBeDaDoFeGaGeHaKaKeLaLeMaMiNaNoPaPoRaReSaSeTaToVaVeWaZe"[n : n + 2] for n in range(0, 56, 2))
_MIDDLES = tuple("bradolfingarkellanmornatperrinsaltorvanwezzellibdramun"[n : n + 3] for n in range(0, 54, 3))
_ENDS = ("a", "an", "ar", "ek", "el", "en", "er", "i", "in", "is", "o", "on", "ov", "us", "y")

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Base:
    """An annotated report as JSON, and the incident that it tells of (its own id where none is known)."""

    tree: JSON
    incident: str


def archive(bases: Sequence[Base], count: int, *, a_day: int, seed: int) -> Iterator[JSON]:
    """So many annotated reports, in the order of their publication from the first day of 2021 on, `a_day` of each day.

    Args:
        bases: what they are made from.
        count: how many.
        a_day: how many are published a day.
        seed: of the random choices.
    """
    rng = random.Random(seed)  # noqa: S311 - no secrets
    incidents: dict[str, list[Base]] = {}
    for base in bases:
        incidents.setdefault(base.incident, []).append(base)
    names = sorted(incidents)
    made = 0
    waiting: dict[int, list[JSON]] = {}
    variant = 0
    while made < count:
        day = made // a_day
        while len(waiting.get(day, ())) < a_day:
            variant += 1
            for tree, shift in _told(incidents[rng.choice(names)], variant, day, rng):
                waiting.setdefault(day + shift, []).append(tree)
        for tree in waiting.pop(day)[: count - made]:
            yield tree
            made += 1


def _told(bases: Sequence[Base], variant: int, day: int, rng: random.Random) -> Iterator[tuple[JSON, int]]:
    """The reports of one incident in a variant of their own, each with how many days after the first it comes out."""
    dates = [_date(base.tree["report"]["published"]) for base in bases]
    known = [d for d in dates if d is not None]
    first = min(known, default=date(2021, 1, 1))
    moved = date(2021, 1, 1) + timedelta(days=day) - first
    for number, (base, published) in enumerate(zip(bases, dates, strict=True)):
        tree = perturbed(base.tree, variant, moved, f"{variant:06d}-{number}")
        shift = 0 if published is None else min((published - first).days, 400)
        yield tree, shift
        if rng.randrange(100) < COPIES:
            yield _cut(tree, rng), shift


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value[:10]) if value else None


def perturbed(tree: JSON, variant: int, moved: timedelta, name: str) -> JSON:
    """The report with the rare words of its names replaced, its dates moved, and every span where its words are now."""
    report = tree["report"]
    text: str = report["text"]
    other = {word: told for word in set(_WORD.findall(text)) if (told := _other(word, variant)) != word}
    changed, starts, shifts = _replaced(text, other)

    def at(offset: int) -> int:
        return offset + shifts[bisect_right(starts, offset - 1)]

    def walk(value: Any, key: str) -> Any:
        if isinstance(value, dict):
            return {k: walk(v, k) for k, v in value.items()}
        if isinstance(value, list):
            if key in _SPANS and len(value) == 2 and all(isinstance(x, int) for x in value):
                return [at(value[0]), at(value[1])]
            return [walk(v, key) for v in value]
        if isinstance(value, str):
            if key == "value" and (match := _DAY.match(value)):
                return _moved(match[0], moved) + value[10:]
            if key in ("name", "text", "of"):
                return _swapped(value, other)
        return value

    made: JSON = {k: walk(v, k) for k, v in tree.items() if k not in ("report", "schema")}
    title = _retold(report["title"] or "", variant)
    published = _moved(report["published"][:10], moved) if report["published"] else None
    made = {"schema": tree["schema"], "report": _report(report, changed, title, published, name), **made}
    for figure in made["figures"]:
        figure["text"] = changed[slice(*figure["span"])]
    for place, known in zip(made["places"], tree["places"], strict=True):
        if place["name"] != known["name"]:
            place["lat"] = _near(place["lat"], variant, 60)
            place["lon"] = _near(place["lon"], variant, 150)
    return made


def _report(report: JSON, text: str, title: str | None, published: str | None, name: str) -> JSON:
    return {
        **report, "id": name, "version": blake2b(f"{name}\n{text}".encode(), digest_size=8).hexdigest(), "text": text,
        "sha256": sha256(text), "title": title, "published": published, "url": None, "credit": None, "unread": [],
        "publisher": report["publisher"] or f"Daily {_digest(name) % OUTLETS + 1}",
    }  # fmt: skip


def _other(word: str, variant: int) -> str:
    """Another word that is as rare, an invented one for a rare name; a common word stays as it is."""
    rare, name = rarity(folded(word)), word[0].isupper()
    if rare < TELLING:
        return word
    choice = _by_rarity().get(rare, ())
    if (name and rare >= RARE) or not choice:
        return _invented(word, variant)
    other = choice[_digest(f"{variant} {word}") % len(choice)]
    return other.capitalize() if name else other


def _invented(word: str, variant: int) -> str:
    number, start = divmod(_digest(f"{variant} {word}"), len(_STARTS))
    number, middle = divmod(number, len(_MIDDLES))
    number, second = divmod(number, len(_MIDDLES))
    return _STARTS[start] + _MIDDLES[middle] + (_MIDDLES[second] if number % 2 else "") + _ENDS[number % len(_ENDS)]


@cache
def _by_rarity() -> dict[float, tuple[str, ...]]:
    """The words that the table of rarities lists, by how rare they are."""
    found: dict[float, list[str]] = {}
    for word in listed():
        if word.isalpha() and len(word) > 3:
            found.setdefault(rarity(word), []).append(word)
    return {rare: tuple(sorted(words)) for rare, words in found.items()}


def _digest(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=6).digest())


def _replaced(text: str, other: Mapping[str, str]) -> tuple[str, list[int], list[int]]:
    """The text, and by how much offsets move from each replaced word's last character on."""
    parts: list[str] = []
    starts: list[int] = []
    shifts = [0]
    last = 0
    for match in _WORD.finditer(text):
        instead = other.get(match[0])
        if instead is not None:
            parts += [text[last : match.start()], instead]
            last = match.end()
            starts.append(match.end() - 1)
            shifts.append(shifts[-1] + len(instead) - len(match[0]))
    return "".join([*parts, text[last:]]), starts, shifts


def _swapped(words: str, other: Mapping[str, str]) -> str:
    return _WORD.sub(lambda match: other.get(match[0], match[0]), words)


def _retold(title: str, variant: int) -> str | None:
    """The headline in other words; None where all its words are too common to be others."""
    told = _WORD.sub(lambda match: _other(match[0], variant), title)
    return told if told != title else None


def _moved(day: str, by: timedelta) -> str:
    try:
        return (date.fromisoformat(day) + by).isoformat()
    except (ValueError, OverflowError):
        return day


def _near(value: float | None, variant: int, width: int) -> float | None:
    return None if value is None else round((value + variant * 7.31) % width - width / 2, 4)


def _cut(tree: JSON, rng: random.Random) -> JSON:
    """The report without its last paragraphs, under another outlet's name."""
    report = tree["report"]
    ends = [match.start() for match in re.finditer(r"\n+", report["text"])][1:]
    end = rng.choice(ends) if ends else len(report["text"])
    text = report["text"][:end]
    gone: set[str] = set()
    made: JSON = {"schema": tree["schema"]}
    made["report"] = _report(report, text, report["title"], report["published"], f"{report['id']}c")
    made["report"]["publisher"] = "Wire Reprint"
    for family in ("entities", "attributions", "events", "figures", "times", "places"):
        standing = []
        for item in tree[family]:
            if family == "entities":
                item = {**item, "mentions": [s for s in item["mentions"] if s[1] <= end],
                        "roles": [r for r in item["roles"] if r["span"][1] <= end]}  # fmt: skip
            if _last(item) <= end and (family != "entities" or item["mentions"]):
                standing.append(item)
            else:
                gone.add(item["id"])
        made[family] = standing
    kept: JSON = _without(made, gone)
    return kept


def _last(value: Any, key: str = "") -> int:
    """Where the last span in a tree ends."""
    if isinstance(value, dict):
        return max((_last(v, k) for k, v in value.items()), default=0)
    if isinstance(value, list):
        if key in _SPANS and len(value) == 2 and all(isinstance(x, int) for x in value):
            return int(value[1])
        return max((_last(v, key) for v in value), default=0)
    return 0


def _without(value: Any, gone: set[str], key: str = "") -> Any:
    """The tree without references to what is gone."""
    if isinstance(value, dict):
        return {k: _without(v, gone, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_without(v, gone, key) for v in value]
    if key != "id" and isinstance(value, str) and value in gone:
        return "narrator" if key == "voice" else None
    return value
