"""The stories of some reports: which of them tell of the same, since when, and of how many origins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.reconcile.linkers import STORIES
from onrecord.reconcile.linking import Link
from onrecord.reconcile.stories import JOINED, stories
from onrecord.record.store import Record
from onrecord.view.copied import Copied
from onrecord.view.days import Dated, dated
from onrecord.view.near import near

__all__ = ["FreshStory", "fresh_stories"]


@dataclass(frozen=True, slots=True)
class FreshStory:
    """The new reports of a story.

    Attributes:
        lead: the report that has most in common with the others; the earliest of several.
        reports: in the order of publication; `origins` how many independent ones.
        earlier: how many reports of earlier days are linked with these, the first of them on the day `began`.
    """

    lead: Dated
    reports: tuple[Dated, ...]
    origins: int
    earlier: int
    began: str | None

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of the reports."""
        return tuple(one.report_id for one in self.reports)


def fresh_stories(record: Record, reports: Sequence[Dated], copied: Copied, since: str) -> tuple[FreshStory, ...]:
    """Some reports by story, those of most independent origins first, then of most reports, then of most links.

    Args:
        copied: the copies among the reports.
        since: the day before which reports are earlier.
    """
    own = {one.report_id: one for one in reports}
    readings = {name: one.reading_id for name, one in own.items()}
    links = near(record, STORIES, [(name, "") for name in own], most=max(len(own), 1), steps=1, readings=readings)
    with record.reading() as connection:
        others = dated(connection, {name for link in links for name in (link.a[0], link.b[0])} - own.keys())
    inside = [link for link in links if link.a[0] in own and link.b[0] in own]
    made = stories([(link.a[0], link.b[0], link.score) for link in inside])
    together = {name for names in made for name in names}
    alone = [(one.report_id,) for one in reports if one.report_id not in together]
    earlier = _earlier(links, own, {name: one.day for name, one in others.items() if one.day < since})
    found = [_story(names, own, inside, copied, earlier) for names in (*made, *alone)]
    return tuple(sorted(found, key=lambda one: (-one.origins, -len(one.reports), -one.earlier, one.lead.report_id)))


def _earlier(links: Sequence[Link], own: dict[str, Dated], past: dict[str, str]) -> dict[str, dict[str, str]]:
    """For each report the earlier ones that tell of the same, with their days."""
    found: dict[str, dict[str, str]] = {}
    for link in links:
        for mine, other in ((link.a[0], link.b[0]), (link.b[0], link.a[0])):
            if mine in own and other in past and link.score >= JOINED:
                found.setdefault(mine, {})[other] = past[other]
    return found


def _story(
    names: Sequence[str], own: dict[str, Dated], links: Sequence[Link], copied: Copied,
    earlier: dict[str, dict[str, str]],
) -> FreshStory:  # fmt: skip
    likeness = dict.fromkeys(names, 0.0)
    for link in links:
        if link.a[0] in likeness and link.b[0] in likeness:
            likeness[link.a[0]] += link.score
            likeness[link.b[0]] += link.score
    reports = sorted((own[name] for name in names), key=lambda one: (one.published or "9999", one.report_id))
    titled = [one for one in reports if one.title] or reports
    lead = max(titled, key=lambda one: round(likeness[one.report_id], 3))
    past = {name: day for each in names for name, day in earlier.get(each, {}).items()}
    return FreshStory(lead, tuple(reports), copied.origins(set(names)), len(past), min(past.values(), default=None))
