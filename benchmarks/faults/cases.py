"""What is done to a record while it is killed: adding, correcting, reconciling, bringing up to date."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.faults.states import state_of
from onrecord import reconciling
from onrecord.annotators.settings import Settings
from onrecord.batch import readings
from onrecord.errors import OnrecordError
from onrecord.model import Annotated
from onrecord.read import received
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.reconciling import reconcile
from onrecord.record import opening
from onrecord.record.deciding import Step
from onrecord.record.provenance import run
from onrecord.record.store import Record

__all__ = ["OPERATIONS", "Act", "Case", "Told", "case_of", "cases", "opened", "reports", "steps", "taken_back"]

OPERATIONS = ("add", "correct", "reconcile", "migrate")

#: Told after each step, once the record said that it is stored.
Told = Callable[[], None]
#: What is done in one transaction.
Act = Callable[[Record], object]

MOMENT = datetime(1962, 11, 1, tzinfo=UTC)
RUNS = tuple(run(software=f"onrecord 0.{n}.0", settings={"models": False}, started=MOMENT) for n in (1, 2))
#: What each schema brought, that one before it does not have.
BROUGHT: dict[int, tuple[str, ...]] = {
    5: ("TABLE log", "TABLE expunged", "TABLE expungings"),
    4: ("INDEX versions_published", "INDEX versions_publisher_key", "INDEX attributions_time", "INDEX events_time",
        "INDEX figures_of_period", "INDEX corrections_other_report_id"),
    3: ("TABLE links", "TABLE node_keys", "TABLE traces", "TABLE traced", "TABLE nodes"),
    2: ("TABLE placements", "TABLE corrected", "TABLE corrections"),
}  # fmt: skip
#: How many reports stand in the record before; more are added.
BEFORE, REPORTS = 5, 7


@dataclass(frozen=True, slots=True)
class Case:
    """An operation, the record that it is done to, and the states that it may leave.

    Attributes:
        name: of the operation.
        before: the record before it; None if there is none.
        done: does it from a step on, and tells of each step that the record stored.
        states: of the record before, and after each step.
        goes_on: whether the same command does what is left; else a person gives the steps that are.
    """

    name: str
    before: Path | None
    done: Callable[[Path, int, Told], None]
    states: tuple[str, ...]
    goes_on: bool

    def prepared(self, path: Path) -> None:
        """Put the record before the operation at a path, and nothing else beside it."""
        for end in ("", "-wal", "-shm", "-journal"):
            Path(f"{path}{end}").unlink(missing_ok=True)
        if self.before is not None:
            shutil.copyfile(self.before, path)


def cases(folder: Path, given: Sequence[tuple[Received, Annotated]], changed: tuple[Received, Annotated]
          ) -> dict[str, list[Case]]:  # fmt: skip
    """The operations by name, each with the records that it is tried on, which are made in a folder.

    From here on this process writes all at one moment, and stores links in several parts.

    Args:
        given: seven reports with two attributions or more, each with its reading.
        changed: another version of the first.
    """
    setattr(opening, "utc_now", _clock)  # noqa: B010  # it is not one of the names that the module gives
    reconciling.AT_ONCE = 2
    path = folder / "before.db"
    with opened(path) as record:
        for one in given[:BEFORE]:
            record.add(*one, RUNS[0])
        named = [record.annotated(one.original.address) for one, _ in given[:BEFORE]]
        for reading in named[:2]:
            record.correct("reject", f"{reading.report.id}:{reading.attributions[0].id}", **_BY)
    full = folder / "linked.db"
    shutil.copyfile(path, full)
    with opened(full) as record:
        list(reconcile(record))
    made = {
        "add": [case_of("add", path, steps(_adding(given, changed)), goes_on=True)],
        "correct": [case_of("correct", path, steps(_correcting(named)), goes_on=False)],
        "reconcile": [case_of("reconcile", path, _linked, goes_on=True)],
        "migrate": [case_of("migrate", None, _up_to_date, goes_on=True, scratch=folder / "new.db")],
    }
    for schema in range(1, opening.SCHEMA_NUMBER):
        old = folder / f"schema-{schema}.db"
        shutil.copyfile(full, old)
        taken_back(old, schema)
        made["migrate"].append(case_of("migrate", old, _up_to_date, goes_on=True))
    return made


_BY = {"author": "A. B.", "reason": "see the words"}


def taken_back(path: Path, schema: int) -> None:
    """Make a record's file into one of an earlier schema, as the software of that time left it."""
    with closing(sqlite3.connect(path)) as raw, raw:
        for number in range(opening.SCHEMA_NUMBER, schema, -1):
            for what in BROUGHT[number]:
                raw.execute(f"DROP {what.replace(' ', ' IF EXISTS ', 1)}")
        raw.execute("UPDATE alembic_version SET version_num = ?", (f"{schema:04}",))
        raw.execute(f"PRAGMA user_version = {schema}")


