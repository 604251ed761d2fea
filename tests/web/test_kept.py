"""An answer is kept as long as the record stays as it is, and no longer."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from weakref import ref

import pytest

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
    kept = Kept(5)
    for number in range(10):
        kept.answer(demo, number, lambda: 0)
    assert kept.answer(demo, 0, lambda: 1) == 1
    assert kept.answer(demo, 9, lambda: 1) == 0


def test_answers_at_an_earlier_state_are_let_go(own: Record) -> None:
    class Answer:
        """Something that can be watched."""

    kept = Kept()
    watched = [ref(kept.answer(own, number, Answer)) for number in range(3)]
    assert all(one() is not None for one in watched)
    report = own.search(kind="report", limit=1)[0].report_id
    own.correct("accept", f"{report}:{own.annotated(report).figures[0].id}", **WHO)
    kept.answer(own, "another", Answer)
    assert all(one() is None for one in watched)


def test_of_several_who_ask_at_once_one_asks_the_record(demo: Record) -> None:
    kept, asked, together = Kept(), [], Barrier(4)

    def ask() -> int:
        asked.append(1)
        time.sleep(0.05)
        return 7

    def come() -> int:
        together.wait()
        return int(kept.answer(demo, "how many", ask))

    with ThreadPoolExecutor(4) as pool:
        found = [each.result() for each in [pool.submit(come) for _ in range(4)]]
    assert found == [7] * 4
    assert asked == [1]


def test_a_question_that_failed_can_be_asked_again(demo: Record) -> None:
    kept = Kept()
    with pytest.raises(ZeroDivisionError):
        kept.answer(demo, "how many", lambda: 1 // 0)
    assert kept.answer(demo, "how many", lambda: 3) == 3
