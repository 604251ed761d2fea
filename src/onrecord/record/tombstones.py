"""What is left of reports that were expunged: their hashes, who expunged them, when and why; never a word of theirs.

What a report was called (its id, address, the ids that came with it, its versions) is kept as SHA-256 alone, so that
whoever has such a name at hand can be told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from onrecord.errors import ExpungedError
from onrecord.model import sha256
from onrecord.read.original import Received
from onrecord.record import tables as t

__all__ = ["Tombstone", "expunged_called", "expunged_numbers", "expunged_version", "neutral", "refuse_expunged",
           "tombstones", "tombstones_of"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a report, or of one version of it.

    Attributes:
        number: of the expunging, in their order.
        report: `r-` and the first 12 hex digits of the SHA-256 of the report's address.
        version: the number of the version that was expunged; None for the report with all that were left of it.
        made_at: ISO 8601 in UTC.
        texts: SHA-256 of the text of each version that was expunged; `originals` of the bytes that each was read from.
    """

    number: int
    report: str
    version: int | None
    author: str
    reason: str
    made_at: str
    texts: tuple[str, ...]
    originals: tuple[str, ...]

    def __str__(self) -> str:
        what = "the report" if self.version is None else f"version {self.version}"
        return f"{what} was expunged on {self.made_at[:10]} by {self.author}: {self.reason}"


def neutral(address: str) -> str:
    """The name of an expunged report, which holds no word of it: the id that its address gives.

    Example:
        >>> neutral("/a.txt")
        'r-54fae40d857b'
    """
    return f"r-{hashlib.sha256(address.encode()).hexdigest()[:12]}"


def tombstones(connection: Connection) -> list[Tombstone]:
    """All that was expunged, in its order."""
    return list(_tombstones(connection, None))


def _tombstones(connection: Connection, number: int | None) -> Iterator[Tombstone]:
    e, x = t.expungings.c, t.expunged.c
    query = select(t.expungings).order_by(e.id)
    for row in connection.execute(query if number is None else query.where(e.id == number)).all():
        held = select(x.sha256, x.original_sha256).where(x.expunging_id == row.id, x.kind == "version").order_by(x.row)
        hashes = connection.execute(held).all()
        yield Tombstone(row.id, row.report, row.number, row.author, row.reason, row.made_at,
                        tuple(h.sha256 for h in hashes), tuple(h.original_sha256 for h in hashes))  # fmt: skip


def expunged_called(connection: Connection, name: str) -> Tombstone | None:
    """The last of what was expunged that was called so; None if nothing was."""
    e = t.expungings.c
    called = or_(e.names.contains(sha256(name)), e.names.contains(sha256(name.removeprefix("r-"))))
    named = or_((e.report == name) & e.number.is_(None), called)
    number = connection.execute(select(e.id).where(named).order_by(e.id.desc()).limit(1)).scalar()
    return None if number is None else next(_tombstones(connection, number))


def expunged_version(connection: Connection, report: str, version: str | int | None) -> Tombstone | None:
    """What is left of a version, by its number or its digest, of a report that is there otherwise."""
    e, x = t.expungings.c, t.expunged.c
    address = connection.execute(select(t.reports.c.address).where(t.reports.c.id == report)).scalar()
    if address is None or version is None:
        return None
    if isinstance(version, str):
        found = expunged_called(connection, version)
        return found if found is not None and found.report == neutral(address) else None
    query = select(e.id).join_from(t.expungings, t.expunged).where(e.report == neutral(address), x.kind == "version")
    number = connection.execute(query.where(x.number == version).order_by(e.id.desc()).limit(1)).scalar()
    return None if number is None else next(_tombstones(connection, number))


def tombstones_of(connection: Connection, address: str) -> tuple[Tombstone, ...]:
    """What is left of versions of the report at an address."""
    query = select(t.expungings.c.id).where(t.expungings.c.report == neutral(address)).order_by(t.expungings.c.id)
    return tuple(one for number in connection.execute(query).scalars().all() for one in _tombstones(connection, number))


def expunged_numbers(connection: Connection, address: str) -> list[int]:
    """The numbers of the versions that were expunged of the report at an address, ascending."""
    e, x = t.expungings.c, t.expunged.c
    query = select(x.number).join_from(t.expunged, t.expungings)
    query = query.where(e.report == neutral(address), x.kind == "version").order_by(x.number)
    return [number for number in connection.execute(query).scalars() if number is not None]


def refuse_expunged(connection: Connection, received: Received) -> None:
    """Refuse a report that was expunged: its text, or the bytes it comes from if all that was read from them was.

    Raises:
        ExpungedError: it was.
    """
    x, o = t.expunged.c, t.originals.c
    text, original = sha256(received.report.text), received.original.sha256
    shared = select(o.sha256).where(o.sha256 == original).exists()
    query = (
        select(x.expunging_id)
        .where(x.kind == "version", or_(x.sha256 == text, (x.original_sha256 == original) & ~shared))
        .order_by(x.expunging_id.desc())
        .limit(1)
    )
    number = connection.execute(query).scalar()
    if number is not None:
        cause = f"it is not added again: {next(_tombstones(connection, number))}"
        raise ExpungedError(cause, "leave it out, or keep it in another record", subject=received.original.address)