def case_of(
    name: str, before: Path | None, done: Callable[[Path, int, Told], None], *, goes_on: bool,
    scratch: Path | None = None,
) -> Case:  # fmt: skip
    """A case with the states that its steps lead to, found by doing it once."""
    path = scratch or Path(f"{before}.scratch")
    case = Case(name, before, done, (), goes_on)
    case.prepared(path)
    states = [state_of(path)]
    done(path, 0, lambda: states.append(state_of(path)))
    if len(set(states)) != len(states):
        raise ValueError(f"{name}: a step changes nothing")
    return Case(name, before, done, tuple(states), goes_on)


def steps(acts: Sequence[Act]) -> Callable[[Path, int, Told], None]:
    """What does one act after the other from one on, and tells of each."""

    def done(path: Path, first: int, told: Told) -> None:
        with opened(path) as record:
            for act in acts[first:]:
                act(record)
                told()

    return done


def _linked(path: Path, first: int, told: Told) -> None:
    del first
    with opened(path) as record:
        for _ in reconcile(record):
            told()


def _up_to_date(path: Path, first: int, told: Told) -> None:
    del first
    with opened(path):
        told()


def _adding(given: Sequence[tuple[Received, Annotated]], changed: tuple[Received, Annotated]) -> list[Act]:
    """A new report, a new version of a corrected one, a corrected one read again by newer software, a new report."""
    return [
        lambda record: record.add(*given[BEFORE], RUNS[0]),
        lambda record: record.add(*changed, RUNS[0]),
        lambda record: record.add(*given[1], RUNS[1]),
        lambda record: record.add(*given[BEFORE + 1], RUNS[0]),
    ]


def _correcting(named: Sequence[Annotated]) -> list[Act]:
    """An edit, two decisions at once, a link, an undoing."""
    first, second, third = (reading.report.id for reading in named[:3])
    attribution, entity = named[0].attributions[1].id, named[2].entities[0].id
    return [
        lambda record: record.correct("edit", f"{first}:{attribution}", field="act", value="denies", **_BY),
        lambda record: record.decide(f"{third}:{entity}", [Step("edit", "name", "Somebody"), Step("accept")], **_BY),
        lambda record: record.correct("link", second, other=third, field="same-story", **_BY),
        lambda record: record.undo(1, **_BY),
    ]  # fmt: skip


def reports(folder: Path) -> tuple[list[tuple[Received, Annotated]], tuple[Received, Annotated]]:
    """The shortest reports of a folder with enough to correct, read by rules, and another version of the first."""
    arrivals = [one for one in received([str(folder)]) if isinstance(one, Received)]
    arrivals.sort(key=lambda one: (len(one.report.text), one.report.text))
    found = [(one, reading) for one, reading in map(_read, arrivals[: 2 * REPORTS]) if len(reading.attributions) > 1]
    if len(found) < REPORTS:
        raise SystemExit(f"{folder}: fewer than {REPORTS} reports can be read; give the folder of the sample reports")
    return found[:REPORTS], _read(_other_version(found[0][0]))


def _read(one: Received) -> tuple[Received, Annotated]:
    (reading,) = readings([one], Settings(models=False))
    if isinstance(reading, OnrecordError):
        raise reading
    return one, reading


def _other_version(one: Received) -> Received:
    text = f"{one.report.text}\n\nOn Friday the ministry denied the report."
    changed = report(text, published=one.report.published, publisher=one.report.publisher, title=one.report.title)
    original = Original(one.original.address, "text/plain", "utf-8", text.encode(), ((0, 0, len(text)),))
    return Received(changed, original)


def opened(path: Path) -> Record:
    """The record at a path, whose clock stands still."""
    return Record.open(path, clock=_clock)


def _clock() -> datetime:
    return MOMENT
