"""The newest reports of a choice: what a question looks at, where it would else look at a whole archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Subquery, func, select

from onrecord.record.search import published_between
from onrecord.record.views import CURRENT, newest_first

__all__ = ["Lately", "after_all_of", "lately", "newest", "not_sought"]


@dataclass(frozen=True, slots=True)
class Lately:
    """What a question looked at.

    Attributes:
        reports: how many reports, the newest of those that were asked for.
        first, last: when the oldest and the newest of them were published; null where no date is known.
        older: whether there are older ones, which were not looked at.
    """

    reports: int
    first: str | None
    last: str | None
    older: bool


def after_all_of(day: str) -> str:
    """A text that sorts after every date or time within a day, month or year.

    Example:
        >>> "1962-10-28T09:00" < after_all_of("1962-10") < "1962-11"
        True
    """
    return f"{day}~"


def newest(*, since: str | None, until: str | None, most: int) -> Subquery:
    """The newest current readings, at most so many: `reading_id`, `report_id` and what else the view has of them.

    Args:
        since, until: first and last publication: a day, month or year. Undated reports are left out then.

    Raises:
        InputError: a date is not one.
    """
    published_between(since, until)
    c = CURRENT.c
    where: list[ColumnElement[Any]] = [] if since is None else [c.published >= since]
    where += [] if until is None else [c.published < after_all_of(until)]
    order = newest_first(c.published), c.version_id.desc()
    return select(CURRENT).where(*where).order_by(*order).limit(most).subquery("newest")


def lately(connection: Connection, chosen: Subquery, *, most: int) -> Lately:
    """What `newest` holds."""
    c = chosen.c
    row = connection.execute(select(func.count().label("n"), func.min(c.published), func.max(c.published))).one()
    return Lately(row[0], row[1], row[2], older=row[0] >= most)


def not_sought(column: ColumnElement[str]) -> ColumnElement[str]:
    """A column that is in no index for a database: it shall look rows up by the newest readings alone."""
    return column.concat("")
