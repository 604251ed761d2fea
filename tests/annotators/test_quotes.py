"""Quotation marks are paired by kind, within a paragraph, and an odd one spoils no other."""

from __future__ import annotations

import re

import pytest

from onrecord.annotators.quotes import quotations


def quoted(text: str) -> list[str]:
    spans = [m.span() for m in re.finditer(r"[^\n](?:[^\n]|\n(?!\n))*", text)]
    return [text[slice(*q.span)] for q in quotations(text, spans)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" twice.', ['"no"']),
        ("He said “no” twice.", ["“no”"]),
        ("He said ``no'' twice.", ["``no''"]),
        ("''No,'' he said.", ["''No,''"]),
        ("Il dit «non» deux fois.", ["«non»"]),
        ("Er sagte „nein“ dazu.", ["„nein“"]),
        ("He said 'not now' twice.", ["'not now'"]),
        ("The officials' plan won't hold 'em.", []),
        ("The word 'we can't stay,' she wrote.", ["'we can't stay,'"]),
        ("“He called it ‘a farce’ to my face,” she said.", ["“He called it ‘a farce’ to my face,”"]),
        ("“What they call “victory” is ruin.”", ["“What they call “victory” is ruin.”"]),
        ("”Fear is all we have.” he wrote.", ["”Fear is all we have.”"]),
    ],
)
def test_marks_are_paired_by_kind(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_an_unclosed_mark_ends_before_its_speaker() -> None:
    assert quoted('"The road is cut, he said. Trucks wait in the valley.') == ['"The road is cut,']


def test_an_unclosed_mark_does_not_reach_the_next_paragraph() -> None:
    assert quoted('"The road is cut. Trucks wait.\n\nNobody "won" here.') == ['"The road is cut.', '"won"']


def test_an_open_paragraph_goes_on_when_the_next_one_opens_too() -> None:
    text = '"The road is cut.\n\n"Trucks wait," he said.'
    first, second = quotations(text, [(0, 17), (19, len(text))])
    assert first.continues
    assert not first.closed
    assert second.closed


def test_a_second_opening_mark_gives_up_on_the_first() -> None:
    assert quoted("“The road is cut, he said. “Trucks wait,” he added.") == ["“The road is cut,", "“Trucks wait,”"]


def test_a_stray_closing_mark_opens_nothing() -> None:
    assert quoted("The road is cut,” he said. “Go back,” she told him.") == ["“Go back,”"]
