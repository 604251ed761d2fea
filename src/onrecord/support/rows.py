"""Events of other data sets, from their CSV files: ACLED's columns, GDELT's, or whatever of them is there."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TextIO

from onrecord.errors import InputError
from onrecord.model import EventType

__all__ = ["Row", "rows_of"]


@dataclass(frozen=True, slots=True)
class Row:
    """An event of another data set, as far as its row says.

    Attributes:
        id: its id there, or its line.
        days: first and last day that it may have happened on.
        places: names, the narrowest first. `point`: latitude and longitude in degrees.
        types: PLOVER's types that its type may be; empty if it says none that corresponds.
        kind: its type in the words of the data set.
    """

    id: str
    days: tuple[date, date]
    places: tuple[str, ...]
    point: tuple[float, float] | None
    actors: tuple[str, ...]
    types: tuple[EventType, ...]
    kind: str


#: Columns by what they hold, in small letters: ACLED's first, then GDELT's, then plain names.
_ID = ("event_id_cnty", "event_id_no_cnty", "data_id", "globaleventid", "event_id", "id")
_DAY = ("event_date", "sqldate", "day", "date")
_PLACES = ("location", "actiongeo_fullname", "place", "admin3", "admin2", "admin1", "country")
_LAT = ("latitude", "actiongeo_lat", "lat")
_LON = ("longitude", "actiongeo_long", "lon")
_ACTORS = ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2", "actor1name", "actor2name", "actor", "recipient")
_KIND = ("sub_event_type", "event_type", "eventcode", "eventrootcode", "type")

#: GDELT's files have no headings: how many columns, and which of them are used (GDELT event codebook 1.0 and 2.0).
_GDELT: Mapping[int, Mapping[str, int]] = {
    58: {"globaleventid": 0, "sqldate": 1, "actor1name": 6, "actor2name": 16, "eventcode": 26,
         "actiongeo_fullname": 50, "actiongeo_lat": 53, "actiongeo_long": 54},
    61: {"globaleventid": 0, "sqldate": 1, "actor1name": 6, "actor2name": 16, "eventcode": 26,
         "actiongeo_fullname": 52, "actiongeo_lat": 56, "actiongeo_long": 57},
}  # fmt: skip

#: ACLED's sub-event types and event types (codebook of 2023), in small letters, as PLOVER's.
_ACLED: Mapping[str, tuple[EventType, ...]] = {
    "agreement": ("AGREE", "SUPPORT", "RETREAT"), "arrests": ("COERCE",),
    "disrupted weapons use": ("COERCE", "ASSAULT"),
    "headquarters or base established": ("MOBILIZE",), "looting/property destruction": ("COERCE", "ASSAULT"),
    "non-violent transfer of territory": ("RETREAT", "CONCEDE", "ASSAULT"), "change to group/activity": (),
    "other": (),
    "abduction/forced disappearance": ("ASSAULT", "COERCE"),
    "protest with intervention": ("PROTEST", "COERCE"), "excessive force against protesters": ("PROTEST", "ASSAULT"),
    "battles": ("ASSAULT",), "explosions/remote violence": ("ASSAULT",), "violence against civilians": ("ASSAULT",),
    "protests": ("PROTEST",), "riots": ("PROTEST", "ASSAULT"), "strategic developments": (),
}  # fmt: skip
#: CAMEO's roots as PLOVER's types (PLOVER manual, 2021).
_CAMEO: Mapping[str, tuple[EventType, ...]] = {
    "02": ("REQUEST",), "03": ("AGREE",), "04": ("CONSULT",), "05": ("SUPPORT", "AGREE"), "06": ("COOPERATE",),
    "07": ("AID",), "08": ("CONCEDE", "RETREAT"), "09": ("ACCUSE",), "10": ("REQUEST",), "11": ("ACCUSE",),
    "12": ("REJECT",), "13": ("THREATEN",), "14": ("PROTEST",), "15": ("MOBILIZE",), "16": ("SANCTION",),
    "17": ("COERCE",), "18": ("ASSAULT",), "19": ("ASSAULT",), "20": ("ASSAULT",),
}  # fmt: skip
_DAYS = ("%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%d-%B-%Y", "%d %b %Y", "%d-%b-%Y", "%d/%m/%Y")


def rows_of(path: str | os.PathLike[str]) -> Iterator[Row | InputError]:
    """The events of a file, in its order; the error of a row in its place.

    A row is used as far as it goes: what a file has no column for is unknown. Needed is a column for the day, and one
    for the place or an actor.

    Raises:
        InputError: the file cannot be read, is no CSV, or lacks the columns that are needed.
    """
    subject = os.fspath(path)
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            yield from _rows(file, subject)
    except OSError as error:
        raise InputError(f"the file cannot be read ({error.strerror or error})", "check the path",
                         subject=subject) from error  # fmt: skip
    except UnicodeDecodeError as error:
        raise InputError("it is not UTF-8", "save it as CSV in UTF-8", subject=subject) from error
    except csv.Error as error:
        raise InputError(
            f"it is no CSV ({error})", "save it as CSV with a line of headings", subject=subject
        ) from error


def _rows(file: TextIO, subject: str) -> Iterator[Row | InputError]:
    first = file.readline()
    separator = max("\t,;", key=first.count)
    heads = next(csv.reader([first], delimiter=separator), [])
    columns = _GDELT.get(len(heads)) if heads and heads[0].isdecimal() else None
    number = 2
    if columns is not None:
        file.seek(0)
        number = 1
    else:
        columns = {head.strip().lower(): i for i, head in enumerate(heads)}
    _needed(columns, subject)
    for cells in csv.reader(file, delimiter=separator):
        if any(cells):
            try:
                yield _row({name: cells[i].strip() for name, i in columns.items() if i < len(cells)}, number)
            except ValueError as error:
                yield InputError(str(error), "mend the row", subject=f"{subject}:{number}")
        number += 1


def _needed(columns: Iterable[str], subject: str) -> None:
    have = set(columns)
    for what, names in (("the day", _DAY), ("a place or an actor", (*_PLACES, *_LAT, *_ACTORS))):
        if not have & set(names):
            raise InputError(f"there is no column for {what}", f"name one of {', '.join(names)}", subject=subject)


def _row(cells: Mapping[str, str], number: int) -> Row:
    def held(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cells[name] for name in names if cells.get(name)))

    kinds = held(_KIND)
    return Row(next(iter(held(_ID)), f"row {number}"), _days(held(_DAY), cells.get("time_precision", "")),
               held(_PLACES), _point(held(_LAT), held(_LON)), _people(held(_ACTORS)), _types(kinds),
               next(iter(kinds), ""))  # fmt: skip


def _days(values: Sequence[str], precision: str) -> tuple[date, date]:
    """The day; ACLED's time precision 2 stands for a week and 3 for a month around it."""
    if not values:
        raise ValueError("it has no day")
    for form in _DAYS:
        try:
            day = datetime.strptime(values[0], form).date()
        except ValueError:
            continue
        around = {"2": 3, "3": 15}.get(precision, 0)
        return date.fromordinal(day.toordinal() - around), date.fromordinal(day.toordinal() + around)
    raise ValueError(f"{values[0]!r} is no day")


def _point(lat: Sequence[str], lon: Sequence[str]) -> tuple[float, float] | None:
    if not lat or not lon:
        return None
    try:
        point = float(lat[0]), float(lon[0])
    except ValueError:
        raise ValueError(f"{lat[0]!r}, {lon[0]!r} is no point") from None
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise ValueError(f"{lat[0]}, {lon[0]} is no point on earth")
    return point


def _people(values: Iterable[str]) -> tuple[str, ...]:
    """The actors, those that one cell lists apart."""
    return tuple(dict.fromkeys(name.strip() for value in values for name in value.split(";") if name.strip()))


def _types(kinds: Sequence[str]) -> tuple[EventType, ...]:
    for kind in kinds:
        if kind.lower() in _ACLED:
            return _ACLED[kind.lower()]
        if kind.isdecimal():
            return _CAMEO.get(kind[:2], ())
    return ()
