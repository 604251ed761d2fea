"""Independent origins: wire copies counted once.

Reports that are copies, rewrites or versions of one another have one origin. A round-up that holds several reports
does not make their origins one; it has none of its own, for each of its parts has another's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from onrecord.model import Report, Span
from onrecord.reconcile.agencies_named import origin
from onrecord.reconcile.copies import Copy
from onrecord.reconcile.groups import Groups

__all__ = ["CommonOrigin", "Counts", "counts", "independent", "origins", "origins_among"]

#: A report of which a partner holds less than this may be a round-up.
PARTLY = 0.75
#: The most part of the smaller of two stretches that both hold, where they are stretches of two stories.
MOST_OVERLAP = 0.2


class CommonOrigin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Reports with one origin, and what is known of it.

    Attributes:
        reports: their ids, ascending.
        held_by: ids of reports that hold one of these beside something else.
        agencies: whom the reports name as their origin, by usual names, ascending; none where none is named.
        earliest: the ids of those that were published first, and `published` when; empty and null if unknown for all.
        because: why they are taken together, in words.
    """

    reports: tuple[str, ...]
    held_by: tuple[str, ...]
    agencies: tuple[str, ...]
    earliest: tuple[str, ...]
    published: str | None
    because: str


class Counts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many reports, and how many independent origins they have."""

    reports: int
    origins: int


def counts(reports: Iterable[Report], links: Iterable[Copy]) -> Counts:
    """How many reports a set has, and how many independent origins as far as the links tell.

    Example:
        >>> from onrecord.read.text import report
        >>> counts([report("Talks failed.", id="1"), report("Rain fell.", id="2")], [])
        Counts(reports=2, origins=2)
    """
    given = list(reports)
    return Counts(len({r.id for r in given}), len(origins(given, links)))


def origins(reports: Iterable[Report], links: Iterable[Copy]) -> tuple[CommonOrigin, ...]:
    """The reports of a set by origin, ordered by their first id; links to reports outside the set are left aside.

    Args:
        reports: several versions of one report count as one report.
        links: from `copies`.
    """
    versions: dict[str, list[Report]] = {}
    for report in sorted(reports, key=lambda r: (r.id, r.version)):
        versions.setdefault(report.id, []).append(report)
    return tuple(_described(list(names), list(held_by), versions) for names, held_by in independent(versions, links))


def independent(reports: Iterable[str], links: Iterable[Copy]) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The ids of some reports by origin, and for each origin those of the round-ups that hold one of its reports.

    Args:
        reports: ids, each once.
        links: from `copies`; those to other reports are left aside.

    Example:
        >>> independent(["b", "a"], [])
        ((('a',), ()), (('b',), ()))
    """
    known = sorted(reports)
    names = frozenset(known)
    inside = [c for c in links if c.a in names and c.b in names and c.a != c.b]
    holds = {(c.a, c.b) if c.holder == "a" else (c.b, c.a) for c in inside if c.holder is not None}
    uniting = [c for c in inside if c.holder is None]
    for hub in _round_ups(inside):
        holds |= {(hub, c.b if c.a == hub else c.a) for c in uniting if hub in (c.a, c.b) and not _whole(c, hub)}
    apart = holds | {(held, holder) for holder, held in holds}
    groups = Groups(known)
    for link in uniting:
        if (link.a, link.b) not in apart:
            groups.unite(link.a, link.b)
    above = _holders(groups, holds)
    members: dict[str, list[str]] = {}
    for name in known:
        members.setdefault(groups.of(name), []).append(name)
    held = {holder for holders in above.values() for holder in holders}
    return tuple(
        (tuple(those), tuple(n for h in sorted(above.get(root, ())) for n in members[h]))
        for root, those in sorted(members.items())
        if root not in held
    )


def origins_among(reports: Collection[str], copied: Mapping[str, Sequence[Copy]]) -> int:
    """How many independent origins some reports have, by the links between them.

    A round-up of others counts by what is in them, so it adds none of its own.
    """
    inside = {(link.a, link.b): link for name in reports for link in copied.get(name, ())
              if link.a in reports and link.b in reports}  # fmt: skip
    if not inside:
        return len(reports)
    linked = {name for pair in inside for name in pair}
    return len(reports) - len(linked) + len(independent(linked, inside.values()))


def _described(names: list[str], held_by: list[str], versions: dict[str, list[Report]]) -> CommonOrigin:
    said = {found.name for name in names for r in versions[name] if (found := origin(r)) is not None}
    dated = [(r.published, name) for name in names for r in versions[name] if r.published is not None]
    # A date alone may be any time of its day, so days are compared.
    day = min((when[:10] for when, _ in dated), default=None)
    first = sorted({name for when, name in dated if when[:10] == day})
    size = len(names)
    parts = ["one report" if size == 1 else f"{size} reports linked as copies, rewrites or versions"]
    if said:
        parts.append(f"naming {' and '.join(sorted(said))}")
    if held_by:
        parts.append(f"held by {len(set(held_by))} round-up{'s' if len(set(held_by)) > 1 else ''}")
    return CommonOrigin(
        tuple(sorted(names)), tuple(sorted(set(held_by))), tuple(sorted(said)), tuple(first), day, ", ".join(parts)
    )


def _holders(groups: Groups[str], holds: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """For each group the groups that hold it; groups that hold one another are united first."""
    below: dict[str, set[str]] = {}
    while True:
        below = {}
        for holder, held in sorted(holds):
            one, other = groups.of(holder), groups.of(held)
            if one != other:
                below.setdefault(one, set()).add(other)
        mutual = next(((n, m) for n in sorted(below) for m in sorted(below[n]) if n in _reached(below, m)), None)
        if mutual is None:
            break
        groups.unite(*mutual)
    above: dict[str, set[str]] = {}
    for holder in below:
        for held in _reached(below, holder):
            above.setdefault(held, set()).add(holder)
    return above


def _reached(below: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        for name in below.get(ahead.pop(), ()):
            if name not in seen:
                seen.add(name)
                ahead.append(name)
    return seen


def _round_ups(links: Sequence[Copy]) -> list[str]:
    """Reports whose parts stand in partners that have nothing to do with one another."""
    partial: dict[str, dict[str, tuple[Span, ...]]] = {}
    linked = {(c.a, c.b) for c in links} | {(c.b, c.a) for c in links}
    for c in links:
        for hub, partner, spans in ((c.a, c.b, c.spans_a), (c.b, c.a, c.spans_b)):
            if not _whole(c, hub):
                partial.setdefault(hub, {})[partner] = spans
    found = []
    for hub, partners in sorted(partial.items()):
        groups = Groups(partners)
        for one, other in combinations(sorted(partners), 2):
            if (one, other) in linked:
                groups.unite(one, other)
        if any(
            groups.of(one) != groups.of(other) and _disjoint(partners[one], partners[other])
            for one, other in combinations(sorted(partners), 2)
        ):
            found.append(hub)
    return found


def _whole(link: Copy, report: str) -> bool:
    """Whether nearly all of a report stands in its partner."""
    return (link.share_a if report == link.a else link.share_b) >= PARTLY


def _disjoint(one: Sequence[Span], other: Sequence[Span]) -> bool:
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    return shared < MOST_OVERLAP * min(sum(e - s for s, e in one), sum(e - s for s, e in other))
