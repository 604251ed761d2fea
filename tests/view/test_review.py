"""The queue of the review: what is most useful to check first, without what was decided, a stretch at a time."""

from __future__ import annotations

import pytest

from onrecord.errors import InputError
from onrecord.record.store import Record
from onrecord.view import review
from onrecord.view.alike import alike
from onrecord.view.decisions import history, made_about, numbered
from onrecord.view.review import Waiting, queue

WHO = {"author": "A. Reader", "reason": "read both"}


def _names(found: tuple[Waiting, ...]) -> list[str]:
    return [f"{one.report_id}:{one.entry}" for one in found]


def test_more_points_come_first_and_each_reason_is_said(record: Record) -> None:
    found = queue(record)
    assert [one.points for one in found.entries] == sorted((one.points for one in found.entries), reverse=True)
    assert found.total == len(found.entries)
    killed = next(one for one in found.entries if one.words == "nine more were killed")
    assert killed.reasons == ("figure: killed", "no source is given")
    assert killed.points == 4


def test_statements_alone_are_in_the_queue_and_beliefs_are_not(record: Record) -> None:
    assert "worse to come" not in {one.words for one in queue(record, kinds=["statement"]).entries}


def test_what_was_decided_is_left_out_until_it_is_undone(record: Record) -> None:
    before = queue(record)
    name = _names(before.entries)[0]
    done = record.correct("accept", name, **WHO)
    after = queue(record)
    assert after.total == before.total - 1
    assert name not in _names(after.entries)
    record.undo(done.correction.number, **WHO)
    assert _names(queue(record).entries) == _names(before.entries)


def test_it_is_narrowed_by_kind_report_outlet_and_confidence(record: Record) -> None:
    assert {one.kind for one in queue(record, kinds=["figure"]).entries} == {"figure"}
    some = queue(record).entries[0]
    assert {one.report_id for one in queue(record, report=some.report_id).entries} == {some.report_id}
    assert {one.publisher for one in queue(record, outlet="capital gazette").entries} == {"Capital Gazette"}
    low = queue(record, below=0.95).entries
    assert all(one.confidence is not None and one.confidence < 0.95 for one in low)
    with pytest.raises(InputError, match="no kind"):
        queue(record, kinds=["dragon"])  # type: ignore[list-item]


@pytest.mark.parametrize("kind", ["name", "time", "place"])
def test_other_kinds_are_shown_where_they_are_asked_for(record: Record, kind: review.Kind) -> None:
    found = queue(record, kinds=[kind])
    assert found.entries
    assert {one.kind for one in found.entries} == {kind}


def test_pages_and_stretches_together_are_the_whole(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = queue(record)
    pages = [queue(record, skip=n, limit=2).entries for n in range(0, whole.total, 2)]
    assert [one for page in pages for one in page] == list(whole.entries)
    assert queue(record, skip=whole.total + 5).total == whole.total
    monkeypatch.setattr(review, "REPORTS", 1)
    found, before = [], None
    while True:
        stretch = queue(record, before=before)
        found += _names(stretch.entries)
        if (before := stretch.older) is None:
            break
    assert sorted(found) == sorted(_names(whole.entries))


def test_decisions_are_told_in_words_the_latest_first(record: Record) -> None:
    figure = next(one for one in queue(record, kinds=["figure"]).entries)
    name = f"{figure.report_id}:{figure.entry}"
    first = record.correct("edit", name, field="unit", value="wounded", **WHO).correction.number
    record.correct("edit", name, field="claimant", value=None, **WHO)
    record.undo(first, author="B. Other", reason="no")
    told = history(record)
    assert [one.act for one in told.made] == ["undo", "edit", "edit"]
    assert told.made[2].what == "edited the unit: killed → wounded"
    assert [one.counts for one in told.made] == [True, True, False]
    assert told.made[1].entry == figure.entry
    assert history(record, author="B. Other").total == 1
    assert history(record, skip=1, limit=1).made == told.made[1:2]
    assert made_about(record, figure.report_id) == told.made[::-1]
    assert [one.number for one in numbered(record, [first, 99])] == [first]


def test_what_is_linked_is_told_with_its_words(record: Record) -> None:
    figures = queue(record, kinds=["figure"]).entries
    one = figures[0]
    other = next(each for each in figures if each.report_id != one.report_id)
    pair = [f"{each.report_id}:{each.entry}" for each in (one, other)]
    record.correct("link", pair[0], field="same-figure", other=pair[1], **WHO)
    found = alike(record, "figures", one.report_id, one.entry)
    assert found is not None
    linked = [(each.report_id, each.entry, each.words) for each in found.linked]
    assert linked == [(other.report_id, other.entry, other.words)]
    assert alike(record, "times", one.report_id, "t1") is None
