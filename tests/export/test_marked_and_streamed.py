"""Marks and brat's fragments hold for any spans; large exports are written while the readings are read."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.brat_lines import Standoff, fragments
from onrecord.export.exporters import exporter
from onrecord.export.marked import Mark, marked
from onrecord.export.readings import Reading
from onrecord.model import Span
from view.reports import later_border_report

from .conftest import Held

TEXTS = st.text(st.sampled_from("ab \n\r\t\u2028\x85<&>\"'🚢é"), min_size=1, max_size=30)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(TEXTS)
    words = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, len(text)))
    )
    return text, draw(st.lists(words, min_size=1, max_size=5))


@given(texts_with_spans())
def test_marked_text_is_the_text_and_marks_are_the_spans(drawn: tuple[str, list[Span]]) -> None:
    text, spans = drawn
    made = marked(text, [Mark(f"i{n}", "said", (span,)) for n, span in enumerate(spans)])
    assert html.unescape(re.sub("<[^>]*>", "", made)) == text
    inside = "".join(re.findall('<mark class="said">([^<]*)</mark>', re.sub("<span[^>]*></span>", "", made)))
    held = {at for start, end in spans for at in range(start, end)}
    assert html.unescape(inside) == "".join(text[at] for at in sorted(held))
    for n, (start, _) in enumerate(spans):
        before = made.partition(f'<span id="i{n}"></span>')[0]
        assert html.unescape(re.sub("<[^>]*>", "", before)) == text[:start]


@given(texts_with_spans())
def test_brat_lines_are_lines_and_their_offsets_find_the_words(drawn: tuple[str, list[Span]]) -> None:
    text, spans = drawn
    made = Standoff(text)
    for span in spans:
        name = made.text_bound("A", (span,))
        assert (name is None) == (not list(fragments(text, [span])))
    for line in made.lines:
        assert line.splitlines() == [line]
        _, offsets, words = line.split("\t")
        parts = [tuple(map(int, part.split(" "))) for part in offsets.removeprefix("A ").split(";")]
        assert " ".join(text[start:end] for start, end in parts) == words


@pytest.mark.parametrize(
    "name", ["jsonl", "web-annotation", "plover", "acled", "geojson", "schema-org", "ftm", "brat", "markdown"]
)
def test_a_report_is_written_before_the_next_is_read(name: str) -> None:
    out = io.BytesIO()
    sizes: list[int] = []

    class Watched(Held):
        def __iter__(self) -> Iterator[Reading]:
            for reading in super().__iter__():
                sizes.append(out.tell())
                yield reading

    exporter(name).write(Watched((later_border_report(),) * 3), out)
    assert sizes[0] < sizes[1] < sizes[2] < out.tell()
