"""A clock that jumps: what was added keeps its order, what came last counts, and all of it verifies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from onrecord.reconciling import reconcile
from onrecord.record.provenance import Run, run
from onrecord.record.store import Record
from servers import rows

from .builder import dispatch, received

WHO = {"author": "A. B.", "reason": "see the words"}
START = datetime(1974, 8, 16, tzinfo=UTC)
#: Forward by 60 years, back to before the first, on by a second, and to the same second twice.
JUMPS = (0, 60 * 365, -40 * 365, -40 * 365 + 1 / 86_400, 3, 3)


def by(number: int, moment: datetime) -> Run:
    return run(software=f"onrecord 0.{number}.0", started=moment)


@pytest.fixture
def jumping(record: Record) -> Iterator[tuple[Record, list[datetime]]]:
    """A record whose clock shows the last of some moments."""
    shown = [START]
    with Record.open(record.path, clock=lambda: shown[-1]) as opened:
        yield opened, shown


def test_entries_keep_their_order_whatever_the_clock_shows(jumping: tuple[Record, list[datetime]]) -> None:
    record, shown = jumping
    heads = [record.head()]
    for n, days in enumerate(JUMPS):
        shown.append(START + timedelta(days=days))
        given = dispatch(n)
        record.add(received(given, "/one"), given, by(1, shown[-1]))
        record.correct("edit", f"{record.annotated('/one').report.id}:a1", field="act",
                       value=("denies", "confirms")[n % 2], **WHO)  # fmt: skip
        list(reconcile(record))
        assert record.verify() == []
        assert record.annotated("/one").report.text == given.report.text
        assert record.annotated("/one").attributions[0].act == ("denies", "confirms")[n % 2]
        heads.append(record.head())
    assert [head.entries for head in heads] == sorted(head.entries for head in heads)
    kinds = rows(record, "SELECT row FROM log WHERE kind = 'version' ORDER BY number")
    assert kinds == [(n,) for n in range(1, len(JUMPS) + 1)]
    assert [c.number for c in record.corrections()] == list(range(1, len(JUMPS) + 1))
    said = [moment for (moment,) in rows(record, "SELECT logged_at FROM log ORDER BY number")]
    assert said != sorted(said), "the moments are as the clock showed them"


def test_newer_software_counts_though_the_clock_went_back(jumping: tuple[Record, list[datetime]]) -> None:
    record, shown = jumping
    given = dispatch()
    name = record.add(received(given, "/a"), given, by(0, START)).report_id
    record.correct("edit", f"{name}:a1", field="act", value="denies", **WHO)
    for n, (days, unit) in enumerate(zip(JUMPS[1:], ("missing", "wounded", "captured", "detained", "released"),
                                         strict=True), start=1):  # fmt: skip
        shown.append(START + timedelta(days=days))
        other = msgspec.structs.replace(
            given, figures=tuple(msgspec.structs.replace(f, unit=unit) for f in given.figures)
        )
        assert record.add(received(given, "/a"), other, by(n, shown[-1])).outcome == "re-read"
        now = record.annotated("/a")
        assert {figure.unit for figure in now.figures} == {unit}
        assert now.attributions[0].act == "denies", "the correction is put in again"
        assert not record.needs_reading(received(given, "/a"), by(n, shown[-1]))
    assert record.verify() == []


def test_a_run_that_began_before_and_ends_after_a_newer_one_still_counts_less(
    jumping: tuple[Record, list[datetime]],
) -> None:
    record, shown = jumping
    given = dispatch()
    old = msgspec.structs.replace(given, figures=())
    shown.append(START + timedelta(hours=2))
    record.add(received(given, "/a"), given, by(2, START + timedelta(hours=1)))
    record.add(received(given, "/a"), old, by(1, START))
    assert record.annotated("/a").figures == given.figures
    assert rows(record, "SELECT count(*) FROM readings") == [(2,)]
