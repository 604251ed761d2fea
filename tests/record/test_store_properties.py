from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.record.provenance import run
from onrecord.record.store import Record

from .builder import dispatch, plain, received

RUNS = [run(software=f"onrecord 0.{n}.0", started=datetime(1974, 8, 16 + n, tzinfo=UTC)) for n in range(2)]
ONE_RECORD = [HealthCheck.function_scoped_fixture]
ADDITIONS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 1)), max_size=12)


@pytest.fixture
def shared_record(engine: str) -> Iterator[Record]:
    """One record for all examples of a test."""
    del engine  # says where
    with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/shared.db") as record:
        yield record


def state(record: Record) -> set[tuple[str, ...]]:
    """Every version and reading, without what only the order of adding decides."""
    query = """SELECT address, reports.id, versions.version, text, runs.digest, readings.sha256 FROM reports
               JOIN versions ON report_id = reports.id JOIN readings ON version_id = versions.id
               JOIN runs ON run_id = runs.id"""
    with record.reading() as connection:
        rows = [tuple(map(str, row)) for row in connection.exec_driver_sql(query)]
    assert len(rows) == len(set(rows))
    return set(rows)


def add_all(record: Record, additions: list[tuple[int, int, int]]) -> None:
    for address, text, which in additions:
        annotated = dispatch(text)
        record.add(received(annotated, f"/{address}"), annotated, RUNS[which])


@settings(max_examples=8, deadline=None, suppress_health_check=ONE_RECORD)
@given(ADDITIONS, st.randoms(use_true_random=False))
def test_adding_in_any_order_and_again_gives_the_same_record(
    engine: str, additions: list[tuple[int, int, int]], chance: object
) -> None:
    shuffled = [*additions, *additions]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    with (
        tempfile.TemporaryDirectory() as folder,
        Record.open(f"{folder}/one.db") as one,
        Record.open(f"{folder}/two.db") as two,
    ):
        add_all(one, additions)
        once = state(one)
        add_all(one, additions)
        add_all(two, shuffled)
        assert once == state(one) == state(two)
        assert one.verify() == two.verify() == []


@settings(max_examples=150, deadline=None, suppress_health_check=ONE_RECORD)
@given(st.text(), st.text() | st.none())
def test_any_text_comes_back_to_the_character_or_is_refused(shared_record: Record, text: str, title: str | None
                                                            ) -> None:  # fmt: skip
    annotated = plain(text, title=title)
    try:
        shared_record.add(received(annotated, f"/{text!r}{title!r}"), annotated, RUNS[0])
    except InputError:
        assert any(c == "\0" or unicodedata.category(c) == "Cs" for c in text + (title or ""))
    else:
        back = shared_record.annotated(f"/{text!r}{title!r}").report
        assert (back.text, back.title) == (text, title)


@settings(max_examples=200, deadline=None, suppress_health_check=ONE_RECORD)
@given(st.text() | st.text(alphabet='"*-()^:+ANDORT{} aé—'))
def test_nothing_typed_is_an_error(shared_record: Record, typed: str) -> None:
    shared_record.search(typed)
    shared_record.search("", speaker=typed, publisher=typed, place=typed)


@settings(max_examples=100, deadline=None, suppress_health_check=ONE_RECORD)
@given(st.text(alphabet=st.characters(categories=["L", "N", "Zs", "P", "So", "Mn"]), min_size=1))
def test_places_found_are_where_they_stand(shared_record: Record, text: str) -> None:
    annotated = plain(text)
    shared_record.add(received(annotated, f"/{text!r}"), annotated, RUNS[0])
    for word in text.split()[:3]:
        for hit in shared_record.search(word, kind="report", limit=50):
            whole = shared_record.annotated(hit.report_id).report
            for anchor in hit.anchors:
                field = whole.text if anchor.field == "text" else whole.title or ""
                assert field[anchor.start : anchor.end] == anchor.exact != ""
