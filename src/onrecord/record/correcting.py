"""The making of corrections in a record: appended, and put into the report's reading at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import Connection, insert, select

from onrecord.errors import InputError
from onrecord.model import Annotated, Report, sha256
from onrecord.record import finding
from onrecord.record import tables as t
from onrecord.record.adding import stored_reading
from onrecord.record.chain import logged
from onrecord.record.corrections import Correction, CorrectionAct, Draft, Target, draft, parts_of
from onrecord.record.databases import database
from onrecord.record.numbering import following
from onrecord.record.provenance import Clock, Run, stamp
from onrecord.record.replaying import Placed, Replayed, found_again, replayed, undone_by
from onrecord.record.storable import unstorable
from onrecord.wire import decode

__all__ = [
    "Corrected",
    "Decided",
    "Entry",
    "base_reading",
    "correct",
    "corrections",
    "decided",
    "linked_with",
    "named",
    "placements",
    "replay",
    "replay_of",
    "stored",
    "undo",
]

#: A report and an entry of it; an empty entry is the report itself.
Entry: TypeAlias = tuple[str, str]

_DRAFT = msgspec.json.Decoder(Draft)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction that was made, and what became of it in the report's current reading (None for links and undos)."""

    correction: Correction
    placed: Placed | None


@dataclass(frozen=True, slots=True)
class Decided:
    """The pairs of entries that people linked in one way, each with who did and why, and those that they unlinked."""

    joined: Mapping[frozenset[Entry], str]
    parted: Set[frozenset[Entry]]


def correct(
    connection: Connection,
    clock: Clock,
    act: CorrectionAct,
    entry: str,
    *,
    author: str,
    reason: str,
    other: str | None = None,
    field: str | None = None,
    value: Any = None,
) -> Corrected:
    """A correction of an entry of the current reading, stored and put in; see `Record.correct`.

    Raises:
        InputError: there is no such entry, or the correction does not fit it; nothing is stored.
    """
    seen, entry_id = named(connection, entry)
    second = None if other is None else named(connection, other)
    made = draft(seen, act, entry_id, field=field, value=value, other=second)
    return stored(connection, clock, [made], author, reason)[0]


def undo(connection: Connection, clock: Clock, number: int, *, author: str, reason: str) -> Corrected:
    """The undoing of a correction, itself a correction that can be undone.

    Raises:
        InputError: there is no such correction, or it is undone already.
    """
    c = t.corrections.c
    line = connection.execute(select(c.draft).where(c.id == number)).scalar()
    if line is None:
        raise InputError(f"there is no correction {number}", "look for its number with corrections")
    target = _DRAFT.decode(line).target
    undone = undone_by(corrections(connection, target.report))
    if number in undone:
        raise InputError(f"correction {number} is undone already", "undo the undoing to bring it back")
    return stored(connection, clock, [Draft("undo", target, undoes=number)], author, reason)[0]


def named(connection: Connection, name: str) -> tuple[Annotated, str]:
    """The current reading of the report that an entry's name begins with, and the entry's id, empty for the report."""
    report, entry_id = parts_of(name)
    return finding.annotated(connection, report, None), entry_id


def stored(connection: Connection, clock: Clock, made: Sequence[Draft], author: str, reason: str
           ) -> tuple[Corrected, ...]:  # fmt: skip
    """Corrections of one report, stored and put into its reading together; in a transaction, all of them or none.

    Raises:
        InputError: nobody is named, no reason is given, or one does not fit.
    """
    if not author.strip() or not reason.strip():
        raise InputError("a correction needs an author and a reason", "say who corrects, and why")
    for words in (author, reason):
        if cause := unstorable(words):
            raise InputError(f"{cause}, which a record cannot keep", "leave it out")
    now = stamp(clock())
    new = [_inserted(connection, draft, author.strip(), reason.strip(), now) for draft in made]
    if all(draft.act in ("link", "unlink") for draft in made):
        return tuple(Corrected(correction, None) for correction in new)
    placed = {one.correction: one for one in replay(connection, clock, made[0].target.report)}
    for correction in new:
        mine = placed.get(correction.number)
        if mine is not None and mine.status == "unplaced":
            raise InputError(mine.why or "the correction does not fit", "look at the entry again")
    return tuple(Corrected(correction, placed.get(correction.number)) for correction in new)


def _inserted(connection: Connection, made: Draft, author: str, reason: str, now: str) -> Correction:
    line = msgspec.json.encode(made).decode()
    other = made.other
    number = following(connection, t.corrections.c.id)
    connection.execute(
        insert(t.corrections).values(
            id=number,
            report_id=made.target.report,
            act=made.act,
            family=made.target.family,
            entry=made.target.id,
            other_report_id=other.report if other else None,
            other_entry=other.id if other else None,
            field=made.field,
            value=None if made.value is None else json.dumps(made.value, ensure_ascii=False),
            undoes=made.undoes,
            author=author,
            reason=reason,
            made_at=now,
            draft=line,
            sha256=sha256("\n".join((line, author, reason, now))),
        )
    )
    logged(connection, "correction", number, now)
    return Correction(number, made, author, reason, now)


def corrections(connection: Connection, report: str | None = None) -> list[Correction]:
    """The corrections of a report, or of all, in the order in which they were made."""
    c = t.corrections.c
    query = select(c.id, c.draft, c.author, c.reason, c.made_at).order_by(c.id)
    if report is not None:
        query = query.where(c.report_id == report)
    return [Correction(row.id, _DRAFT.decode(row.draft), row.author, row.reason, row.made_at)
            for row in connection.execute(query)]  # fmt: skip


