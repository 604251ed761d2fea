"""Readings in which names are replaced by pseudonyms, with every anchor on the text as it then stands."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import partial

import msgspec

from onrecord.anchors import faults
from onrecord.errors import RecordError
from onrecord.export.names import Name, Whose, names, words
from onrecord.export.rebuilt import rebuilt, words_in
from onrecord.export.withheld import UNKNOWN, Moves, Withheld, swapped
from onrecord.model import Annotated, Entity, Place, Report, sha256

__all__ = ["Pseudonyms"]

#: A person's pseudonym begins with the first of a pair, another actor's with the second: of the first pair that no
#: text uses in such a way.
_LETTERS = (("P", "A"), ("Person", "Actor"), ("XP", "XA"), ("QQP", "QQA"))


class Pseudonyms:
    """The pseudonyms of all names in some readings: one for each name, whoever bears it.

    A shorter name has the pseudonym of the only longer one that holds its words. Numbers follow the order of the
    readings.

    Example:
        >>> import onrecord
        >>> reading = onrecord.annotate("Orla Venn left on Monday. Venn said that talks had failed.")
        >>> pseudonyms = Pseudonyms([reading], "persons")
        >>> made = pseudonyms.of(reading)
        >>> made.report.text, pseudonyms.mapping
        ('P1 left on Monday. P1 said that talks had failed.', {'P1': ['Orla Venn', 'Venn']})
        >>> made.report.text[slice(*made.attributions[0].source.spans[0])]
        'P1'
    """

    def __init__(self, readings: Iterable[Annotated], whose: Whose) -> None:
        self._whose: Whose = whose
        self._numbers: dict[str, int] = {}
        found: dict[tuple[bool, tuple[str, ...]], set[str]] = {}
        all_names: list[Name] = []
        seen: set[str] = set()
        for reading in readings:
            self._numbers[reading.report.id] = len(self._numbers) + 1
            seen |= {word.folded for text in words_in(reading) for word in words(text) if word.folded[-1:].isdecimal()}
            fullest = {entity.id: entity.name for entity in reading.entities}
            for name in names(reading, whose):
                all_names.append(name)
                called = found.setdefault((name.person, name.words), set())
                called |= {reading.report.text[slice(*span)] for span in name.mentions}
                called.add(fullest[name.entity])
        self._named = _pseudonyms(list(found), _letters(seen))
        self.mapping: dict[str, list[str]] = defaultdict(list)
        for key, called in found.items():
            self.mapping[self._named[key]] = sorted({*self.mapping[self._named[key]], *called})
        self.mapping = dict(self.mapping)
        self._withheld = Withheld(f"{_letters(seen)[0]}{UNKNOWN}")
        for name in all_names:
            self._withheld.add(name, self._named[name.person, name.words])

    def report_id(self, report_id: str) -> str:
        """What a report is called in the export."""
        return f"report-{self._numbers[report_id]}"

    def of(self, reading: Annotated) -> Annotated:
        """The reading with pseudonyms for names; its anchors verify.

        The report has another id and no URL, since these may hold names or lead to them.

        Raises:
            RecordError: a name would stay, or an anchor would not hold; nothing of the reading is to be given away.
        """
        found = list(names(reading, self._whose))
        own = {name.entity: self._named[name.person, name.words] for name in found}
        spans = {span: own[name.entity] for name in found for span in name.mentions}
        near, text = frozenset(own.values()), reading.report.text
        swaps = self._withheld.swaps(text, spans, near)
        made = rebuilt(reading, words=partial(self._without, near=near), spans=Moves(swaps).of,
                       texts=(text, swapped(text, swaps)))  # fmt: skip
        made = msgspec.structs.replace(
            made,
            report=self._report(made.report, swapped(text, swaps), reading.report.id),
            entities=tuple(_entity(e, before.name, own.get(e.id))
                           for e, before in zip(made.entities, reading.entities, strict=True)),
            places=tuple(_place(p, before.name, p.entity in own)
                         for p, before in zip(made.places, reading.places, strict=True)),
        )  # fmt: skip
        self._check(made, reading.report.id)
        return made

    def _without(self, said: str, near: frozenset[str]) -> str:
        return swapped(said, self._withheld.swaps(said, None, near))

    def _report(self, report: Report, text: str, before: str) -> Report:
        content = json.dumps([text, report.title, report.publisher, report.published, None], ensure_ascii=True)
        return msgspec.structs.replace(
            report, id=self.report_id(before), version=hashlib.sha256(content.encode()).hexdigest()[:16], text=text,
            sha256=sha256(text), url=None,
        )  # fmt: skip

    def _check(self, made: Annotated, report_id: str) -> None:
        left = [name for said in words_in(made) for name in self._withheld.left_in(said)]
        if left:
            raise RecordError(f"{len(left)} names would stay", "report this as a defect; withhold the text instead",
                              subject=report_id)  # fmt: skip
        if found := faults(made):
            raise RecordError(f"an anchor would not hold ({found[0]})",
                              "report this as a defect; withhold the text instead", subject=report_id)  # fmt: skip


def _letters(seen: set[str]) -> tuple[str, str]:
    for pair in _LETTERS:
        if not any(word.startswith(letter.casefold()) and word[len(letter) :].isdecimal()
                   for word in seen for letter in pair):  # fmt: skip
            return pair
    raise RecordError("the texts use every kind of pseudonym themselves", "withhold the text instead")


def _pseudonyms(found: list[tuple[bool, tuple[str, ...]]], letters: tuple[str, str]
                ) -> dict[tuple[bool, tuple[str, ...]], str]:  # fmt: skip
    """A pseudonym for each name, persons' and others', in their order."""
    longer: dict[tuple[bool, str], list[tuple[str, ...]]] = defaultdict(list)
    for person, name in found:
        for word in set(name):
            longer[person, word].append(name)
    root: dict[tuple[bool, tuple[str, ...]], tuple[str, ...]] = {}
    for person, name in sorted(found, key=lambda key: -len(key[1])):
        rarest = min((longer[person, word] for word in name), key=len)
        held = {root[person, other] for other in rarest if len(other) > len(name) and _within(name, other)}
        root[person, name] = held.pop() if person and len(held) == 1 else name
    named: dict[tuple[bool, tuple[str, ...]], str] = {}
    counts = {True: 0, False: 0}
    for person, name in found:
        key = person, root[person, name]
        if key not in named:
            counts[person] += 1
            named[key] = f"{letters[0] if person else letters[1]}{counts[person]}"
    return {(person, name): named[person, root[person, name]] for person, name in found}


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)


def _entity(entity: Entity, before: str, pseudonym: str | None) -> Entity:
    """The entity by its pseudonym, without ids that name it; the country of what is no person may be itself."""
    if pseudonym is None and entity.name == before:
        return entity
    country = entity.country if entity.type == "person" else None
    return msgspec.structs.replace(entity, name=pseudonym or entity.name, ids={}, country=country)


def _place(place: Place, before: str, withheld: bool) -> Place:
    """A place; where its name is withheld, so is where it lies."""
    if place.name == before and not withheld:
        return place
    return msgspec.structs.replace(place, lat=None, lon=None, geonames=None, admin=())
