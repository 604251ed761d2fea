"""Into what the reports of a bulk folder are cut to be linked: groups of parts, and buckets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from onrecord.bulk.links.tables import LINKS_SCHEMA
from onrecord.bulk.manifest import Entered

__all__ = ["Shape", "digest_of", "shape"]

#: How many reports a group of parts has at most, if one part has no more.
GROUP_REPORTS = 2_000
#: Small folders are cut finer, so that all workers have work; but not into less than so many reports.
SHARES, LEAST_REPORTS = 8, 50


class Shape(msgspec.Struct, frozen=True):
    """How the work is cut.

    Attributes:
        reports: how many reports there are; of several versions of one each counts.
        groups: of each group of parts the files of each table that is read.
        buckets: how many buckets.
        parts: the ids of all parts, in their order.
    """

    reports: int
    groups: tuple[Mapping[str, tuple[str, ...]], ...]
    buckets: int
    parts: tuple[str, ...]


def shape(entered: Iterable[Entered], most: int) -> Shape:
    """How the work on some parts is cut: the same for the same parts, whatever the number of workers.

    Args:
        entered: the parts that are done.
        most: how many reports a bucket has on average at most.

    Example:
        >>> shape([], 10_000).buckets
        1
    """
    parts = sorted(entered, key=lambda part: ([(p.path.split("/"), p.start) for p in part.pieces], part.part))
    reports = sum(part.reports for part in parts)
    groups: list[list[Entered]] = []
    size = _share(reports, GROUP_REPORTS)
    for part in parts:
        if not groups or sum(one.reports for one in groups[-1]) + part.reports > size:
            groups.append([])
        groups[-1].append(part)
    return Shape(reports, tuple(_files(group) for group in groups), -(-max(1, reports) // _share(reports, most)),
                 tuple(part.part for part in parts))  # fmt: skip


def digest_of(software: str, rules: Sequence[str], *rest: object) -> str:
    """24 hex digits by which the same work is known again."""
    content = json.dumps([LINKS_SCHEMA, software, list(rules), *rest])
    return hashlib.sha256(content.encode()).hexdigest()[:24]


def _share(reports: int, most: int) -> int:
    return min(most, max(LEAST_REPORTS, -(-reports // SHARES)))


def _files(group: Iterable[Entered]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {"reports": [], "readings": []}
    for part in group:
        for file in part.files:
            if (table := file.path.partition("/")[0]) in found:
                found[table].append(file.path)
    return {table: tuple(files) for table, files in found.items()}
