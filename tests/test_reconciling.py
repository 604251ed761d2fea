"""Links do not depend on the order in which reports came, on how many came at once, or on how often it was asked."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import onrecord
from onrecord import reconciling
from onrecord.errors import RecordError
from onrecord.model import Annotated
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.reconcile.linkers import COMMON, COPIES, KEPT_ONLY, LINKERS, Copies
from onrecord.reconcile.linking import Link, Linker, links
from onrecord.reconciling import reconcile, unreconciled
from onrecord.record import linking
from onrecord.record.store import Record
from onrecord.view import linked

NOT_CHECKED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
STRIKE = (
    "A gunman killed three people at a market in Kramatorsk on Friday, police said. The suspect, Oleh Marchuk, 34, was "
    'arrested near the station. "We heard shots and ran for the bridge," said Mayor Iryna Bondar.'
)
TEXTS = (
    ("a", "2031-03-06", STRIKE),
    ("b", "2031-03-06",
     "Police in Kramatorsk arrested a man on Friday after three people were shot dead at a market. Oleh Marchuk, 34, "
     'gave himself up. Mayor Iryna Bondar said: "We heard shots and ran for the bridge."'),
    ("c", "2031-03-07", STRIKE),
    ("d", "2031-03-20",
     "Talks on the port of Odesa failed in Geneva on Thursday, the envoy Marta Lind said. President Veld refused to "
     "withdraw his troops from the Lomi valley."),
    ("e", "2031-03-21",
     "The envoy Marta Lind said in Geneva that talks on the port of Odesa had failed. President Veld promised to "
     "withdraw his troops from the Lomi valley if guns fall silent."),
    ("f", None, "Farmers in the Po valley began the harvest early, a trader in Cremona said."),
    ("g", "2031-04-02",
     '"The bridge at Varna will not stand another winter of barges," General Otto Brandt said in Varna on Wednesday.'),
    ("h", "2031-04-02",
     '"The bridge at Varna will not stand another winter of barges," Mayor Ana Kolar said in Varna on Wednesday.'),
)  # fmt: skip


@cache
def readings() -> tuple[Annotated, ...]:
    return tuple(onrecord.annotate(text, id=name, published=day, models=False) for name, day, text in TEXTS)


def add(record: Record, annotated: Annotated) -> None:
    one = annotated.report
    made = report(one.text, id=one.id, published=one.published)
    record.add(Received(made, Original(f"/{one.id}", "text/plain", "utf-8", one.text.encode(), ())), annotated)


def linked_in_order(order: Sequence[int], pauses: Iterable[int]) -> dict[str, tuple[Link, ...]]:
    """The links of a record to which the readings were added in an order, and reconciled after some of them."""
    stops = set(pauses)
    with tempfile.TemporaryDirectory() as folder, onrecord.open(Path(folder) / "war.db") as record:
        for n in order:
            add(record, readings()[n])
            if n in stops:
                list(reconcile(record))
        return {rule: linked.links(record, rule) for rule in LINKERS}


@cache
def all_at_once() -> dict[str, tuple[Link, ...]]:
    return linked_in_order(range(len(TEXTS)), ())


@settings(max_examples=6, deadline=None, suppress_health_check=NOT_CHECKED)
@given(st.permutations(range(len(TEXTS))), st.sets(st.integers(0, len(TEXTS) - 1)))
def test_links_do_not_depend_on_the_order_of_adding(engine: str, order: list[int], pauses: set[int]) -> None:
    assert linked_in_order(order, pauses) == all_at_once()


def test_there_is_something_to_link() -> None:
    found = all_at_once()
    assert ("a", "c") in {(link.a[0], link.b[0]) for link in found[COPIES]}
    assert [rule for rule, links in found.items() if not links] == sorted(KEPT_ONLY)


@pytest.mark.parametrize("rule", sorted(set(LINKERS) - KEPT_ONLY - {COPIES}))
def test_a_record_holds_the_links_that_the_same_reports_have_in_memory(rule: str) -> None:
    linker = LINKERS[rule]
    assert not isinstance(linker, Copies)
    checked: Linker[object] = linker
    assert all_at_once()[rule] == links(checked, readings(), common=COMMON.get(rule, 1))


@pytest.fixture
def record(tmp_path: Path, engine: str) -> Record:
    opened = onrecord.open(tmp_path / "war.db")
    for one in readings():
        add(opened, one)
    return opened


def test_nothing_is_linked_twice(record: Record) -> None:
    assert sum(reconcile(record)) == len(TEXTS)
    with record.reading() as connection:
        before = {rule: list(linking.links(connection, rule)) for rule in LINKERS}
    assert list(reconcile(record)) == []
    with record.reading() as connection:
        assert {rule: list(linking.links(connection, rule)) for rule in LINKERS} == before
    record.close()


def test_a_part_that_is_stopped_leaves_nothing_and_is_done_again(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciling, "AT_ONCE", 4)
    work = reconcile(record)
    assert next(work) == 4
    add_links: Callable[..., None] = linking.add_links
    monkeypatch.setattr(linking, "add_links", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        list(reconcile(record))
    monkeypatch.setattr(linking, "add_links", add_links)
    assert unreconciled(record) == len(TEXTS) - 4
    assert sum(reconcile(record)) == len(TEXTS) - 4
    assert {rule: linked.links(record, rule) for rule in LINKERS} == all_at_once()
    record.close()


def test_several_processes_make_the_same_links(record: Record) -> None:
    assert sum(reconcile(record, processes=2)) == len(TEXTS)
    assert {rule: linked.links(record, rule) for rule in LINKERS} == all_at_once()
    record.close()


def test_a_report_that_is_corrected_is_linked_by_what_it_says_now(record: Record) -> None:
    list(reconcile(record))
    record.correct("reject", "d:a1", author="A. Reader", reason="not said")
    assert unreconciled(record) == 1
    list(reconcile(record))
    assert unreconciled(record) == 0
    record.close()


def test_a_record_that_cannot_be_written_says_that_reports_are_not_linked(record: Record, tmp_path: Path) -> None:
    record.close()
    path = tmp_path / "war.db"
    with onrecord.open(path) as again:
        object.__setattr__(again, "_opened", replace(again._opened, writable=False, linkable=False))
        with pytest.raises(RecordError, match="not linked"):
            linked.links(again, COPIES)
