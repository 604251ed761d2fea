"""A report made to be hard to read takes no longer a character than a shorter one of its kind."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from benchmarks.adversarial_shapes import SHAPES

from onrecord.annotators.attributions import attributions
from onrecord.annotators.chains import holders
from onrecord.annotators.finders import merged
from onrecord.annotators.found import Found
from onrecord.annotators.names import names
from onrecord.annotators.parse import Parsed, parse
from onrecord.annotators.reading import annotated
from onrecord.annotators.settings import Settings
from onrecord.read.text import report
from timed import seconds_of

SHORT, LONG = 8_000, 64_000
#: Whole readings; `benchmarks.adversarial` measures more of them, up to a million characters.
KINDS = ("turned and hidden signs", "spaces", "web addresses", "one surname", "marks never closed")
#: What had grown with the square of the length, by itself: the parse, which does not, would hide it.
STAGES: dict[str, Callable[[Parsed], object]] = {
    "one forename": names,
    "listed quotations": lambda parsed: attributions(parsed, (), (), models=False),
}


def read(text: str) -> None:
    annotated(msgspec.structs.replace(report(text), language="en"), Settings(models=False))


@pytest.mark.parametrize("shape", KINDS)
def test_a_reading_takes_time_in_proportion(shape: str) -> None:
    read("Two men were killed in Kassala, Anna Berg said.")
    short, long = SHAPES[shape](SHORT), SHAPES[shape](LONG)
    least = min(seconds_of(lambda: read(short)) for _ in range(2))
    assert seconds_of(lambda: read(long)) < 3 * max(least, 0.02) * LONG / SHORT


@pytest.mark.parametrize("shape", list(STAGES))
def test_an_annotator_takes_time_in_proportion(shape: str) -> None:
    stage = STAGES[shape]
    short, long = (parse(report(SHAPES[shape](size))) for size in (SHORT, LONG))
    least = min(seconds_of(lambda: stage(short)) for _ in range(3))
    assert seconds_of(lambda: stage(long)) < 2.5 * max(least, 0.02) * LONG / SHORT


def test_a_speech_of_many_paragraphs_holds_many_statements_in_time_in_proportion() -> None:
    def found(count: int) -> list[Found]:
        speech = Found(((0, 4),), ((5, 9),), tuple((100 * n, 100 * n + 90) for n in range(1, count)), 0.9)
        inner = (
            Found((), ((100 * n + 5, 100 * n + 9),), ((100 * n + 10, 100 * n + 30),), 0.9) for n in range(1, count)
        )
        return [speech, *inner]

    assert holders(found(10)) == [None, *[0] * 9]
    short, long = found(1_000), found(8_000)
    assert seconds_of(lambda: holders(long)) < 3 * 8 * max(seconds_of(lambda: holders(short)), 0.005)


def test_a_speech_of_many_paragraphs_is_put_together_in_time_in_proportion() -> None:
    def put(count: int) -> tuple[Found, ...]:
        parts = tuple((100 * n, 100 * n + 90) for n in range(1, count))
        speech = Found(((0, 4),), ((5, 9),), parts, 0.9, "quotation")
        inner = [Found(((s, s + 2),), ((s + 5, s + 9),), ((s + 10, e),), 0.9) for s, e in parts]
        return merged("x" * (100 * count), [speech, *inner], [speech, *inner])

    assert len(put(10)) == 10
    short = seconds_of(lambda: put(500))
    assert seconds_of(lambda: put(4_000)) < 3 * 8 * max(short, 0.01)
