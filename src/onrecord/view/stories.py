"""Which reports of a record tell of the same story, and what they have in common."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from onrecord.reconcile.profiles import profile
from onrecord.reconcile.stories import keys, linked, pairs
from onrecord.reconcile.stories import stories as grouped
from onrecord.record import tables as t
from onrecord.record.correcting import decided
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.wire import decode

__all__ = ["Story", "StoryLink", "stories"]

#: The score of a link that a person made.
BY_HAND = 1.0


@dataclass(frozen=True, slots=True)
class StoryLink:
    """Two reports of one story: their ids, how likely they are (0 to 1; 1 by a person), and why, in words."""

    a: str
    b: str
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class Story:
    """Reports of one story.

    Attributes:
        story: the story's name: the first of its reports by id.
        reports: their ids, ascending; one alone is a story of its own.
        links: what says that they belong together.
    """

    story: str
    reports: tuple[str, ...]
    links: tuple[StoryLink, ...]


def stories(record: Record) -> tuple[Story, ...]:
    """The current reports of a record by story, those with most reports first.

    Whether two reports are linked depends on them alone; a story is the average linkage of those links, so that one
    link does not chain two stories. A person's link or unlink of two reports (same-story) has the last word on that
    pair.
    """
    with record.reading() as connection:
        query = select(CURRENT.c.report_id, t.readings.c.annotated).join_from(
            t.readings, CURRENT, CURRENT.c.reading_id == t.readings.c.id
        )
        profiles = {row.report_id: profile(decode(row.annotated)) for row in connection.execute(query)}
        joined, parted = decided(connection, "same-story")
    links = {}
    for a, b in pairs({name: keys(one) for name, one in profiles.items()}):
        if frozenset((a, b)) not in parted and (found := linked(profiles[a], profiles[b])):
            links[frozenset((a, b))] = StoryLink(a, b, found.score, found.reason)
    for pair, why in joined.items():
        if pair <= profiles.keys():
            a, b = sorted(pair)
            links[pair] = StoryLink(a, b, BY_HAND, why)
    groups = grouped([(link.a, link.b, link.score) for link in links.values()])
    alone = set(profiles) - {name for group in groups for name in group}
    made = [tuple(sorted(group)) for group in groups] + [(name,) for name in alone]
    ordered = sorted(made, key=lambda names: (-len(names), names))
    return tuple(
        Story(names[0], names, tuple(sorted(
            (link for pair, link in links.items() if pair <= set(names)), key=lambda link: (link.a, link.b)
        )))
        for names in ordered
    )  # fmt: skip
