"""The story that a report belongs to: its reports in the order of time, their origins, and why they belong together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.reconcile.linkers import STORIES
from onrecord.reconcile.stories import stories
from onrecord.record import finding
from onrecord.record.store import Record
from onrecord.view.beside import Reason, reasons
from onrecord.view.copied import copied_among
from onrecord.view.days import Dated, dated
from onrecord.view.linked import decisions
from onrecord.view.near import MOST, near

__all__ = ["StoryAround", "StoryReport", "story_around"]


@dataclass(frozen=True, slots=True)
class StoryReport:
    """A report of a story.

    Attributes:
        origin: the number of its origin, from 1 in the order of time; `copy_of` the earlier report that has its words,
            and `because` how that is known.
        reason: the likeliest link that ties it to the story; None where it is alone.
    """

    report: Dated
    origin: int
    copy_of: Dated | None
    because: str | None
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class StoryAround:
    """The story of one report.

    Attributes:
        asked: the report.
        reports: of the story, in the order of publication.
        origins: how many of them are independent.
        is_cut: whether so many reports are linked that not all were looked at.
    """

    asked: Dated
    reports: tuple[StoryReport, ...]
    origins: int
    is_cut: bool


def story_around(record: Record, report: str) -> StoryAround:
    """The reports that tell of the same story as this one, as far as `near` looks.

    Raises:
        RecordError: there is no such report.

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
        ...     [one.report.report_id for one in story_around(record, "a").reports]
        ['a', 'b']
    """
    with record.reading() as connection:
        name = finding.report_id(connection, report)
        by_hand = {pair for made in decisions(connection, STORIES) for pair in made.joined}
    links = near(record, STORIES, [(name, "")])
    made = stories([(link.a[0], link.b[0], link.score) for link in links])
    names = set(next((names for names in made if name in names), (name,)))
    tied = reasons((link for link in links if link.a[0] in names and link.b[0] in names), by_hand)
    with record.reading() as connection:
        found = dated(connection, names)
    ordered = sorted(found.values(), key=lambda one: (one.published or "9999", one.report_id))
    copied = copied_among(record, names)
    number = _numbered(copied.by_origin(names), [one.report_id for one in ordered])
    copies: dict[str, tuple[Dated, str]] = {}
    for link in copied.between(names):
        first, later = (link.a, link.b) if _before(found[link.a], found[link.b]) else (link.b, link.a)
        copies.setdefault(later, (found[first], link.because))
    told = []
    for one in ordered:
        copy_of, because = copies.get(one.report_id, (None, None))
        tie = next((r for r in tied if one.report_id in (r.a[0], r.b[0])), None)
        told.append(StoryReport(one, number[one.report_id], copy_of, because, tie))
    looked_at = {entry for link in links for entry in (link.a, link.b)}
    return StoryAround(found[name], tuple(told), copied.origins(names), len(looked_at) >= MOST)


def _before(one: Dated, other: Dated) -> bool:
    return (one.published or "9999", one.report_id) < (other.published or "9999", other.report_id)


def _numbered(origins: tuple[tuple[str, ...], ...], ordered: list[str]) -> Mapping[str, int]:
    """Each report's origin as a number, in the order in which the reports first have them."""
    home = {name: n for n, names in enumerate(origins) for name in names}
    order = list(dict.fromkeys(home[name] for name in ordered))
    return {name: order.index(home[name]) + 1 for name in ordered}
