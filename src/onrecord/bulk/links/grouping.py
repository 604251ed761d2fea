"""The groups of a bucket: stories and origins, by the functions that group the reports of a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from onrecord.bulk.links.shuffle import of_bucket
from onrecord.bulk.links.tasks import Job, Out, Task
from onrecord.bulk.schema import OF_REPORT
from onrecord.reconcile.copies import Copy
from onrecord.reconcile.linkers import COPIES, STORIES
from onrecord.reconcile.origins import independent, origins_among
from onrecord.reconcile.stories import stories

__all__ = ["grouped"]

_OF_REPORT = tuple(name for name, _, _ in OF_REPORT)

Row = dict[str, Any]


def grouped(task: Task, job: Job, out: Out) -> None:
    """The stories and the origins of the reports of a bucket, none of which is linked with a report outside it."""
    members = {row["report"]: row for table in of_bucket(job.files("loose"), task.number) for row in table.to_pylist()}
    told: list[tuple[str, str, float]] = []
    copies: list[Copy] = []
    for table in of_bucket(job.files("ties"), task.number):
        for row in table.to_pylist():
            if row["rule"] == STORIES:
                told.append((row["a"], row["b"], row["score"]))
            elif row["rule"] == COPIES:
                copies.append(msgspec.json.decode(row["detail"], type=Copy))
    out.add_rows("stories", _stories(members, told, copies))
    out.add_rows("origins", _origins(members, copies))


def _stories(
    members: Mapping[str, Row], told: list[tuple[str, str, float]], copies: list[Copy]
) -> Iterator[tuple[Any, ...]]:
    """The rows of the table of stories; a report that shares its story with none is one of its own."""
    copied: dict[str, list[Copy]] = defaultdict(list)
    for copy in copies:
        copied[copy.a].append(copy)
        copied[copy.b].append(copy)
    several = stories(told)
    inside = {name for names in several for name in names}
    for names in sorted((*several, *((name,) for name in members if name not in inside))):
        origins = origins_among(names, copied)
        for name in names:
            yield (*_of(members[name]), name, names[0], len(names), origins)


def _origins(members: Mapping[str, Row], copies: list[Copy]) -> Iterator[tuple[Any, ...]]:
    """The rows of the table of origins: reports that have one, and round-ups that hold one of them."""
    for names, held_by in independent(members, copies):
        for name in names:
            yield (*_of(members[name]), name, names[0], len(names), 0)
        for name in dict.fromkeys(held_by):
            yield (*_of(members[name]), name, names[0], len(names), 1)


def _of(member: Row) -> tuple[Any, ...]:
    return tuple(member[column] for column in _OF_REPORT)
