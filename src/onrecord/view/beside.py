"""One event, statement or figure as every outlet has it, from the reports around it alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.errors import RecordError
from onrecord.model import Annotated
from onrecord.reconcile.grouping import groups
from onrecord.reconcile.linkers import SAME_WORDS
from onrecord.reconcile.linking import Link
from onrecord.reconcile.utterances import Utterance
from onrecord.record import finding
from onrecord.record.correcting import Entry
from onrecord.record.store import Record
from onrecord.view.accounts import happenings_in
from onrecord.view.aspects import Aspect
from onrecord.view.copied import copied_among
from onrecord.view.days import Dated, dated
from onrecord.view.fresh import RULES
from onrecord.view.linked import decisions
from onrecord.view.near import near
from onrecord.view.other_aspects import figure_aspects, statement_aspects
from onrecord.view.told_in import ItemKind
from onrecord.view.utterances import Given, readings_of, utterances_in

__all__ = ["Beside", "Reason", "beside", "reasons"]

#: How many reports are laid beside one another at most, and how many entries are looked at for them.
MOST, LOOKED_AT = 60, 200

Aspects = tuple[tuple[Aspect, ...], tuple[Aspect, ...], tuple[Aspect, ...]]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two entries are taken to belong together; `by_hand` if a person says so."""

    a: Entry
    b: Entry
    because: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """What several reports tell of one event, statement or figure.

    Attributes:
        accounts: the entries, by report in the order of publication; the one asked for is among them.
        read: their reports' readings; `reports` the reports without their texts.
        origins: the reports by independent origin, in the order of their earliest.
        agree, differ, alone: what several reports say alike, what they do not, and what only one says.
        reasons: why they are taken together.
        utterance: of a statement its versions, with what each leaves out; None if only one report has it.
        given: quotations of the same words that are given to two speakers.
        is_cut: whether there are more accounts than are shown.
    """

    kind: ItemKind
    asked: Entry
    accounts: tuple[Entry, ...]
    read: Mapping[str, Annotated]
    reports: Mapping[str, Dated]
    origins: tuple[tuple[str, ...], ...]
    agree: tuple[Aspect, ...]
    differ: tuple[Aspect, ...]
    alone: tuple[Aspect, ...]
    reasons: tuple[Reason, ...]
    utterance: Utterance | None
    given: tuple[Given, ...]
    is_cut: bool


def beside(record: Record, report: str, entry: str) -> Beside:
    """What every outlet tells of what one entry of a report tells.

    Raises:
        RecordError: there is no such report, or it has no such event, statement or figure.

    Example:
        >>> import tempfile, onrecord
        >>> from onrecord.reconciling import reconcile
        >>> from onrecord.read.original import Original, Received
        >>> from onrecord.read.text import report
        >>> told = {"a": "Rebels shelled the port of Anselm on Tuesday, 4 May 1971. 14 soldiers died there.",
        ...         "b": "On Tuesday, 4 May 1971, rebels shelled the port of Anselm, killing 14 soldiers."}
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     for one, text in told.items():
        ...         kept = Original(f"/{one}", "text/plain", "utf-8", text.encode(), ())
        ...         read = onrecord.annotate(text, id=one, models=False)
        ...         made = record.add(Received(report(text, id=one), kept), read)
        ...     linked = list(reconcile(record))
        ...     found = beside(record, "a", "ev1")
        ...     found.kind, found.accounts
        ('event', (('a', 'ev1'), ('b', 'ev1')))
    """
    with record.reading() as connection:
        name = finding.report_id(connection, report)
        own = readings_of(connection, {name})
    asked = name, entry
    kind = _kind(own[name], entry)
    rule, _ = RULES[kind]
    links = near(record, rule, [asked], most=LOOKED_AT)
    found = {entry_of[0] for link in links for entry_of in (link.a, link.b)}
    with record.reading() as connection:
        around = dated(connection, found | {name})
        kept = _nearest(around, name)
        read = {**readings_of(connection, kept), **own}
        by_hand = {pair for made in decisions(connection, rule) for pair in made.joined}
    links = tuple(link for link in links if link.a[0] in read and link.b[0] in read)
    accounts, aspects, utterance = _told(kind, asked, links, read)
    names = {one for one, _ in accounts}
    inside = set(accounts)
    reports = {one: around[one] for one in names}
    given = near(record, SAME_WORDS, accounts, most=len(accounts), steps=1) if kind == "statement" else ()
    with record.reading() as connection:
        others = readings_of(connection, {e[0] for link in given[:MOST] for e in (link.a, link.b)})
    return Beside(
        kind, asked, tuple(sorted(accounts, key=lambda one: (_at(reports[one[0]]), one))),
        {one: read[one] for one in names}, reports, _ordered(copied_among(record, names).by_origin(names), reports),
        *aspects, reasons((link for link in links if link.a in inside and link.b in inside), by_hand), utterance,
        utterances_in(others, (), given, {}).given, len(around) > len(read),
    )  # fmt: skip


