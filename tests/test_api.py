"""The Python interface: annotate a text, open a record, add to it, ask it."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.model import Annotated

TEXT = 'The envoy arrived on Monday. "We expect an answer," said Lena Holm, the envoy.'


def test_annotate_can_be_called_again_after_the_models_are_loaded() -> None:
    first = onrecord.annotate(TEXT, published="2021-03-04")
    assert isinstance(first, Annotated)
    assert onrecord.annotate(TEXT, published="2021-03-04") == first


def test_what_is_given_is_kept() -> None:
    read = onrecord.annotate(TEXT, id="x", title="T", publisher="P", url="https://example.org/a").report
    assert (read.id, read.title, read.publisher, read.url) == ("x", "T", "P", "https://example.org/a")


def test_a_date_that_is_none_is_refused_with_a_remedy() -> None:
    with pytest.raises(onrecord.InputError, match="2021-03-04"):
        onrecord.annotate(TEXT, published="soon")


def test_reports_are_added_to_a_record_and_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with onrecord.open(tmp_path / "war.db") as record:
        for arrival in onrecord.received([tmp_path], published="2021-03-04"):
            assert not isinstance(arrival, onrecord.InputError)
            assert record.add(arrival).outcome == "new report"
            assert record.add(arrival).outcome == "unchanged"
        assert [hit.speaker for hit in record.search("answer", kind="statement")] == ["Lena Holm"]


def test_all_public_names_are_there_and_sorted() -> None:
    assert sorted(onrecord.__all__) == onrecord.__all__
    assert all(hasattr(onrecord, name) for name in onrecord.__all__)