def linked_with(connection: Connection, report: str, entry: str) -> list[Correction]:
    """The links that people made or unmade from other entries to this one, as it is called in the current reading."""
    c = t.corrections.c
    query = (
        select(c.id, c.draft, c.author, c.reason, c.made_at)
        .where(c.other_report_id == report, c.act.in_(("link", "unlink")))
        .order_by(c.id)
    )
    made = [Correction(row.id, _DRAFT.decode(row.draft), row.author, row.reason, row.made_at)
            for row in connection.execute(query)]  # fmt: skip
    return [one for one in made if one.draft.other is not None and _now(connection, one.draft.other) == (report, entry)]


def placements(connection: Connection, reading: int) -> list[Placed]:
    """What became of each correction in a reading."""
    p = t.placements.c
    query = select(p.correction_id, p.entry, p.status, p.why).where(p.reading_id == reading).order_by(p.correction_id)
    return [Placed(*row) for row in connection.execute(query)]


def decided(connection: Connection, kind: str) -> Decided:
    """What people decided on links of this kind; of several decisions about one pair the last that stands counts.

    Entries are found again by their words in the current readings; a decision on one that is not there any more says
    nothing until it is.
    """
    made = corrections(connection)
    undone = undone_by(made)
    joined: dict[frozenset[Entry], str] = {}
    parted: set[frozenset[Entry]] = set()
    for one in made:
        draft = one.draft
        if one.number in undone or draft.field != kind or draft.other is None or draft.act not in ("link", "unlink"):
            continue
        pair = frozenset(found for one_of in (draft.target, draft.other) if (found := _now(connection, one_of)))
        if len(pair) < 2:
            continue
        joined.pop(pair, None)
        parted.discard(pair)
        if draft.act == "link":
            joined[pair] = f"{one.author}: {one.reason}"
        else:
            parted.add(pair)
    return Decided(joined, parted)


def _now(connection: Connection, target: Target) -> Entry | None:
    """The entry as it is called in the current reading of its report; None if its words do not stand there."""
    if target.family == "report":
        return target.report, ""
    try:
        entry: str = found_again(target, finding.annotated(connection, target.report, None)).id
    except InputError:
        return None
    return target.report, entry


def base_reading(connection: Connection, version: int) -> int:
    """The latest run's reading of a version by the software alone.

    It need not be what the current reading was made from: a run that began before a correction may read after it.
    """
    r, runs = t.readings.c, t.runs.c
    query = (
        select(r.id)
        .join_from(t.readings, t.runs)
        .where(r.version_id == version, r.id.not_in(select(t.corrected.c.reading_id)))
        .order_by(runs.started_at.desc(), r.id.desc())
        .limit(1)
    )
    found: int = connection.execute(query).scalar_one()
    return found


def replay(connection: Connection, clock: Clock, report: str) -> tuple[Placed, ...]:
    """Put a report's corrections into the current reading of its latest version, as a reading of its own.

    Nothing is added where there are none, or where they are in already.
    """
    made = corrections(connection, report)
    version = finding.version_id(connection, report, None)
    current = finding.current_reading(connection, version)
    if not made:
        return ()
    base = base_reading(connection, version)
    done = replay_of(connection, base, made)
    k = t.corrected.c
    of = connection.execute(select(k.base_id, k.last_correction).where(k.reading_id == current)).one_or_none()
    if of == (base, made[-1].number):
        return done.placed
    run = _run(connection, base, current, made[-1].number, clock)
    reading = stored_reading(connection, done.annotated, version, run, clock)
    connection.execute(insert(t.corrected).values(reading_id=reading, base_id=base, last_correction=made[-1].number))
    database(connection).stored(connection, t.placements, [
        {"reading_id": reading, "correction_id": p.correction, "entry": p.entry, "status": p.status, "why": p.why}
        for p in done.placed
    ])  # fmt: skip
    logged(connection, "reading", reading, stamp(clock()))
    return done.placed


def replay_of(connection: Connection, base: int, made: list[Correction]) -> Replayed:
    """A reading by the software with some corrections put in; nothing is stored."""
    line = connection.execute(select(t.readings.c.annotated).where(t.readings.c.id == base)).scalar_one()
    annotated = decode(line)
    return replayed(annotated, made, _versions(connection, made, annotated.report))


def _versions(connection: Connection, made: list[Correction], report: Report) -> Mapping[str, Report]:
    """The versions of the report that corrections were made on."""
    wanted = {target.version for c in made for target in _targets(c.draft)} - {report.version}
    if not wanted:
        return {report.version: report}
    v = t.versions.c
    query = select(v.version, v.text, v.title).where(v.report_id == report.id, v.version.in_(sorted(wanted)))
    return {
        row.version: msgspec.structs.replace(report, version=row.version, text=row.text, title=row.title)
        for row in connection.execute(query)
    }


def _targets(made: Draft) -> list[Target]:
    return [made.target, *([made.other] if made.other else []), *made.refers]


def _run(connection: Connection, base: int, current: int, last: int, clock: Clock) -> Run:
    """The run that puts corrections in: the base's software and models, and up to which correction.

    It is never older than that of the current reading, which it takes the place of, even if the clock went back.
    """
    before = connection.execute(
        select(t.runs.c.started_at).join_from(t.runs, t.readings).where(t.readings.c.id == current)
    ).scalar_one()
    row = connection.execute(
        select(t.runs, t.readings.c.sha256).join(t.readings).where(t.readings.c.id == base)
    ).one()  # fmt: skip
    settings = json.dumps(
        {"base": row.sha256, "corrections": last, "settings": json.loads(row.settings)},
        sort_keys=True, ensure_ascii=True, separators=(",", ":"),
    )  # fmt: skip
    return Run(max(stamp(clock()), row.started_at, before), row.software, tuple(json.loads(row.models)), settings)
