"""Tables of a record for data analysis: columns of plain values, and pandas or Arrow where these are installed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, Double, Integer, Select, Table, select
from sqlalchemy.types import TypeEngine

from onrecord.errors import InputError
from onrecord.record import tables as t
from onrecord.record.names import key
from onrecord.record.search import published_between
from onrecord.record.views import CURRENT, newest_first

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["FRAMES", "Frame", "frame"]

Kind = Literal["text", "whole", "number"]
Cell = str | int | float | None

#: Columns by which the record itself knows rows, and those that only searching needs.
_OWN = ("reading_id", "key")
#: Of which report a row is: the first columns of every frame.
_OF_REPORT = ("report_id", "version", "published", "publisher", "title")
#: Columns of a version that are a report's own.
_OF_VERSION = (
    "number",
    "url",
    "language",
    "credit",
    "agency",
    "filed_from",
    "text",
    "sha256",
    "media_type",
    "received_at",
)
#: pandas' types in which nothing can be missing without a whole number becoming another.
_PANDAS = {"text": "string", "whole": "Int64", "number": "Float64"}

_ANNOTATED: dict[str, Table] = {table.name: table for table in t.ANNOTATIONS}

#: The frames that there are.
FRAMES = ("reports", *sorted(_ANNOTATED))


@dataclass(frozen=True, slots=True)
class Frame:
    """A table: `columns` of equally many values, None where there is none.

    Attributes:
        kinds: of each column whether it holds text, whole numbers or numbers.

    Example:
        >>> made = Frame("figures", {"words": "text", "low": "number"}, {"words": ["dozens"], "low": [24.0]})
        >>> len(made), list(made)
        (1, [{'words': 'dozens', 'low': 24.0}])
    """

    name: str
    kinds: Mapping[str, Kind]
    columns: Mapping[str, list[Cell]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), []))

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        """The rows, each with the columns' names."""
        for values in zip(*self.columns.values(), strict=True):
            yield dict(zip(self.columns, values, strict=True))

    def to_pandas(self) -> pd.DataFrame:
        """A pandas `DataFrame`, with types in which a value may be missing: `string`, `Int64`, `Float64`.

        Raises:
            InputError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ModuleNotFoundError as missing:
            raise InputError("a data frame needs pandas", "pip install pandas, or take the columns") from missing
        made = {name: pd.array(values, dtype=_PANDAS[self.kinds[name]]) for name, values in self.columns.items()}
        return pd.DataFrame(made)

    def to_arrow(self) -> pa.Table:
        """An Arrow table.

        Raises:
            InputError: pyarrow is not installed.
        """
        try:
            import pyarrow as pa
        except ModuleNotFoundError as missing:
            raise InputError(
                "an Arrow table needs pyarrow", "install onrecord[archives], or take the columns"
            ) from missing
        types = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64()}
        schema = pa.schema([(name, types[self.kinds[name]]) for name in self.columns])
        return pa.table(dict(self.columns), schema=schema)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """What Polars, DuckDB and others take an Arrow table by: `polars.DataFrame(frame)`."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)


def frame(
    connection: Connection, name: str, *, publisher: str | None = None, since: str | None = None,
    until: str | None = None,
) -> Frame:  # fmt: skip
    """A table of the current readings, the newest reports first.

    Args:
        name: one of `FRAMES`.
        publisher: the publisher's name, whatever its case.
        since, until: first and last publication: a day, month or year. Undated reports are left out then.

    Raises:
        InputError: there is no such table, or a date is none.
    """
    if name not in FRAMES:
        raise InputError(f"there is no frame {name!r}", f"give one of {', '.join(FRAMES)}")
    where = published_between(since, until)
    if publisher is not None:
        where.append(CURRENT.c.publisher_key == key(publisher))
    query, kinds = _reports() if name == "reports" else _entries(_ANNOTATED[name])
    rows = connection.execute(query.where(*where)).all()
    columns: list[list[Cell]] = [list(values) for values in zip(*rows, strict=True)] or [[] for _ in kinds]
    return Frame(name, kinds, dict(zip(kinds, columns, strict=True)))


def _reports() -> tuple[Select[Any], dict[str, Kind]]:
    v, c = t.versions.c, CURRENT.c
    query: Select[Any] = (
        select(*(c[one] for one in _OF_REPORT), c.address, *(v[one] for one in _OF_VERSION))
        .join_from(CURRENT, t.versions, v.id == c.version_id)
        .order_by(newest_first(c.published), c.version_id.desc())
    )
    kinds: dict[str, Kind] = dict.fromkeys((*_OF_REPORT, "address"), "text")
    return query, kinds | {one: _kind(v[one].type) for one in _OF_VERSION}


def _entries(table: Table) -> tuple[Select[Any], dict[str, Kind]]:
    c = CURRENT.c
    own = [column for column in table.columns if column.name not in _OWN]
    order = [column for column in table.primary_key.columns if column.name != "reading_id"]
    at = [table.c.start, *order] if "start" in table.c else order
    query: Select[Any] = (
        select(*(c[one] for one in _OF_REPORT), *own)
        .join_from(table, CURRENT, c.reading_id == table.c.reading_id)
        .order_by(newest_first(c.published), c.version_id.desc(), *at)
    )
    kinds: dict[str, Kind] = dict.fromkeys(_OF_REPORT, "text")
    return query, kinds | {column.name: _kind(column.type) for column in own}


def _kind(held: TypeEngine[Any]) -> Kind:
    return "whole" if isinstance(held, Integer) else "number" if isinstance(held, Double) else "text"
