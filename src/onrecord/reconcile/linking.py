"""Links between entries of different reports: what each kind of link keeps of a report, and which pairs it joins.

A kind of link is a `Linker`: it says what it keeps of each entry of one report (its trace), by which keys two traces
find one another, and whether two traces belong together, from these two alone. Everything else (the look-up, the
storing, the order of arrival, what people decided) is the same for every kind and is done once, here and in
`onrecord.record.linking`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Generic, Literal, Protocol, TypeVar

import msgspec

from onrecord.model import Annotated

__all__ = ["Link", "LinkKind", "Linked", "Linker", "Trace", "links", "pairs"]

LinkKind = Literal[
    "copy-of", "same-story", "same-event", "same-attribution", "same-words", "same-figure", "same-issue", "same-entity",
]  # fmt: skip


Kept = TypeVar("Kept")


class Linked(msgspec.Struct, frozen=True):
    """That two traces belong together: how likely, 0 to 1, and why, in words for a person.

    `detail` is what else the kind of link tells of the pair, as JSON.
    """

    score: float
    reason: str
    detail: str | None = None


class Trace(msgspec.Struct, Generic[Kept], frozen=True):
    """What a kind of link keeps of an entry of one report.

    Attributes:
        report: the report's id.
        entry: the entry's id in the report; empty where the trace is of the report itself.
        keys: by what it is found: two traces of different reports are compared if they have a key in common. A key that
            too many traces hold makes look-up slow, so it should name something rare, or a stretch of time with it.
        kept: what is compared, small enough to be stored.
    """

    report: str
    entry: str
    keys: tuple[str, ...]
    kept: Kept


class Link(msgspec.Struct, frozen=True):
    """That two entries, each (report, entry), belong together; `a` is before `b`."""

    kind: LinkKind
    a: tuple[str, str]
    b: tuple[str, str]
    score: float
    reason: str
    detail: str | None = None


class Linker(Protocol[Kept]):
    """A kind of link.

    Attributes:
        kind: its name.
        kept: the type of what it keeps, which JSON can hold.
    """

    @property
    def kind(self) -> LinkKind:
        """The name of the kind."""

    @property
    def kept(self) -> type[Kept]:
        """The type of what is kept of an entry: a `msgspec.Struct`."""

    def traces(self, annotated: Annotated) -> Iterable[Trace[Kept]]:
        """What is kept of one report's entries, from this report alone."""

    def linked(self, a: Kept, b: Kept) -> Linked | None:
        """Whether two entries belong together, from what is kept of these two alone; the same whichever comes first."""


def pairs(traces: Iterable[Trace[Kept]], *, common: int = 1) -> Iterator[tuple[Trace[Kept], Trace[Kept]]]:
    """Traces of different reports with keys in common, each pair once, in the order of their reports and entries.

    Args:
        traces: of entries, no entry twice.
        common: how many keys must be in common.
    """
    holders: dict[str, list[Trace[Kept]]] = defaultdict(list)
    for trace in sorted(traces, key=_name):
        own = dict.fromkeys(trace.keys)
        met = Counter(_name(other) for key in own for other in holders[key] if other.report != trace.report)
        found = {_name(other): other for key in own for other in holders[key]}
        yield from ((found[name], trace) for name in sorted(met) if met[name] >= common)
        for key in own:
            holders[key].append(trace)


def links(linker: Linker[Any], reports: Iterable[Annotated], *, common: int = 1) -> tuple[Link, ...]:
    """All links of a kind between some reports, held in memory; `onrecord.record.linking` does the same for a record.

    The same in any order of the reports.
    """
    traces = [trace for annotated in reports for trace in linker.traces(annotated)]
    found = ((a, b, linker.linked(a.kept, b.kept)) for a, b in pairs(traces, common=common))
    made = (
        Link(linker.kind, _name(a), _name(b), link.score, link.reason, link.detail)
        for a, b, link in found
        if link is not None
    )
    return tuple(sorted(made, key=lambda link: (link.a, link.b)))


def _name(trace: Trace[Any]) -> tuple[str, str]:
    return trace.report, trace.entry
