"""Anchors hold on their version, are refused elsewhere, and never jump to a lookalike."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.anchors import anchor, faults, resolve, spans, verify
from onrecord.annotators.reading import annotated
from onrecord.errors import AnchorError
from onrecord.model import Annotated, Report, Time
from onrecord.read.text import report

TEXT = "The envoy left on Friday. The envoy returned on Monday, officials said."

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)


@st.composite
def reports_with_span(draw: st.DrawFn) -> tuple[Report, tuple[int, int]]:
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    return report(text), (start, draw(st.integers(start + 1, len(text))))


@settings(deadline=None)
@given(reports_with_span())
def test_an_anchor_keeps_the_words_and_verifies_and_resolves_to_itself(made: tuple[Report, tuple[int, int]]) -> None:
    source, span = made
    found = anchor(source, span)
    assert found.exact == source.text[slice(*span)]
    verify(found, source)
    assert resolve(found, source) == span


@settings(deadline=None)
@given(reports_with_span(), st.characters(exclude_categories=["Cs"]))
def test_any_changed_character_inside_the_words_is_noticed(made: tuple[Report, tuple[int, int]], new: str) -> None:
    source, span = made
    found = anchor(source, span)
    if source.text[span[0]] == new:
        return
    altered = source.text[: span[0]] + new + source.text[span[0] + 1 :]
    with pytest.raises(AnchorError):
        verify(found, msgspec.structs.replace(source, text=altered))


def test_an_anchor_of_another_version_does_not_verify() -> None:
    found = anchor(report(TEXT), (4, 9))
    with pytest.raises(AnchorError, match="is version"):
        verify(found, report(TEXT + " More."))


def test_an_anchor_is_found_again_after_text_was_added_in_front() -> None:
    found = anchor(report(TEXT), (4, 9))
    assert resolve(found, report("CORRECTED. " + TEXT)) == (15, 20)


def test_an_anchor_does_not_jump_to_the_same_words_elsewhere() -> None:
    second = TEXT.index("envoy", 10)
    found = anchor(report(TEXT), (second, second + 5))
    assert resolve(found, report("Nobody knew. The envoy had dinner with an old friend by the sea.")) is None


def test_words_that_stand_twice_in_the_same_context_are_not_resolved() -> None:
    found = anchor(report("xxxxxxxxxxxxxxxxxxxx he said yyyyyyyyyyyyyyyyyyyy"), (21, 28))
    twice = "- xxxxxxxxxxxxxxxxxxxx he said yyyyyyyyyyyyyyyyyyyy and xxxxxxxxxxxxxxxxxxxx he said yyyyyyyyyyyyyyyyyyyy"
    assert resolve(found, report(twice)) is None


@pytest.mark.parametrize("span", [(0, 0), (5, 4), (-1, 3), (0, 9999)])
def test_a_span_off_the_text_makes_no_anchor(span: tuple[int, int]) -> None:
    with pytest.raises(AnchorError):
        anchor(report(TEXT), span)


def _with_time(span: tuple[int, int]) -> Annotated:
    read = annotated(report(TEXT, published="1962-10-29"))
    return msgspec.structs.replace(read, times=(Time(id="x1", span=span, type="DATE", value=None, mod=None),))


def test_faults_names_a_span_off_the_text() -> None:
    assert any("x1" in fault for fault in faults(_with_time((60, 1000))))


def test_faults_names_an_altered_text() -> None:
    read = annotated(report(TEXT))
    altered = msgspec.structs.replace(
        read, report=msgspec.structs.replace(read.report, text=TEXT.replace("left", "went"))
    )
    assert any("SHA-256" in fault for fault in faults(altered))


def test_faults_names_a_reference_that_leads_nowhere() -> None:
    read = annotated(report('"We will stay," said Anna Berg, a minister of Norway.'))
    assert read.attributions
    first = read.attributions[0]
    lost = msgspec.structs.replace(first, within="a99")
    assert any("a99" in fault for fault in faults(msgspec.structs.replace(read, attributions=(lost,))))


def test_every_span_of_an_annotation_is_listed() -> None:
    read = annotated(report('"We will stay," said Anna Berg.'))
    listed = set(spans(read.attributions[0]))
    assert set(read.attributions[0].content.spans) <= listed
    assert set(read.attributions[0].cue.spans) <= listed
