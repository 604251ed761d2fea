"""Which of some reports are copies of one another, asked around these reports alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from onrecord.reconcile.copies import Copy
from onrecord.reconcile.linkers import COPIES
from onrecord.reconcile.origins import independent
from onrecord.record.store import Record
from onrecord.view.days import dated
from onrecord.view.near import near
from onrecord.view.origins import as_copy, origins_among

__all__ = ["Copied", "copied_among"]


class Copied:
    """The copies among some reports: how many independent origins any of these have."""

    def __init__(self, links: Iterable[Copy]) -> None:
        self._of: dict[str, list[Copy]] = {}
        for link in links:
            self._of.setdefault(link.a, []).append(link)
            self._of.setdefault(link.b, []).append(link)

    def by_report(self) -> dict[str, list[Copy]]:
        """The links of each report that has any, by its id."""
        return self._of

    def between(self, reports: Collection[str]) -> tuple[Copy, ...]:
        """The links between some of the reports, each once."""
        found = {(link.a, link.b): link for name in reports for link in self._of.get(name, ())
                 if link.a in reports and link.b in reports}  # fmt: skip
        return tuple(found[pair] for pair in sorted(found))

    def origins(self, reports: Collection[str]) -> int:
        """How many independent origins some of the reports have; a round-up of others adds none of its own."""
        return origins_among(reports, self._of)

    def by_origin(self, reports: Collection[str]) -> tuple[tuple[str, ...], ...]:
        """Some of the reports by origin, each group in the order of its ids; round-ups of others come alone."""
        made = [names for names, _ in independent(reports, self.between(reports))]
        known = {name for names in made for name in names}
        return (*made, *((name,) for name in sorted(set(reports) - known)))


def copied_among(record: Record, reports: Iterable[str]) -> Copied:
    """The copies among some reports, from the links around them; what people decided is in."""
    names = sorted(set(reports))
    made = near(record, COPIES, [(name, "") for name in names], most=max(len(names), 1), steps=1)
    wanted = set(names)
    inside = [link for link in made if link.a[0] in wanted and link.b[0] in wanted]
    by_hand = {name for link in inside if link.detail is None for name in (link.a[0], link.b[0])}
    with record.reading() as connection:
        versions = {name: one.version for name, one in dated(connection, by_hand).items()}
    return Copied(as_copy(link, versions) for link in inside)
