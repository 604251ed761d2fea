"""A worker's pipeline does not keep every word it ever met, and reads the same before and after it is loaded anew."""

from __future__ import annotations

import weakref
from pathlib import Path

import pytest

from onrecord.annotators.parse import pipeline
from onrecord.api import annotate
from onrecord.bulk import running, vocabulary
from onrecord.bulk.vocabulary import MOST_WORDS, forget_words
from onrecord.wire import encode

from .samples import annotated_lines, in_this_process, parquet_lines, wire

INVENTED = "The mayor of Orsk{0} said that rebels of Kar{0}dan attacked Zel{0}grad on Sunday, killing {0} people."


def _read(number: int) -> bytes:
    return encode(annotate(INVENTED.format(number), published="2031-01-05", models=False))


def test_a_pipeline_that_has_met_many_words_is_let_go_and_all_it_holds() -> None:
    pipeline.cache_clear()  # another test may hold on to the last one
    forget_words()
    first, words = weakref.ref(pipeline()), len(pipeline().vocab.strings)
    before = [_read(number) for number in range(1000, 1020)]
    assert len(pipeline().vocab.strings) >= words + 60
    forget_words(most=1_000_000)
    assert pipeline() is first()

    forget_words(most=50)
    assert first() is None
    assert len(pipeline().vocab.strings) <= words
    assert [_read(number) for number in range(1000, 1020)] == before


def test_it_is_kept_while_it_meets_what_it_knows() -> None:
    forget_words(most=0)
    for _ in range(3):
        _read(1000)
    met = weakref.ref(pipeline())
    forget_words(most=50)
    assert met() is pipeline()


def test_a_worker_asks_before_each_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, out = wire(tmp_path / "wire.jsonl", range(2)), tmp_path / "out"
    pipeline.cache_clear()
    first = weakref.ref(pipeline())
    monkeypatch.setattr(vocabulary, "_met", lambda: MOST_WORDS + 1)
    monkeypatch.setattr(running, "connected", in_this_process)
    list(running.bulk([path], out, models=False))
    assert first() is None
    assert parquet_lines(out) == annotated_lines(path, options=("--no-models",))
