"""People's corrections: kept apart, put in again after every reading, listed where they no longer fit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.model import Annotated
from onrecord.record.corrections import Correction, draft
from onrecord.record.provenance import Run, run
from onrecord.record.replaying import replayed
from onrecord.record.store import Record
from servers import changed

from .builder import Builder, dispatch, received

WHO = {"author": "A. Reader", "reason": "checked against the text"}


def added(record: Record, annotated: Annotated, run: Run, address: str = "/a") -> str:
    return record.add(received(annotated, address), annotated, run).report_id


def reread(annotated: Annotated) -> Annotated:
    """The same reading with other ids, as another run might give."""
    lines = msgspec.json.encode(annotated).decode()
    for name in ("entities", "attributions", "events", "figures", "times", "places"):
        for item in getattr(annotated, name):
            lines = lines.replace(f'"{item.id}"', f'"{item.id}0"')
    return msgspec.json.decode(lines, type=Annotated)


def test_an_edit_changes_the_current_reading_and_keeps_the_first(record: Record, first_run: Run) -> None:
    given_reading = dispatch()
    name = added(record, given_reading, first_run)
    done = record.correct("edit", f"{name}:{given_reading.figures[0].id}", field="unit", value="wounded", **WHO)
    assert done.placed is not None
    assert done.placed.status == "applied"
    assert record.annotated(name).figures[0].unit == "wounded"
    assert record.annotated(name).figures[1] == given_reading.figures[1]
    with record.reading() as connection:
        kept: Any = connection.exec_driver_sql("SELECT annotated FROM readings ORDER BY id").scalars().first()
    assert msgspec.json.decode(kept, type=Annotated).figures == given_reading.figures
    assert record.verify() == []


def test_corrections_are_put_in_again_after_another_run(record: Record, first_run: Run, second_run: Run) -> None:
    given_reading = dispatch()
    name = added(record, given_reading, first_run)
    record.correct("edit", f"{name}:{given_reading.attributions[0].id}", field="act", value="warns", **WHO)
    record.correct("reject", f"{name}:{given_reading.events[0].id}", **WHO)
    again = reread(given_reading)
    assert record.add(received(again, "/a"), again, second_run).outcome == "re-read"
    now = record.annotated(name)
    assert now.attributions[0].act == "warns"
    assert [event.id for event in now.events] == [event.id for event in again.events[1:]]
    assert record.verify() == []


def test_a_run_that_began_before_a_correction_and_reads_after_it_gets_it_too(record: Record, first_run: Run) -> None:
    given_reading = dispatch()
    name = added(record, given_reading, first_run)
    record.correct("edit", f"{name}:{given_reading.attributions[0].id}", field="act", value="warns", **WHO)
    early = run(software="onrecord 0.1.5", models=["small:1"], started=datetime(1974, 8, 16, 9, 0, tzinfo=UTC))
    slow = run(software="onrecord 0.2.0", models=["small:1"], started=datetime(1974, 8, 16, 9, 30, tzinfo=UTC))
    for each, unit in ((early, "missing"), (slow, "detained")):
        other = msgspec.structs.replace(given_reading.figures[1], unit=unit)
        changed = msgspec.structs.replace(given_reading, figures=(given_reading.figures[0], other))
        record.add(received(changed, "/a"), changed, each)
    now = record.annotated(name)
    assert now.attributions[0].act == "warns"
    assert now.figures[1].unit == "detained"
    assert record.verify() == []


def test_what_a_new_reading_no_longer_has_is_listed(record: Record, first_run: Run, second_run: Run) -> None:
    given_reading = dispatch()
    name = added(record, given_reading, first_run)
    made = record.correct("edit", f"{name}:{given_reading.figures[0].id}", field="low", value=7, **WHO)
    without = msgspec.structs.replace(given_reading, figures=given_reading.figures[1:])
    record.add(received(without, "/a"), without, second_run)
    (placed,) = record.placements(name)
    assert (placed.correction, placed.status) == (made.correction.number, "unplaced")
    assert "figures" in str(placed.why)


def test_a_reading_that_disagrees_with_both_is_a_conflict_and_the_person_has_the_last_word(
    record: Record, first_run: Run, second_run: Run
) -> None:
    given_reading = dispatch()
    name = added(record, given_reading, first_run)
    record.correct("edit", f"{name}:{given_reading.figures[0].id}", field="unit", value="wounded", **WHO)
    other = msgspec.structs.replace(given_reading.figures[0], unit="missing")
    changed = msgspec.structs.replace(given_reading, figures=(other, *given_reading.figures[1:]))
    record.add(received(changed, "/a"), changed, second_run)
    (placed,) = record.placements(name)
    assert placed.status == "conflict"
    assert record.annotated(name).figures[0].unit == "wounded"


def test_a_correction_follows_its_words_into_a_new_version(record: Record, first_run: Run) -> None:
    given_reading = dispatch()
    name = added(record, given_reading, first_run)
    record.correct("edit", f"{name}:{given_reading.figures[0].id}", field="unit", value="wounded", **WHO)
    later = dispatch(sentences=3)
    assert record.add(received(later, "/a"), later, first_run).outcome == "new version"
    assert record.annotated(name).figures[0].unit == "wounded"
    assert record.verify() == []


def test_undo_and_undo_of_the_undo(record: Record, first_run: Run) -> None:
    given_reading = dispatch()
    name = added(record, given_reading, first_run)
    made = record.correct("reject", f"{name}:{given_reading.figures[0].id}", **WHO)
    undone = record.undo(made.correction.number, **WHO)
    assert record.annotated(name).figures == given_reading.figures
    with pytest.raises(InputError, match="undone already"):
        record.undo(made.correction.number, **WHO)
    record.undo(undone.correction.number, **WHO)
    assert record.annotated(name).figures == given_reading.figures[1:]
    assert record.verify() == []


def test_merging_entities_points_everything_at_the_one_that_stays(record: Record, first_run: Run) -> None:
    given_reading = dispatch()
    name = added(record, given_reading, first_run)
    minister, army = (e.id for e in given_reading.entities[:2])
    record.correct("merge", f"{name}:{minister}", other=f"{name}:{army}", **WHO)
    now = record.annotated(name)
    assert army not in {e.id for e in now.entities}
    assert all(p.entity != army for event in now.events for p in event.actors)
    assert any(p.entity == minister for event in now.events for p in event.actors)
    assert record.verify() == []


def test_splitting_an_entity_takes_its_words_along(record: Record, first_run: Run) -> None:
    b = Builder()
    first = b.entity("Kamal Rashid")
    b.says(first, "said", "the bridge fell")
    second = b.entity("Kamal Rashid")
    b.says(second, "said", "it stands")
    both = b.annotated()
    (one,) = [e for e in both.entities if e.id == both.attributions[0].source.entity][:1]
    assert len(one.mentions) > 1
    name = added(record, both, first_run)
    value = {"name": "Kamal Rashid (the engineer)", "mentions": [list(one.mentions[-1])]}
    record.correct("split", f"{name}:{one.id}", value=value, **WHO)
    now = record.annotated(name)
    assert len(now.entities) == len(both.entities) + 1
    assert now.attributions[0].source.entity != now.attributions[-1].source.entity
    assert record.verify() == []


@pytest.mark.parametrize(
    ("act", "options", "says"),
    [
        ("edit", {"field": "colour", "value": "red"}, "have no field"),
        ("edit", {"field": "unit", "value": "apples"}, "not an annotated report"),
        ("edit", {"field": "span", "value": [0, 99999]}, "not a stretch of the text"),
        ("merge", {}, "takes two entries"),
        ("split", {"value": {}}, "only an entity can be split"),
        ("link", {"field": "same-event"}, "takes two entries"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_stored(
    record: Record, first_run: Run, act: str, options: dict[str, object], says: str
) -> None:
    given_reading = dispatch()
    name = added(record, given_reading, first_run)
    with pytest.raises(InputError, match=says):
        record.correct(act, f"{name}:{given_reading.figures[0].id}", **WHO, **options)  # type: ignore[arg-type]
    assert record.corrections() == []
    assert record.annotated(name).figures == given_reading.figures


def test_a_correction_needs_an_author_and_a_reason(record: Record, first_run: Run) -> None:
    given_reading = dispatch()
    name = added(record, given_reading, first_run)
    with pytest.raises(InputError, match="author and a reason"):
        record.correct("reject", f"{name}:{given_reading.figures[0].id}", author=" ", reason="x")


def test_a_changed_correction_is_found(record: Record, first_run: Run) -> None:
    given_reading = dispatch()
    name = added(record, given_reading, first_run)
    record.correct("reject", f"{name}:{given_reading.figures[0].id}", **WHO)
    changed(record, "UPDATE corrections SET reason = 'because'")
    assert any("correction 1" in fault.what for fault in record.verify())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_replaying_is_the_same_on_renamed_readings(data: st.DataObject) -> None:
    """Whatever is decided, a reading that differs in its ids alone ends up with the same entries."""
    reading = dispatch(sentences=3)
    made = []
    for number in range(1, data.draw(st.integers(1, 5)) + 1):
        act: Any
        family, act, field, value = data.draw(
            st.sampled_from(
                [
                    ("figures", "edit", "unit", "wounded"),
                    ("figures", "reject", None, None),
                    ("events", "edit", "type", "PROTEST"),
                    ("events", "reject", None, None),
                    ("attributions", "edit", "act", "denies"),
                    ("attributions", "reject", None, None),
                    ("attributions", "accept", None, None),
                ]
            )
        )
        item = data.draw(st.sampled_from(list(getattr(reading, family))))
        made.append(Correction(number, draft(reading, act, item.id, field=field, value=value), "A", "b",
                               "1974-08-16T09:30:00Z"))  # fmt: skip
    one, two = replayed(reading, made, {}), replayed(reread(reading), made, {})
    assert [p.status for p in one.placed] == [p.status for p in two.placed]
    assert reread(one.annotated) == two.annotated
    assert replayed(reading, made, {}) == one
