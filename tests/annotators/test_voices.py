"""Voices: the innermost attribution, hearsay, or the narrator."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotators.parse import parse
from onrecord.annotators.voices import NARRATOR, UNSOURCED, Voices, voice
from onrecord.model import Attribution, Content, Cue, Source, Span
from onrecord.read.text import report

TEXT = "One two three four five six seven eight nine ten eleven twelve."
PARSED = parse(report(TEXT))


def said(name: str, *contents: Span, source: Source | None = None, within: str | None = None) -> Attribution:
    return Attribution(
        name, "indirect", "said", "asserts", False, None, source or Source(((0, 3),), None, "person", ()),
        Cue(((0, 3),)), Content(contents), within, (), None, None, (), 1.0,
    )  # fmt: skip


def test_the_innermost_content_speaks() -> None:
    outer, inner = said("a1", (4, 40)), said("a2", (10, 20))
    assert voice((12, 15), PARSED, (outer, inner)) == "a2"
    assert voice((25, 28), PARSED, (outer, inner)) == "a1"


def test_a_span_that_leaves_the_inner_content_belongs_to_the_outer() -> None:
    assert voice((15, 25), PARSED, (said("a1", (4, 40)), said("a2", (10, 20)))) == "a1"


def test_between_the_parts_of_a_split_content_the_narrator_speaks() -> None:
    assert voice((16, 18), PARSED, (said("a1", (4, 14), (20, 30)),)) == NARRATOR


def test_hearsay_is_nobodys() -> None:
    parsed = parse(report("Troops reportedly crossed the river. They stopped."))
    assert voice((0, 6), parsed, ()) == UNSOURCED
    assert voice((37, 41), parsed, ()) == NARRATOR


def test_an_attribution_without_a_source_is_nobodys_unless_it_stands_in_another() -> None:
    nobody = Source((), None, "none", ())
    assert voice((12, 15), PARSED, (said("a1", (10, 20), source=nobody),)) == UNSOURCED
    outer, inner = said("a1", (4, 40)), said("a2", (10, 20), source=nobody, within="a1")
    assert voice((12, 15), PARSED, (outer, inner)) == "a2"


_SPAN = st.tuples(st.integers(0, 55), st.integers(1, 6)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 12)), max_size=8), _SPAN)
def test_looking_up_agrees_with_trying_every_attribution(contents: list[tuple[int, int]], span: Span) -> None:
    all_said = tuple(said(f"a{i}", (s, s + n)) for i, (s, n) in enumerate(contents))
    holders = [a for a in all_said if a.content.spans[0][0] <= span[0] and span[1] <= a.content.spans[0][1]]
    expected = min(holders, key=lambda a: (a.content.spans[0][1] - a.content.spans[0][0], -a.content.spans[0][0], a.id),
                   default=None)  # fmt: skip
    assert Voices(PARSED, all_said).of(span) == (expected.id if expected else NARRATOR)