def reasons(links: Iterable[Link], by_hand: set[frozenset[Entry]]) -> tuple[Reason, ...]:
    """The links with their reasons, those that a person made first, then the likeliest."""
    found = [(-x.score, Reason(x.a, x.b, x.reason, frozenset((x.a, x.b)) in by_hand)) for x in links]
    return tuple(one for _, one in sorted(found, key=lambda each: (not each[1].by_hand, each[0], each[1].a, each[1].b)))


def _kind(annotated: Annotated, entry: str) -> ItemKind:
    if any(one.id == entry for one in annotated.events):
        return "event"
    if any(one.id == entry for one in annotated.figures):
        return "figure"
    if any(one.id == entry for one in annotated.attributions):
        return "statement"
    raise RecordError(
        "there is no such event, statement or figure", "go to the report to see what it has",
        subject=f"{annotated.report.id}:{entry}",
    )  # fmt: skip


def _nearest(around: Mapping[str, Dated], name: str) -> set[str]:
    """The reports that are read: those nearest in time to the one asked for."""
    days = sorted(around.values(), key=_at)
    middle = next(n for n, one in enumerate(days) if one.report_id == name)
    ordered = sorted(range(len(days)), key=lambda n: (abs(n - middle), n))
    return {days[n].report_id for n in ordered[:MOST]}


def _at(report: Dated) -> tuple[str, str]:
    return report.published or "9999", report.report_id


def _told(
    kind: ItemKind, asked: Entry, links: Sequence[Link], read: Mapping[str, Annotated]
) -> tuple[tuple[Entry, ...], Aspects, Utterance | None]:
    """The entries that tell the same as the one asked for, and what they have in common."""
    if kind == "event":
        for one in happenings_in(read.values(), links, {}):
            entries = tuple((account.report_id, account.id) for account in one.accounts)
            if asked in entries:
                return entries, (one.agree, one.differ, one.alone), None
    if kind == "statement":
        for told in utterances_in(read, links, (), {}).told:
            entries = tuple((v.report, entry) for v in told.told.versions for entry in v.entries)
            if asked in entries:
                return entries, statement_aspects(entries, read), told.told
    if kind == "figure":
        names = {"\n".join(entry): entry for link in links for entry in (link.a, link.b)}
        pairs = (("\n".join(link.a), "\n".join(link.b), link.score) for link in links)
        for group in groups(pairs, least=RULES[kind][1]):
            entries = tuple(names[name] for name in group)
            if asked in entries:
                return entries, figure_aspects(entries, read), None
    return (asked,), ((), (), ()), None


def _ordered(origins: Iterable[Sequence[str]], reports: Mapping[str, Dated]) -> tuple[tuple[str, ...], ...]:
    """Reports by origin, each and all in the order of publication."""
    made = [tuple(sorted(names, key=lambda name: _at(reports[name]))) for names in origins]
    return tuple(sorted(made, key=lambda names: _at(reports[names[0]])))
