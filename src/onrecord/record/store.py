"""The record: where reports and their readings are kept, and found again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection

from onrecord.errors import ExpungedError, RecordError
from onrecord.model import Annotated
from onrecord.read.original import Received
from onrecord.record import adding, chain, correcting, deciding, expunging, finding
from onrecord.record.adding import Added
from onrecord.record.chain import Head
from onrecord.record.correcting import Corrected
from onrecord.record.corrections import Correction, CorrectionAct, Draft
from onrecord.record.databases import Part, database
from onrecord.record.deciding import Step
from onrecord.record.erasing import ERASED
from onrecord.record.expunging import Expunged
from onrecord.record.fitting import Fitting, fitting
from onrecord.record.frames import Frame, frame
from onrecord.record.opening import Opened, opened, refuse_newer
from onrecord.record.provenance import Clock, Run, current_run, utc_now
from onrecord.record.replaying import Placed
from onrecord.record.search import Hit, Kind, search
from onrecord.record.tombstones import Tombstone, tombstones
from onrecord.record.verify import Fault, verify

__all__ = ["Added", "Corrected", "Expunged", "Frame", "Head", "Record", "Tombstone"]


class Record:
    """An append-only store of reports, in one file or in a PostgreSQL database.

    Nothing in it is altered or deleted, unless it is expunged: changed text is a new version, another run a further
    reading. Several programs may read a record while one adds to it.

    Example:
        >>> import tempfile
        >>> from onrecord.model import SCHEMA
        >>> from onrecord.read.original import Original
        >>> from onrecord.read.text import report
        >>> from onrecord.record.provenance import run
        >>> text = "Talks have failed."
        >>> original = Original("/a.txt", "text/plain", "utf-8", text.encode(), ((0, 0, len(text)),))
        >>> received = Received(report(text), original)
        >>> annotated = Annotated(SCHEMA, received.report, (), (), (), (), (), ())
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     added = record.add(received, annotated, run(software="onrecord 0.1.0"))
        ...     added.outcome, [hit.snippet for hit in record.search("talks")], record.verify()
        ('new report', ['Talks have failed.'], [])
    """

    def __init__(self, opened: Opened, clock: Clock) -> None:
        self._opened = opened
        self._clock = clock

    @classmethod
    def open(
        cls, location: str | os.PathLike[str], *, create: bool = True, wait: float = 10.0, clock: Clock = utc_now
    ) -> Self:
        """The record at a path or address; close it when done, or use it in a `with`.

        What takes no writes is opened for reading.

        Args:
            location: path of the file, or postgresql://USER@HOST/DATABASE.
            create: make the record if there is none.
            wait: seconds to wait for another program that writes.
            clock: gives the moment at which a report is received, with its zone.

        Raises:
            RecordError: there is no record, or what is there cannot be used as one.
        """
        return cls(opened(location, create=create, wait=wait), clock)

    @property
    def path(self) -> str:
        """The record's file, or its address without the password."""
        return self._opened.path

    @property
    def writable(self) -> bool:
        """Whether anything can be added; a reviewer of a shared record adds corrections alone."""
        return self._opened.writable

    @property
    def linkable(self) -> bool:
        """Whether links can be added."""
        return self._opened.linkable

    def read_only(self) -> Self:
        """The same record, to which nothing can be added through this object; closing one closes both."""
        return type(self)(replace(self._opened, writable=False, linkable=False), self._clock)

    def close(self) -> None:
        """Let go of the file or the connections."""
        self._opened.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self.close()

    def needs_reading(self, received: Received, run: Run) -> bool:
        """Whether this version of the report was not read yet by the run's software, models and settings."""
        with self.reading() as connection:
            return adding.needs_reading(connection, received, run)

    def add(self, received: Received, annotated: Annotated | None = None, run: Run | None = None) -> Added:
        """Add a report and its reading, whole or not at all; what is there already is not added again.

        The same address is the same report: changed text is a new version of it. The reading is stored under the
        record's id of the report.

        Args:
            received: the report with its original.
            annotated: its reading; read now, unless given.
            run: by what it was read; by what is installed, unless given.

        Raises:
            AnchorError: the annotations do not verify, or are of another version of the report.
            InputError: the text holds characters that cannot be stored.
            RecordError: the record is locked, full, damaged or takes no additions.
        """
        prepared = adding.prepared(received, _reading(received) if annotated is None else annotated)
        with self.writing() as connection:
            added = adding.add(connection, prepared, run or current_run(started=self._clock()), self._clock)
            if added.outcome in ("new version", "re-read"):
                correcting.replay(connection, self._clock, added.report_id)
            return added

    def annotated(self, report_id: str, *, version: str | int | None = None) -> Annotated:
        """The current reading of a report.

        Args:
            report_id: the report's id in the record, its address, the id that came with it, or one of its versions.
            version: a version, or its number from 1; the latest unless given.

        Raises:
            RecordError: there is no such report or version, or several reports came with this id.
        """
        with self.reading() as connection:
            return finding.annotated(connection, report_id, version)

    def search(
        self,
        words: str = "",
        *,
        kind: Kind | None = None,
        speaker: str | None = None,
        act: str | None = None,
        publisher: str | None = None,
        since: str | None = None,
        until: str | None = None,
        place: str | None = None,
        event_type: str | None = None,
        limit: int = 20,
    ) -> tuple[Hit, ...]:
        """Statements, then reports, that hold all the words; `onrecord.record.search.search` says how to ask."""
        with self.reading() as connection:
            return search(connection, words, kind=kind, speaker=speaker, act=act, publisher=publisher, since=since,
                          until=until, place=place, event_type=event_type, limit=limit)  # fmt: skip

    def frame(
        self, name: str, *, publisher: str | None = None, since: str | None = None, until: str | None = None
    ) -> Frame:
        """A table of the current readings for data analysis; `.to_pandas()` and `.to_arrow()` make it theirs.

        Args:
            name: "reports", "attributions", "events", "figures", "entities", "mentions", "participants", "places",
                "times" or "unread".
            publisher: the publisher's name, whatever its case.
            since, until: first and last publication: a day, month or year. Undated reports are left out then.

        Raises:
            InputError: there is no such table, or a date is none.

        Example:
            >>> import tempfile
            >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
            ...     record.frame("figures", since="1962").columns["low"]
            []
        """
        with self.reading() as connection:
            return frame(connection, name, publisher=publisher, since=since, until=until)

    def correct(
        self,
        act: CorrectionAct,
        entry: str,
        *,
        author: str,
        reason: str,
        other: str | None = None,
        field: str | None = None,
        value: Any = None,
    ) -> Corrected:
        """Decide about an entry of a report's current reading; the decision is stored, and put into the reading.

        The software's own reading stays as it was. When the report is read again, each decision is put in again.

        Args:
            act: accept, reject or edit an entry; merge `other` into it, or split an entity; link or unlink two.
            entry: REPORT:ID, such as "r-1f0c:a3"; a report alone for links between reports.
            author: who decides.
            reason: why.
            other: the second entry of a merge or link.
            field: the field to edit, such as "act" or "source.entity"; the kind of a link.
            value: its new value, as in the JSON; for a split, the new entity's name and mentions.

        Raises:
            InputError: there is no such entry, or the decision does not fit it; nothing is stored.
            RecordError: there is no such report, or the record takes no additions.
        """
        with self.writing() as connection:
            return correcting.correct(connection, self._clock, act, entry, author=author, reason=reason, other=other,
                                      field=field, value=value)  # fmt: skip

    def decide(self, entry: str, steps: Sequence[Step], *, author: str, reason: str, seen: str | None = None
               ) -> tuple[Corrected, ...]:  # fmt: skip
        """Several decisions about an entry at once: all of them are stored and put in, or none.

        Args:
            entry: as for `correct`.
            steps: what is decided, in the order in which it is put in.
            author: who decides.
            reason: why.
            seen: in which state the person saw the entry (`onrecord.record.deciding.state`); not checked unless given.

        Raises:
            InputError: there is no such entry, or a decision does not fit it; nothing is stored.
            OvertakenError: somebody else decided about the entry since then.
        """
        with self.writing() as connection:
            return deciding.decide(connection, self._clock, entry, steps, author=author, reason=reason, seen=seen)

    def decide_all(self, report_id: str, drafts: Sequence[Draft], *, author: str, reason: str
                   ) -> tuple[tuple[Corrected, ...], Fitting]:  # fmt: skip
        """Decisions about one report that were made on any of its readings: those that fit are stored and put in.

        Args:
            report_id: its id in the record.
            drafts: the decisions, in the order in which they are put in.
            author: who decided.
            reason: why.

        Raises:
            InputError: nobody is named, or no reason is given; nothing is stored.
            RecordError: there is no such report, or the record takes no additions.
        """
        with self.writing() as connection:
            found = fitting(connection, report_id, drafts)
            made = correcting.stored(connection, self._clock, found.new, author, reason) if found.new else ()
            return made, found

    def undo(self, number: int, *, author: str, reason: str) -> Corrected:
        """Undo a correction by its number; the undoing can be undone in turn.

        Raises:
            InputError: there is no such correction, or it is undone already.
        """
        with self.writing() as connection:
            return correcting.undo(connection, self._clock, number, author=author, reason=reason)

    def corrections(self, report_id: str | None = None) -> list[Correction]:
        """The corrections of a report, or of all, undone ones too, in the order in which they were made."""
        with self.reading() as connection:
            report = None if report_id is None else finding.report_id(connection, report_id)
            return correcting.corrections(connection, report)

    def placements(self, report_id: str) -> list[Placed]:
        """What became of each correction of a report in its current reading."""
        with self.reading() as connection:
            version = finding.version_id(connection, finding.report_id(connection, report_id), None)
            return correcting.placements(connection, finding.current_reading(connection, version))

    def expunge(self, report_id: str, *, author: str, reason: str, version: str | int | None = None) -> Expunged:
        """Erase a report, or one version of it, from the whole record; its hashes, who, when and why are kept.

        It cannot be undone. What is expunged already is not erased again, but the file or the tables are written anew,
        in case that was stopped before.

        Args:
            report_id: as for `annotated`.
            author: who expunges.
            reason: why; it stays, so it must not say what is to be erased.
            version: a version, or its number from 1; all of them unless given.

        Raises:
            ExpungedError: it was expunged already.
            InputError: nobody is named, or no reason is given.
            RecordError: there is no such report or version; another program still reads what was there before.
        """
        own, engine = database(self._opened.engine), self._opened.engine
        try:
            with self.writing() as connection:
                done = expunging.expunge(connection, self._clock, report_id, version=version, author=author,
                                         reason=reason)  # fmt: skip
        except ExpungedError:
            with own.errors(self.path):
                own.scrubbed(engine, ERASED, subject=self.path)
            raise
        with own.errors(self.path):
            own.scrubbed(engine, ERASED, subject=self.path)
        return done

    def expunged(self) -> list[Tombstone]:
        """What is left of all that was expunged, in its order."""
        with self.reading() as connection:
            return tombstones(connection)

    def head(self) -> Head:
        """How many entries the log has, and the hash of the last: what to keep elsewhere; see `onrecord.record.chain`.

        Example:
            >>> import tempfile
            >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
            ...     record.head().entries
            0
        """
        return chain.head(self)

    def verify(self) -> list[Fault]:
        """What does not agree any more: hashes, anchors, tables, the log. An empty list means that all does."""
        with self.reading() as connection:
            return verify(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for queries, which sees the record as it is now, whatever is added meanwhile."""
        own, engine = database(self._opened.engine), self._opened.engine
        with own.errors(self.path), own.reading(engine) as connection:
            yield connection

    @contextmanager
    def writing(self, part: Part = "reports") -> Iterator[Connection]:
        """A connection in a transaction of its own, for what is added whole or not at all.

        Args:
            part: what is added to; who adds waits for others that add to the same part.

        Raises:
            RecordError: the record takes no additions, or a newer onrecord upgraded it meanwhile.
        """
        if not (self.linkable if part == "links" else self.writable):
            raise RecordError("the record cannot be written", self._unwritable(), subject=self.path)
        own, engine = database(self._opened.engine), self._opened.engine
        with own.errors(self.path), own.writing(engine, part) as connection:
            refuse_newer(connection, self.path)
            yield connection

    def _unwritable(self) -> str:
        if self._opened.engine.dialect.name == "postgresql":
            return "ask who made the record for the role reviewer or owner"
        return "make the file and its folder writable, or copy it"


def _reading(received: Received) -> Annotated:
    from onrecord.annotators.reading import annotated  # loads the language models

    return annotated(received.report)
