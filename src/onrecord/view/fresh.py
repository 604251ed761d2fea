"""Which entries of some reports tell what no entry of an earlier day tells, and which of them tell the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from onrecord.reconcile import events, series, utterances
from onrecord.reconcile.grouping import groups
from onrecord.reconcile.linkers import EVENTS, FIGURES, STATEMENTS
from onrecord.reconcile.linking import Link
from onrecord.record.correcting import Entry
from onrecord.record.store import Record
from onrecord.view.copied import Copied
from onrecord.view.days import Dated, dated
from onrecord.view.near import near
from onrecord.view.told_in import Item, ItemKind, told_in

__all__ = ["RULES", "Fresh", "fresh"]

#: By which rule the entries of a kind are linked, and how likely links must be for two to tell the same.
RULES: Mapping[ItemKind, tuple[str, float]] = {
    "statement": (STATEMENTS, utterances.JOINED), "event": (EVENTS, events.JOINED), "figure": (FIGURES, series.JOINED),
}  # fmt: skip


class Fresh(msgspec.Struct, frozen=True, gc=False):
    """Something new.

    Attributes:
        first: the entry of the earliest report that tells it.
        reports: all of the new reports that tell it; `origins` how many independent ones.
        before: the latest earlier figure for the same with another number.
    """

    first: Item
    reports: tuple[str, ...]
    origins: int
    before: Item | None


def fresh(
    record: Record, items: Sequence[Item], kind: ItemKind, reports: Mapping[str, Dated], copied: Copied, since: str
) -> tuple[Fresh, ...]:
    """What is new of some entries of one kind, in no order.

    Args:
        items: all of this kind.
        reports: theirs, by their ids.
        copied: the copies among their reports.
        since: entries of reports before this day are known.
    """
    rule, least = RULES[kind]
    own = {item.entry: item for item in items}
    readings = {name: one.reading_id for name, one in reports.items()}
    around = near(record, rule, own, most=max(len(own), 1), steps=1, readings=readings)
    links = [link for link in around if link.score >= least]
    with record.reading() as connection:
        others = {entry for link in links for entry in (link.a, link.b)} - own.keys()
        days = dated(connection, {report for report, _ in others})
        past = {entry: days[entry[0]] for entry in others if entry[0] in days and days[entry[0]].day < since}
        numbered = past if kind == "figure" else {}
        told = {i.entry: i for i in told_in(connection, _only(numbered), kinds=(kind,)) if i.entry in past}
    known, before = _known(links, own, past, told)
    new = {entry: item for entry, item in own.items() if entry not in known}
    found = []
    for group in _groups(links, new, least):
        tellers = {report for report, _ in group}
        first = min(group, key=lambda entry: (reports[entry[0]].published or "9999", entry))
        earlier = next((before[entry] for entry in group if entry in before), None)
        found.append(Fresh(new.pop(first), tuple(sorted(tellers)), copied.origins(tellers), earlier))
        for entry in group:
            new.pop(entry, None)
    alone = {report: (report,) for report, _ in new}
    found += [Fresh(item, alone[entry[0]], 1, before.get(entry)) for entry, item in sorted(new.items())]
    return tuple(found)


def _only(past: Mapping[Entry, Dated]) -> list[Dated]:
    return list({one.report_id: one for one in past.values()}.values())


def _known(
    links: Sequence[Link], own: Mapping[Entry, Item], past: Mapping[Entry, Dated], told: Mapping[Entry, Item]
) -> tuple[set[Entry], dict[Entry, Item]]:
    """The entries that an earlier one tells, and of the other figures the latest earlier number for the same."""
    known: set[Entry] = set()
    other: dict[Entry, list[tuple[str, Item]]] = {}
    for link in links:
        for mine, earlier in ((link.a, link.b), (link.b, link.a)):
            if mine not in own or earlier not in past:
                continue
            figure = told.get(earlier)
            if figure is None or figure.bounds == own[mine].bounds:
                known.add(mine)
            else:
                other.setdefault(mine, []).append((past[earlier].day, figure))
    return known, {mine: max(found, key=lambda one: (one[0], one[1].entry))[1] for mine, found in other.items()}


def _groups(links: Sequence[Link], new: Mapping[Entry, Item], least: float) -> list[list[Entry]]:
    """The new entries that others tell as well, with these; figures only where they give the same number."""
    inside = [
        ("\n".join(link.a), "\n".join(link.b), link.score)
        for link in links
        if link.a in new and link.b in new and new[link.a].bounds == new[link.b].bounds
    ]
    return [[(report, entry) for report, _, entry in (name.partition("\n") for name in group)]
            for group in groups(inside, least=least)]  # fmt: skip
