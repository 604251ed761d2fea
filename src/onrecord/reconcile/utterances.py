"""Utterances from links: each with its versions in the reports, which has most of it, and what the others leave out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from onrecord.model import Annotated, Span
from onrecord.reconcile.grouping import groups
from onrecord.reconcile.groups import Groups
from onrecord.reconcile.left_out import Wanting, left_out
from onrecord.reconcile.linking import Link
from onrecord.reconcile.said import said
from onrecord.reconcile.sayings import Statement, statements
from onrecord.reconcile.speakers import Speaker, sameness

__all__ = ["JOINED", "Entry", "Utterance", "Version", "utterances"]

#: Two groups of statements become one utterance when their links are, on average, at least this likely.
JOINED = 0.4
#: What a pair of statements by two speakers adds to the average: no others outweigh it.
TWO_SPEAKERS = -10.0
#: What a word is worth more in quotation marks, where it is asked which version is the fullest.
QUOTED = 0.25

#: A statement: the id of its report, and its own.
Entry = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Version:
    """An utterance as one report has it.

    Attributes:
        report: the report's id. `entries`: its attributions that tell of the utterance, in their order.
        publisher, published: of the report.
        speaker: who speaks, in the report's words.
        spans: what it has of the utterance, in the report's text; `words` the same in words.
        share: which part of the fullest version's rare words it has, 0 to 1.
        left_out: what the fullest version has that this report has nowhere.
    """

    report: str
    entries: tuple[str, ...]
    publisher: str | None
    published: str | None
    speaker: str
    spans: tuple[Span, ...]
    words: str
    share: float
    left_out: tuple[Wanting, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One utterance of one speaker, told by two reports or more.

    Attributes:
        speaker: its fullest name.
        fullest: the id of the report that has most of it, quoted rather than retold.
        versions: one for each report; the fullest first, the others by date.
        links: why they are taken for one.
    """

    speaker: str
    fullest: str
    versions: tuple[Version, ...]
    links: tuple[Link, ...]


def utterances(links: Iterable[Link], reports: Mapping[str, Annotated]) -> tuple[Utterance, ...]:
    """The utterances that links between statements make, in the order of their first report and entry.

    Groups are joined, the likeliest first, as long as the pairs across two groups are on average likely enough; so no
    single link chains two utterances, and a statement without a speaker joins no two. Links to reports that are not
    given are left aside. The same in any order.

    Args:
        links: of the kind "same-attribution".
        reports: the annotated reports by id.
    """
    inside = [link for link in links if link.a[0] in reports and link.b[0] in reports]
    names = {_name(entry): entry for link in inside for entry in (link.a, link.b)}
    kept = {report: dict(statements(reports[report])) for report in sorted({entry[0] for entry in names.values()})}
    known = [(_name(link.a), _name(link.b), link.score) for link in inside]
    made = groups([*_apart(known, names, kept), *known], least=JOINED)
    home = {names[name]: number for number, group in enumerate(made) for name in group}
    within: dict[int, list[Link]] = {}
    for link in inside:
        if (number := home.get(link.a)) is not None and number == home.get(link.b):
            within.setdefault(number, []).append(link)
    found = (
        _utterance(sorted(names[name] for name in group), within[number], reports, kept)
        for number, group in enumerate(made)
    )
    return tuple(sorted(found, key=lambda one: min((v.report, v.entries) for v in one.versions)))


def _name(entry: Entry) -> str:
    return f"{entry[0]}\n{entry[1]}"


def _apart(
    known: Iterable[tuple[str, str, float]], names: Mapping[str, Entry], kept: Mapping[str, Mapping[str, Statement]]
) -> Iterator[tuple[str, str, float]]:
    """Pairs of two speakers whose statements are connected over others: a report that names nobody joins none."""
    connected = Groups(names)
    for a, b, _ in known:
        connected.unite(a, b)
    members: dict[str, dict[Speaker, list[str]]] = {}
    for name, (report, entry) in sorted(names.items()):
        members.setdefault(connected.of(name), {}).setdefault(kept[report][entry].speaker, []).append(name)
    for by_speaker in members.values():
        for one, other in combinations(by_speaker, 2):
            if sameness(one, other) == "other":
                yield from ((a, b, TWO_SPEAKERS) for a in by_speaker[one] for b in by_speaker[other])


def _utterance(
    entries: list[Entry],
    links: list[Link],
    reports: Mapping[str, Annotated],
    kept: Mapping[str, Mapping[str, Statement]],
) -> Utterance:
    held: dict[str, list[str]] = {}
    for report, entry in entries:
        held.setdefault(report, []).append(entry)
    speakers = [kept[report][entry].speaker for report, entry in entries]
    shown = max(speakers, key=lambda who: (bool(who.name), len(who.name), len(who.shown), who.shown)).shown
    spans = {report: _spans(reports[report], found) for report, found in held.items()}
    fullest = min(held, key=lambda report: (-_fullness(kept[report], held[report]), _day(reports[report]), report))
    versions = [
        _version(reports[report], held[report], kept[report], spans[report], reports[fullest], spans[fullest])
        for report in held
    ]
    versions.sort(key=lambda one: (one.report != fullest, one.published or "9999", one.report))
    ordered = sorted(links, key=lambda link: (link.a, link.b))
    return Utterance(shown, fullest, tuple(versions), tuple(ordered))


def _version(
    annotated: Annotated,
    entries: list[str],
    kept: Mapping[str, Statement],
    spans: tuple[Span, ...],
    fullest: Annotated,
    wanted: tuple[Span, ...],
) -> Version:
    report = annotated.report
    if report.id == fullest.report.id:
        share, wanting = 1.0, tuple[Wanting, ...]()
    else:
        share, wanting = left_out(fullest.report.text, wanted, report.text, spans)
    who = max((kept[entry].speaker for entry in entries), key=lambda one: (len(one.name), len(one.shown), one.shown))
    return Version(
        report=report.id, entries=tuple(entries), publisher=report.publisher, published=report.published,
        speaker=who.shown, spans=spans, words=" ... ".join(report.text[start:end] for start, end in spans),
        share=share, left_out=wanting,
    )  # fmt: skip


def _spans(annotated: Annotated, entries: list[str]) -> tuple[Span, ...]:
    """The contents of some attributions as one: those that overlap or touch are joined."""
    wanted = set(entries)
    found: list[Span] = []
    for start, end in sorted(span for a in annotated.attributions if a.id in wanted for span in a.content.spans):
        if found and start <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def _fullness(kept: Mapping[str, Statement], entries: list[str]) -> float:
    """The weight of all different words, those quoted a little more."""
    worth: dict[str, float] = {}
    for entry in entries:
        for word in said(kept[entry].content, kept[entry].quoted).words:
            if word.weight:
                worth[word.root] = max(worth.get(word.root, 0.0), word.weight * (1 + QUOTED * word.quoted))
    return round(sum(sorted(worth.values())), 3)


def _day(annotated: Annotated) -> str:
    return (annotated.report.published or "9999")[:10]
