"""What an actor wants, offers, refuses, accepts or threatens, by issue and in time order; candidates for changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from onrecord.anchors import Anchor, anchor
from onrecord.model import Annotated, Attribution
from onrecord.reconcile.grouping import groups
from onrecord.reconcile.holders import government
from onrecord.reconcile.issues import asked, spelt
from onrecord.reconcile.linkers import POSITIONS
from onrecord.reconcile.linking import Link
from onrecord.reconcile.position_links import SAME, Relation, held, relation
from onrecord.reconcile.positions import Position
from onrecord.reconcile.positions import positions as positions_of
from onrecord.record.names import tokens
from onrecord.record.search import published_between
from onrecord.record.store import Record
from onrecord.view.linked import links as linked
from onrecord.view.linked import readings

__all__ = ["Change", "Positions", "Stand", "StandCondition", "Topic", "positions", "topics"]

Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class StandCondition:
    """A condition of a position: its marker, all its words, and the words that it governs."""

    marker: str
    words: str
    governs: str


@dataclass(frozen=True, slots=True)
class Stand:
    """A position as one report tells it.

    Attributes:
        id: the attribution that it was read from.
        holder: whose it is; `source_words` as the report names them; `government` for whom they speak, if known.
        stance: what is done about the deed; `favours` whether they are for it.
        words: the sentence that says so, with its anchor; `deed` what is wanted, refused or offered.
        day: the stated day, else that of publication.
        via: through whom it came, outermost first; `within` the attribution that it stands in.
    """

    report_id: str
    version: str
    id: str
    holder: str
    source_words: str
    government: str | None
    stance: str
    favours: bool
    act: str
    manner: str
    words: str
    deed: str
    anchor: Anchor
    conditions: tuple[StandCondition, ...]
    addressee: str | None
    day: str | None
    within: str | None
    via: tuple[str, ...]
    publisher: str | None
    published: str | None
    title: str | None

    @property
    def teller(self) -> str:
        """Who tells it: the outlet, or whom it quotes."""
        return f"{self.via[0]}, in {self.publisher or self.report_id}" if self.via else self.publisher or self.report_id


@dataclass(frozen=True, slots=True)
class Change:
    """Two positions of one actor on one issue, the older first, and how they stand to one another.

    Attributes:
        kind: "change" is a candidate, for a person to judge; "steady" and "beside" are not.
        days: how far apart they are; None where a day is unknown.
    """

    kind: Literal["change", "steady", "beside"]
    reason: str
    days: int | None
    old: Stand
    new: Stand


@dataclass(frozen=True, slots=True)
class Topic:
    """One issue: its positions in time order, and how each stands to the last one before it that it is linked with.

    Attributes:
        issue: the words that most of its positions have, as the first has them.
    """

    issue: tuple[str, ...]
    stands: tuple[Stand, ...]
    changes: tuple[Change, ...]

    @property
    def candidates(self) -> tuple[Change, ...]:
        """The candidates for changes alone."""
        return tuple(change for change in self.changes if change.kind == "change")


@dataclass(frozen=True, slots=True)
class Positions:
    """The positions of everybody whose name holds the words asked for, by issue, in the order of their first."""

    asked: str
    topics: tuple[Topic, ...]

    @property
    def candidates(self) -> tuple[Change, ...]:
        """All candidates for changes, in the order of the newer position."""
        found = [change for topic in self.topics for change in topic.candidates]
        return tuple(sorted(found, key=lambda c: (c.new.day or "9999", c.new.report_id, c.new.id)))


def positions(
    record: Record, who: str, *, issue: str | None = None, since: str | None = None, until: str | None = None
) -> Positions:
    """The positions of an actor in the current readings, by issue and in time order.

    That a later position opposes an earlier one is a candidate, decided on the two alone; nothing says that somebody
    changed his mind but a person.

    Args:
        who: words of the name of a person, body or government; a country's name finds those who speak for it too.
        issue: words that the issue must have, in any form ("withdrawal" finds "withdraw").
        since, until: first and last day, month or year of the statement.

    Raises:
        InputError: a date is not one.
    """
    published_between(since, until)  # refuses what is no date
    with record.reading() as connection:
        read = readings(connection)
    wanted = asked(issue or "")
    states = _states(read, who)
    found: dict[Name, tuple[Annotated, Position]] = {
        (one.report.id, position.id): (one, position)
        for one in read
        for position in positions_of(one)
        if _is_asked(one, position, who, states)
        and wanted <= position.issue.terms.keys()
        and _lies_between(position.day, since, until)
    }
    return Positions(who, topics(found, linked(record, POSITIONS)))


def topics(found: Mapping[Name, tuple[Annotated, Position]], links: Iterable[Link]) -> tuple[Topic, ...]:
    """Positions by issue, in the order of their first; links of other positions are left aside.

    Args:
        found: for the report's and the attribution's id, the report and the position.
    """
    inside = [link for link in links if link.a in found and link.b in found]
    made = [_topic(names, found, inside) for names in _grouped(found, inside)]
    return tuple(sorted(made, key=lambda topic: _at(topic.stands[0])))


def _is_asked(one: Annotated, position: Position, who: str, states: frozenset[str]) -> bool:
    wanted = set(tokens(who))
    if not wanted:
        return False
    named = {*tokens(position.holder.name), *tokens(_source(one, position.id))}
    return wanted <= named or position.holder.government in states


def _states(read: Iterable[Annotated], who: str) -> frozenset[str]:
    """The governments that the reports know under exactly this name."""
    wanted = set(tokens(who))
    found = {
        government(entity)
        for one in read
        for entity in one.entities
        if entity.type in ("government", "place") and set(tokens(entity.name)) == wanted
    }
    return frozenset(state for state in found if state) | {" ".join(tokens(who))}


def _lies_between(day: str | None, since: str | None, until: str | None) -> bool:
    if day is None:
        return since is None and until is None
    return (since is None or day[: len(since)] >= since) and (until is None or day[: len(until)] <= until)


def _grouped(found: Mapping[Name, object], links: Iterable[Link]) -> list[tuple[Name, ...]]:
    names = {f"{report}\0{entry}": (report, entry) for report, entry in found}
    made = groups((("\0".join(link.a), "\0".join(link.b), link.score) for link in links), least=SAME / 2)
    together = {name for group in made for name in group}
    alone = [(name,) for name in sorted(names.keys() - together)]
    return [tuple(names[name] for name in group) for group in (*made, *alone)]


def _topic(names: Iterable[Name], found: Mapping[Name, tuple[Annotated, Position]], links: Iterable[Link]) -> Topic:
    stands = sorted(((_stand(*found[name]), name) for name in names), key=lambda item: _at(item[0]))
    joined = {frozenset((link.a, link.b)) for link in links}
    changes = []
    for number, (new, name) in enumerate(stands):
        before = next(((old, one) for old, one in reversed(stands[:number]) if frozenset((one, name)) in joined), None)
        if before is not None:
            between: Relation = relation(held(found[before[1]][1]), held(found[name][1]))
            changes.append(Change(between.kind, between.reason, between.days, before[0], new))
    return Topic(_words([found[name] for _, name in stands]), tuple(stand for stand, _ in stands), tuple(changes))


def _words(told: list[tuple[Annotated, Position]]) -> tuple[str, ...]:
    """The words that most positions have, the most telling first."""
    weights: dict[str, float] = {}
    spellings: dict[str, str] = {}
    for one, position in told:
        spellings = {**spelt(one.report.text, position.deed, position.issue), **spellings}
        for stem, weight in position.issue.terms.items():
            weights[stem] = weights.get(stem, 0.0) + weight
    common = {s for s in weights if sum(s in p.issue.terms for _, p in told) * 2 > len(told)}
    ranked = sorted(common or weights, key=lambda stem: (-weights[stem], stem))[:4]
    return tuple(spellings.get(stem, stem) for stem in ranked)


def _at(stand: Stand) -> tuple[str, str, str, int]:
    return stand.day or "9999", stand.published or "9999", stand.report_id, stand.anchor.start


def _source(one: Annotated, item: str) -> str:
    found = _attribution(one, item)
    return " ".join(" ".join(one.report.text[slice(*span)].split()) for span in found.source.spans)


def _attribution(one: Annotated, item: str) -> Attribution:
    return next(each for each in one.attributions if each.id == item)


def _stand(one: Annotated, position: Position) -> Stand:
    report = one.report
    return Stand(
        report_id=report.id, version=report.version, id=position.id, holder=position.holder.name,
        source_words=_source(one, position.id), government=position.holder.government, stance=position.stance,
        favours=position.favours, act=position.act, manner=position.manner, words=report.text[slice(*position.span)],
        deed=report.text[slice(*position.deed)], anchor=anchor(report, position.span),
        conditions=tuple(
            StandCondition(*(report.text[slice(*span)] for span in (c.marker, c.span, c.governs)))
            for c in position.conditions
        ),
        addressee=position.addressee, day=position.day, within=position.within, via=position.via,
        publisher=report.publisher, published=report.published, title=report.title,
    )  # fmt: skip
