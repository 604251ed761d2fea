"""Tables of a record: what stands in the current readings, and the same in pandas and Arrow."""

from __future__ import annotations

import sys

import pytest

from onrecord.errors import InputError
from onrecord.record.frames import FRAMES
from onrecord.record.provenance import Run
from onrecord.record.store import Record

from .builder import dispatch, received


def test_a_frame_has_what_the_current_readings_hold(ferry: Record) -> None:
    made = ferry.frame("figures")
    rows = {(row["report_id"], row["id"]): row for row in made}
    assert len(rows) == len(made) > 5
    reports = {str(report) for report, _ in rows}
    for read in (ferry.annotated(report) for report in reports):
        assert {name for report, name in rows if report == read.report.id} == {one.id for one in read.figures}
        for one in read.figures:
            row = rows[read.report.id, one.id]
            assert (row["low"], row["high"], row["unit"]) == (one.low, one.high, one.unit)
            assert (row["words"], row["start"], row["stop"]) == (one.text, *one.span)
            assert (row["publisher"], row["version"]) == (read.report.publisher, read.report.version)


@pytest.mark.parametrize("name", FRAMES)
def test_every_frame_is_the_same_in_pandas_and_in_arrow(ferry: Record, name: str) -> None:
    made = ferry.frame(name)
    rows = list(made)
    assert made.to_arrow().to_pylist() == rows
    table = made.to_pandas()
    assert list(table.columns) == list(made.columns)
    missing = table.isna().to_numpy()
    for number, row in enumerate(rows):
        shown = [None if missing[number, at] else table.iat[number, at] for at in range(len(row))]
        assert shown == list(row.values())


def test_reports_come_newest_first_and_only_those_asked_for(ferry: Record) -> None:
    assert ferry.frame("reports").columns["report_id"] == ["f6", "f5", "f4", "f3", "f2", "f1", "f0"]
    assert ferry.frame("reports", since="2031-03-05", until="2031-03-06").columns["report_id"] == ["f4", "f3", "f2"]
    assert ferry.frame("reports", publisher="NORTH MAIL").columns["report_id"] == ["f6", "f5"]
    assert set(ferry.frame("attributions", until="2031-03-04").columns["report_id"]) == {"f0", "f1"}


def test_an_old_version_and_an_old_reading_are_not_in_a_frame(record: Record, first_run: Run, second_run: Run) -> None:
    one, two = dispatch(1), dispatch(2)
    record.add(received(one, "/a"), one, first_run)
    assert len(record.frame("attributions")) == len(one.attributions) > 0
    for run in (first_run, second_run):
        record.add(received(two, "/a"), two, run)
    reports = record.frame("reports")
    assert (reports.columns["number"], reports.columns["text"]) == ([2], [two.report.text])
    assert len(record.frame("attributions")) == len(two.attributions)


def test_an_empty_frame_keeps_its_columns_and_types(ferry: Record) -> None:
    made = ferry.frame("figures", since="2099")
    assert (len(made), list(made)) == (0, [])
    assert made.to_arrow().schema == ferry.frame("figures").to_arrow().schema
    assert str(made.to_pandas()["low"].dtype) == "Float64"


def test_what_is_asked_wrongly_is_one_clear_line(ferry: Record) -> None:
    with pytest.raises(InputError, match="there is no frame 'sayings'; give one of reports, attributions"):
        ferry.frame("sayings")
    with pytest.raises(InputError, match="no date"):
        ferry.frame("reports", since="spring")


@pytest.mark.parametrize(("package", "call"), [("pandas", "to_pandas"), ("pyarrow", "to_arrow")])
def test_a_missing_package_is_one_line(ferry: Record, package: str, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(InputError, match="install"):
        getattr(ferry.frame("times"), call)()
