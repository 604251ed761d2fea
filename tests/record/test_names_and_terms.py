from __future__ import annotations

import pytest

from onrecord.record.names import key, tokens
from onrecord.record.terms import terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SANA'A", "Sana’a"),
        ("Şoimaru", "soimaru"),
        ("Łódź", "lodz"),
        ("Jean-Pierre", "jean pierre"),
        ("Straße", "STRASSE"),
        ("José", "Jose\N{COMBINING ACUTE ACCENT}"),
    ],
)
def test_spellings_of_a_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_names_in_other_scripts_keep_their_letters() -> None:
    assert tokens("Андрей Громыко") == ("андреи", "громыко")
    assert tokens("—") == ()
    assert key(None) is None


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("cease fire", ['"cease"', '"fire"'], []),
        ("“prisoner exchange”", ['"prisoner exchange"'], []),
        ('-"no deal" talks', ['"talks"'], ['"no deal"']),
        ("cease*", ['"cease"*'], []),
        ('"cease*"', ['"cease*"'], []),
        ("- * () \x00 \ud800", [], []),
        ('un"closed', ['"un"', '"closed"'], []),
        ("cease-fire", ['"cease-fire"'], []),
        ("NOT OR title:x", ['"NOT"', '"OR"', '"title:x"'], []),
    ],
)
def test_what_is_typed_becomes_terms(typed: str, wanted: list[str], unwanted: list[str]) -> None:
    assert terms(typed).wanted == tuple(wanted)
    assert terms(typed).unwanted == tuple(unwanted)
