"""No text raises, and every anchor holds."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.anchors import faults
from onrecord.annotators.attributions import attributions
from onrecord.annotators.parse import parse
from onrecord.model import SCHEMA, Annotated
from onrecord.read.text import report
from timed import seconds_of

_PIECES = [
    'he', 'said', 'that', 'the army',
    '"no"', '"', '“', '”', "'", '‘it’', '``', "''", '«', '»', ',', '.', ':', ';', '--',
    'according to', 'told Reuters', 'in a statement', 'JONES:', 'Q:', 'quoted by AFP as saying', 'reportedly', 'unless',
    'provided that', 'only if', 'in exchange for', 'wants to', 'his claim', 'is confident', 'asked not to be named',
    'Smith', 'it was believed', 'to', 'by', '(', ')', '\n', '\n\n', '\n\n"', 'did not respond to a request', 'é', '🙂',
]  # fmt: skip


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(_PIECES), max_size=50), st.booleans())
def test_no_text_raises_or_breaks_an_anchor(pieces: list[str], upper: bool) -> None:
    text = " ".join(pieces)
    source = report(text.upper() if upper else text)
    found = attributions(parse(source), (), ())
    whole = Annotated(schema=SCHEMA, report=source, entities=(), attributions=found, events=(), figures=(), times=(),
                      places=())  # fmt: skip
    assert faults(whole) == []
    assert [a.id for a in found] == [f"a{n + 1}" for n in range(len(found))]


def test_an_empty_text_has_no_attributions() -> None:
    assert attributions(parse(report("")), (), ()) == ()
    assert attributions(parse(report(" \n\n ")), (), ()) == ()


def test_a_text_without_full_stops_takes_time_in_proportion() -> None:
    def seconds(times: int) -> float:
        parsed = parse(report("he said that they said " * times))
        return seconds_of(lambda: attributions(parsed, (), ()))

    short = seconds(250)
    assert seconds(1000) < 10 * short + 0.5
