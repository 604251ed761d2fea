from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from onrecord.errors import InputError
from onrecord.read import received
from onrecord.read.original import Received

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(lambda t: bool(t.strip()))


def written(columns: dict[str, Any], **options: Any) -> bytes:
    packed = io.BytesIO()
    parquet.write_table(pa.table(columns), packed, **options)
    return packed.getvalue()


def told(results: object) -> list[str]:
    return [r.report.text if isinstance(r, Received) else str(r) for r in results]  # type: ignore[attr-defined]


def test_rows_are_reports_with_the_columns_of_json_lines(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(written({
        "id": [7, 8, 9], "text": ["Talks failed.", None, "They left."], "title": ["Talks", None, None],
        "date": [date(2021, 3, 4), date(2021, 3, 5), None], "publisher": ["Harbour Times", None, None],
        "url": [None, None, "https://harbour.example/9"], "more": [[1], [], [2]],
    }))  # fmt: skip
    first, second, third = received([tmp_path])
    assert isinstance(first, Received)
    assert (first.report.text, first.report.title, first.report.published) == ("Talks failed.", "Talks", "2021-03-04")
    assert (first.report.id, first.report.publisher) == ("7", "Harbour Times")
    assert first.original.address == f"{tmp_path}/a.parquet#id:7"
    assert isinstance(second, InputError)
    assert second.subject == f"{tmp_path}/a.parquet:row 2"
    assert isinstance(third, Received)
    assert third.original.address == "https://harbour.example/9"


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=6), st.integers(1, 4))
def test_texts_are_kept_to_the_character_and_stand_in_the_original(texts: list[str], group: int) -> None:
    data = written({"text": texts}, row_group_size=group)
    results = list(received(["-"], stdin=io.BytesIO(data)))
    assert told(results) == texts
    for result in results:
        assert isinstance(result, Received)
        for start, at, length in result.original.segments:
            assert result.report.text[start : start + length] == result.original.decoded[at : at + length]


def test_times_keep_their_zone_and_words_in_a_dictionary_are_words() -> None:
    moments = pa.array([datetime(2021, 3, 4, 10, tzinfo=UTC)], pa.timestamp("us", "UTC"))
    data = written({"text": pa.array(["Talks failed."]).dictionary_encode(), "published": moments})
    (found,) = received(["-"], stdin=io.BytesIO(data))
    assert isinstance(found, Received)
    assert found.report.published == "2021-03-04T10:00:00+00:00"


def test_a_damaged_row_group_costs_its_rows_alone(tmp_path: Path) -> None:
    texts = [f"Talks number {n} failed, the mediator {n * 7919} said." for n in range(30)]
    data = written({"text": texts}, row_group_size=10, compression="zstd")
    column = parquet.ParquetFile(io.BytesIO(data)).metadata.row_group(1).column(0)
    start = column.dictionary_page_offset or column.data_page_offset
    broken = data[: start + 40] + b"\xff" * 20 + data[start + 60 :]
    (tmp_path / "a.parquet").write_bytes(broken)
    found = told(received([tmp_path]))
    assert found[:10] == texts[:10]
    assert found[-10:] == texts[20:]
    (error,) = found[10:-10]
    assert "a.parquet:rows 11 to 20: these rows cannot be read" in error


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"PAR1 and no more", "cannot be read"),
        (written({"text": ["Talks failed."]})[:-9], "cannot be read"),
        (written({"words": ["Talks failed."]}), "no column text"),
        (written({"text": [b"Talks failed."]}), "the column text holds binary"),
        (written({"text": ["Talks failed."], "published": [3]}), "the column published holds int64"),
        (written({"text": pa.array([], pa.string())}), "no rows"),
    ],
)
def test_a_table_that_cannot_be_read_at_all_is_one_error(data: bytes, word: str) -> None:
    (found,) = told(received(["-"], stdin=io.BytesIO(data)))
    assert word in found


def test_a_row_group_too_large_for_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.read.parquet.GROUP_BYTES", 10)
    (found,) = told(received(["-"], stdin=io.BytesIO(written({"text": ["Talks failed once more."]}))))
    assert "smaller row groups" in found


WHOLE = written({"text": ["Talks failed.", "They left."], "title": ["a", None]}, row_group_size=1)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(4, len(WHOLE) - 1), st.binary(min_size=1, max_size=4)), min_size=1, max_size=3))
def test_no_damage_stops_the_reading(damage: list[tuple[int, bytes]]) -> None:
    data = bytearray(WHOLE)
    for at, what in damage:
        data[at : at + len(what)] = what
    assert told(received(["-"], stdin=io.BytesIO(bytes(data))))


def test_what_the_library_does_not_catch_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("Definition level histogram size mismatch, size: 2, expected: 1")

    monkeypatch.setattr(parquet, "ParquetFile", fail)
    (found,) = told(received(["-"], stdin=io.BytesIO(WHOLE)))
    assert "histogram size mismatch" in found
