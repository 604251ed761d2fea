"""Several decisions about one entry are stored together or not at all, and never over what somebody else decided."""

from __future__ import annotations

import pytest

from onrecord.errors import InputError, OvertakenError
from onrecord.record.corrections import parts_of
from onrecord.record.deciding import Step, state
from onrecord.record.provenance import Run
from onrecord.record.store import Record

from .builder import dispatch, received

WHO = {"author": "A. Reader", "reason": "checked against the text"}


@pytest.fixture
def name(record: Record, first_run: Run) -> str:
    """The name of a figure of the record\'s one report."""
    read = dispatch()
    return f"{record.add(received(read, '/a'), read, first_run).report_id}:{read.figures[0].id}"


def _state(record: Record, name: str) -> str:
    report, entry = parts_of(name)
    return state(record.annotated(report), entry, record.corrections(report))


def test_several_values_are_put_in_together(record: Record, name: str) -> None:
    done = record.decide(name, [Step("edit", "unit", "wounded"), Step("edit", "low", 7)], **WHO)
    assert [one.placed.status for one in done if one.placed] == ["applied", "applied"]
    figure = record.annotated(parts_of(name)[0]).figures[0]
    assert (figure.unit, figure.low) == ("wounded", 7)
    assert record.verify() == []


def test_if_one_does_not_fit_none_is_stored(record: Record, name: str) -> None:
    before = record.annotated(parts_of(name)[0])
    with pytest.raises(InputError):
        record.decide(name, [Step("edit", "unit", "wounded"), Step("edit", "low", "many")], **WHO)
    with pytest.raises(InputError, match="nothing was changed"):
        record.decide(name, [], **WHO)
    assert record.corrections() == []
    assert record.annotated(parts_of(name)[0]) == before


def test_what_somebody_else_decided_is_not_overwritten(record: Record, name: str) -> None:
    seen = _state(record, name)
    record.decide(name, [Step("accept")], author="B. First", reason="right", seen=seen)
    with pytest.raises(OvertakenError, match="First decided"):
        record.decide(name, [Step("reject")], **WHO, seen=seen)
    record.decide(name, [Step("reject")], **WHO, seen=_state(record, name))
    assert [c.draft.act for c in record.corrections()] == ["accept", "reject"]


def test_decisions_about_other_entries_are_no_hindrance(record: Record, name: str) -> None:
    seen = _state(record, name)
    report = parts_of(name)[0]
    record.correct("accept", f"{report}:{record.annotated(report).figures[1].id}", **WHO)
    record.decide(name, [Step("accept")], **WHO, seen=seen)
    assert len(record.corrections()) == 2


def test_an_entry_that_changed_or_went_is_not_decided_about(record: Record, name: str) -> None:
    seen = _state(record, name)
    record.correct("reject", name, **WHO)
    with pytest.raises(OvertakenError):
        record.decide(name, [Step("accept")], **WHO, seen=seen)
    for forged in ("", "x", "9999999999.0"):
        with pytest.raises(InputError):
            record.decide(name, [Step("accept")], **WHO, seen=forged)


def test_an_event_is_named_like_any_other_entry() -> None:
    assert parts_of("r-1f0c:ev12") == ("r-1f0c", "ev12")
