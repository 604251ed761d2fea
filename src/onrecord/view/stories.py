"""Which reports of a record tell of the same story, and what they have in common."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from onrecord.reconcile.linkers import STORIES
from onrecord.reconcile.stories import stories as grouped
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.view.linked import links
from onrecord.view.origins import copies_by_report, origins_among

__all__ = ["Story", "StoryLink", "stories"]


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
        origins: how many independent origins they have: copies count once.
        links: what says that they belong together.
    """

    story: str
    reports: tuple[str, ...]
    origins: int
    links: tuple[StoryLink, ...]


def stories(record: Record) -> tuple[Story, ...]:
    """The current reports of a record by story, those with most reports first.

    Whether two reports are linked depends on them alone; a story is the average linkage of those links, so that one
    link does not chain two stories. A person's link or unlink of two reports (same-story) has the last word on that
    pair.
    """
    found = [StoryLink(link.a[0], link.b[0], link.score, link.reason) for link in links(record, STORIES)]
    with record.reading() as connection:
        reports = list(connection.execute(select(CURRENT.c.report_id)).scalars())
    copied = copies_by_report(record)
    several = grouped([(link.a, link.b, link.score) for link in found])
    home = {name: group[0] for group in several for name in group}
    because: dict[str, list[StoryLink]] = {}
    for link in found:
        if link.a in home and home[link.a] == home.get(link.b):
            because.setdefault(home[link.a], []).append(link)
    made = [*several, *((name,) for name in reports if name not in home)]
    return tuple(
        Story(names[0], names, origins_among(names, copied), tuple(because.get(names[0], ())))
        for names in sorted(made, key=lambda names: (-len(names), names))
    )
