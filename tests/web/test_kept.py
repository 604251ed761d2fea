"""An answer is kept as long as the record stays as it is, and no longer."""

from __future__ import annotations

from onrecord.record.store import Record
from onrecord.web.kept import Kept

WHO = {"author": "A. Reader", "reason": "read both"}


def test_an_answer_is_asked_for_once_until_the_record_changes(own: Record) -> None:
    kept, asked = Kept(), []

    def ask() -> int:
        asked.append(1)
        return len(asked)

    assert [kept.answer(own, "how many", ask) for _ in range(3)] == [1, 1, 1]
    assert kept.answer(own, "how few", ask) == 2
    report = own.search(kind="report", limit=1)[0].report_id
    own.correct("accept", f"{report}:{own.annotated(report).figures[0].id}", **WHO)
    assert kept.answer(own, "how many", ask) == 3


def test_few_answers_are_kept(demo: Record) -> None:
    kept = Kept()
    for number in range(2 * Kept.MOST):
        kept.answer(demo, number, lambda: 0)
    assert kept.answer(demo, 0, lambda: 1) == 1
    assert kept.answer(demo, 2 * Kept.MOST - 1, lambda: 1) == 0
