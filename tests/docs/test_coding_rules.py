"""The examples of the coding rules are read by the rules that they illustrate."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from markdown_blocks import ROOT

from onrecord import annotate
from onrecord.model import Annotated

PAGE = (ROOT / "docs" / "coding-rules.md").read_text(encoding="utf-8")

#: What each table's first column is in a reading.
CODES: dict[str, Callable[[Annotated], list[str]]] = {
    "Kind": lambda reading: [a.kind for a in reading.attributions],
    "Manner": lambda reading: [a.manner for a in reading.attributions],
    "Act": lambda reading: [a.act for a in reading.attributions],
    "Types": lambda reading: [e.type for e in reading.events],
    "Modality": lambda reading: [e.modality for e in reading.events],
    "Units": lambda reading: [f.unit for f in reading.figures],
}

#: Examples that are not yet read by their rule, with what is missing.
KNOWN: dict[str, str] = {
    "The delegation walked out over the clause.": "deeds that stand for a stance are not found",
    "He joked that he might stay.": "ways of speaking are read as asserting",
}


def _rows(heading: str) -> Iterator[list[str]]:
    """The cells of the first table under a heading."""
    table = PAGE.partition(f"### {heading}\n")[2].partition("|---")[2].partition("\n\n")[0]
    for line in table.splitlines()[1:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def _examples() -> Iterator[object]:
    for heading in CODES:
        for code, *_, example in _rows(heading):
            words = re.sub(r"\*\*\[?|\]?\*\*", "", example)
            if heading == "Units":
                words = f"On Monday {words}, the governor said."
            marks = [pytest.mark.xfail(strict=True, reason=KNOWN[words])] if words in KNOWN else []
            yield pytest.param(heading, code, words, id=f"{heading}-{code}", marks=marks)


@pytest.mark.parametrize(("heading", "code", "words"), list(_examples()))
def test_an_example_is_read_by_its_rule(heading: str, code: str, words: str) -> None:
    assert code in CODES[heading](annotate(words, published="1962-10-26"))


def test_every_known_failure_is_an_example() -> None:
    assert not [words for words in KNOWN if words.removeprefix("On Monday ").split(",")[0] not in _plain(PAGE)]


def _plain(text: str) -> str:
    return re.sub(r"\*\*\[?|\]?\*\*", "", text)


def test_the_rules_have_every_mode_that_events_are_given() -> None:
    table = (ROOT / "src" / "onrecord" / "data" / "events.txt").read_text(encoding="utf-8")
    given = {tuple(line.split()[:2]) for line in table.splitlines() if re.match(r"[A-Z]+ [a-z]", line)}
    listed = {(kind, mode) for kind, modes in _rows("Modes") for mode in modes.split(", ")}
    assert given <= listed
