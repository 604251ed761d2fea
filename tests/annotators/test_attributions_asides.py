"""Contents are cut back to their source's words, whoever found them."""

from __future__ import annotations

import pytest

from onrecord.annotators.asides import without_asides
from onrecord.annotators.found import Found
from onrecord.annotators.parse import parse
from onrecord.annotators.scenes import scene
from onrecord.read.text import report


def cut(text: str, *given: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    """Source, cue and content of what is left of attributions given as words; parts of a content stand apart by `|`."""
    found = [
        Found(_spans(text, source), _spans(text, cue), _spans(text, content), 0.9) for source, cue, content in given
    ]
    made = without_asides(scene(parse(report(text))), found)
    return [(_words(text, m.source), _words(text, m.cue), _words(text, m.content)) for m in made]


def _spans(text: str, words: str) -> tuple[tuple[int, int], ...]:
    parts = words.split("|") if words else []
    return tuple((text.index(part), text.index(part) + len(part)) for part in parts)


def _words(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return "|".join(text[start:end] for start, end in spans)


@pytest.mark.parametrize(
    ("text", "given", "left"),
    [
        ("The army said the dam broke, a claim that rebels deny.", "the dam broke, a claim that rebels deny",
         "the dam broke"),
        ("The army said the dam broke, though villagers denied it.", "the dam broke, though villagers denied it",
         "the dam broke"),
        ("The army said the dam broke but gave no details.", "the dam broke but gave no details", "the dam broke"),
        ("The army said on Friday the dam broke.", "on Friday the dam broke", "the dam broke"),
        ("The army said the dam broke. It rained.", "the dam broke. It rained", "the dam broke."),
        ("The army said the dam broke, and the town was flooded.", "the dam broke, and the town was flooded",
         "the dam broke, and the town was flooded"),
    ],
)  # fmt: skip
def test_what_the_narrator_adds_is_cut(text: str, given: str, left: str) -> None:
    assert cut(text, ("The army", "said", given)) == [("The army", "said", left)]


def test_a_second_verb_makes_a_second_attribution() -> None:
    text = "The army said it would open the road, but warned that the bridge was mined."
    assert cut(text, ("The army", "said", "it would open the road, but warned that the bridge was mined")) == [
        ("The army", "said", "it would open the road"),
        ("The army", "warned", "that the bridge was mined"),
    ]


def test_a_content_without_words_is_dropped() -> None:
    assert cut('The army said, "No".', ("The army", "said", ", ")) == []


def test_a_comma_at_the_edge_of_a_source_is_cut() -> None:
    assert cut("Ada Brandt, a judge, said it rained.", ("Ada Brandt, a judge,", "said", "it rained")) == [
        ("Ada Brandt, a judge", "said", "it rained")
    ]


def test_a_deed_with_a_verb_of_speech_is_no_attribution() -> None:
    assert cut("Mali recalled its ambassador.", ("Mali", "recalled", "its ambassador")) == []
