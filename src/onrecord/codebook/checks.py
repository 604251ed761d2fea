"""What types alone don't say about a codebook: that words are words, countries are countries, and days are in order."""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from onrecord.codebook.explained import where
from onrecord.codebook.model import Actor, Codebook, Cue, EventWords, Outlet, OwnPlace, UnitWords
from onrecord.errors import InputError

__all__ = ["alpha2", "check"]

#: A longer name is a sentence, put into the wrong key.
LONGEST = 150
_SECTOR = re.compile(r"[A-Z]{3}")
_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong under a key, and what to do."""

    key: str
    cause: str
    remedy: str


def check(codebook: Codebook, subject: str | None) -> None:
    """Nothing, if every entry can be used.

    Args:
        subject: the file's path, if it is from a file, for the message.

    Raises:
        InputError: the first entry that cannot, with its table, number and key.
    """
    for table, number, name, wrong in _faults(codebook):
        raise InputError(f"{where(table, number, name, wrong.key)}: {wrong.cause}", wrong.remedy, subject=subject)


_Found: TypeAlias = Iterator[tuple[str, int, str | None, "Wrong"]]


def _faults(codebook: Codebook) -> _Found:
    """What is wrong, entry by entry: table, number, name, and what."""
    yield from (("cues", n, None, w) for n, e in enumerate(codebook.cues, 1) for w in _cue(e))
    yield from (("events", n, None, w) for n, e in enumerate(codebook.events, 1) for w in _event(e))
    yield from (("units", n, None, w) for n, e in enumerate(codebook.units, 1) for w in _unit(e))
    yield from (("actors", n, e.name, w) for n, e in enumerate(codebook.actors, 1) for w in _actor(e))
    yield from (("places", n, e.name, w) for n, e in enumerate(codebook.places, 1) for w in _place(e))
    yield from (("outlets", n, e.name, w) for n, e in enumerate(codebook.outlets, 1) for w in _outlet(e))
    yield from _named_twice("actors", [(e.name, *e.other_names) for e in codebook.actors])
    yield from _named_twice("places", [(e.name, *e.other_names) for e in codebook.places])
    yield from _named_twice("outlets", [(e.name, *e.other_names) for e in codebook.outlets])


def _named_twice(table: str, entries: Sequence[tuple[str, ...]]) -> _Found:
    known: dict[str, int] = {}
    for number, names in enumerate(entries, 1):
        for name in names:
            if (other := known.setdefault(name.casefold(), number)) != number:
                cause = f"{name!r} is a name of {where(table, other, entries[other - 1][0])} too"
                yield table, number, names[0], Wrong("", cause, "leave it in one of them")


@cache
def alpha2() -> dict[str, str]:
    """ISO 3166-1 alpha-2 codes by alpha-3, of the package's table of countries.

    Example:
        >>> alpha2()["SDN"]
        'SD'
    """
    text = importlib.resources.files("onrecord").joinpath("data", "countries.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {row[1]: row[0] for row in rows[1:]}


def _cue(entry: Cue) -> Iterator[Wrong]:
    yield from _lemmas("words", entry.words, most=3)


def _event(entry: EventWords) -> Iterator[Wrong]:
    yield from _lemmas("verbs", entry.verbs, most=2)
    for key, words in (("nouns", entry.nouns), ("beside", entry.beside), ("never", entry.never)):
        yield from _lemmas(key, words, most=1)
    if not entry.verbs and not entry.nouns:
        yield Wrong("", "it has no words", "give verbs or nouns")
    if entry.beside and entry.never:
        yield Wrong("never", "it stands with 'beside'", "give one of them")
    if entry.never and entry.nouns:
        yield Wrong("never", "it is for verbs", "give the nouns in an entry of their own")
    for key, word in (("mode", entry.mode), ("cameo", entry.cameo)):
        if word is not None and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", word):
            yield Wrong(key, f"{word!r} is no code", "use small letters, digits and hyphens")


def _unit(entry: UnitWords) -> Iterator[Wrong]:
    lists = {key: getattr(entry, key) for key in ("nouns", "verbs", "subjects", "happenings", "states")}
    for key, words in lists.items():
        yield from _lemmas(key, words, most=1)
    if not any(lists.values()):
        yield Wrong("", "it has no words", f"give {', '.join(lists)}")


def _actor(entry: Actor) -> Iterator[Wrong]:
    yield from _names(entry.name, entry.other_names)
    yield from _of_state("", entry.country, entry.sector)
    if entry.type == "place":
        yield Wrong("type", "a place is no actor", "put it under [[places]]")
    for number, role in enumerate(entry.roles, start=1):
        before = f"roles {number}, "
        yield from _of_state(before, role.country, role.sector)
        yield from _written(f"{before}role", (role.role,))
        if role.since is not None and role.until is not None and role.until < role.since:
            yield Wrong(f"{before}until", f"{role.until} is before since, {role.since}", "put the days in order")


def _place(entry: OwnPlace) -> Iterator[Wrong]:
    yield from _names(entry.name, entry.other_names)
    yield from _of_state("", entry.country, None)


def _outlet(entry: Outlet) -> Iterator[Wrong]:
    yield from _names(entry.name, entry.other_names)
    yield from _of_state("", entry.country, None)
    for domain in entry.domains:
        if not _DOMAIN.fullmatch(domain):
            yield Wrong("domains", f"{domain!r} is no domain", "give it like harbour.example, without https:// or /")


def _of_state(before: str, country: str | None, sector: str | None) -> Iterator[Wrong]:
    if country is not None and country not in alpha2():
        yield Wrong(f"{before}country", f"{country!r} is no ISO 3166-1 alpha-3 code", "give one such as SDN")
    if sector is not None and not _SECTOR.fullmatch(sector):
        yield Wrong(f"{before}sector", f"{sector!r} is no sector of PLOVER's", "give one such as GOV, MIL or REB")


def _names(name: str, others: Iterable[str]) -> Iterator[Wrong]:
    yield from _written("name", (name,))
    yield from _written("other_names", others)


def _written(key: str, names: Iterable[str]) -> Iterator[Wrong]:
    for name in names:
        if not any(c.isalnum() for c in name) or name != " ".join(name.split()) or not name.isprintable():
            yield Wrong(key, f"{name!r} is no name", "give one with letters, single spaces and no line break")
        elif len(name) > LONGEST:
            yield Wrong(key, f"it has {len(name)} characters", f"give a name of at most {LONGEST}")


def _lemmas(key: str, words: Iterable[str], *, most: int) -> Iterator[Wrong]:
    for word in words:
        parts = word.split()
        if not 1 <= len(parts) <= most or any(not p.replace("-", "").replace("'", "").isalnum() for p in parts):
            limit = "one word" if most == 1 else f"at most {most} words"
            yield Wrong(key, f"{word!r} is not {limit}", "give the word as a dictionary has it, without signs")
        elif word != word.lower() or word != " ".join(parts):
            yield Wrong(
                key, f"{word!r} is not in small letters with single spaces", f"write {' '.join(parts).lower()!r}"
            )
