from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.read.encodings import decoded

WORDS = "The café of señor Núñez in Malmö was “closed” – for good.\r\nHe left.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode(), "utf-8"),
        (WORDS.encode("utf-8-sig"), "utf-8-sig"),
        (WORDS.encode("utf-16"), "utf-16"),
        (WORDS.encode("utf-16-le"), "utf-16-le"),
        (WORDS.encode("utf-16-be"), "utf-16-be"),
        (WORDS.encode("utf-32"), "utf-32"),
    ],
)
def test_text_is_decoded_to_the_character_and_its_encoding_named(data: bytes, encoding: str) -> None:
    found = decoded(data)
    assert (found.text, found.encoding, found.damaged) == (WORDS, encoding, ())


def test_a_text_in_windows_1252_keeps_its_letters() -> None:
    words = "The café of señor Núñez in Malmö was closed for good, the mayor said."
    assert decoded(words.encode("cp1252")).text == words


def test_a_few_broken_bytes_do_not_turn_utf_8_into_another_encoding() -> None:
    found = decoded(("é" * 20).encode() + b" \xe9 end")
    assert (found.text, found.damaged) == ("é" * 20 + " \ufffd end", (21,))


def test_the_declared_encoding_of_a_page_is_used() -> None:
    words = "Поезда снова пошли, сообщила дорога."
    assert decoded(words.encode("koi8-r"), declared="KOI8-R").text == words


@pytest.mark.parametrize(
    ("data", "looks"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x1f\x8b\x08....", "gzip"),
        (b"{\\rtf1 Talks}", "RTF"),
        (b"Talks\x00failed", "binary"),
        (bytes(range(1, 32)) * 4, "binary"),
        ("Talks\0".encode("utf-16"), "binary"),
    ],
)
def test_bytes_that_are_no_text_are_refused_by_what_they_look_like(data: bytes, looks: str) -> None:
    with pytest.raises(InputError, match=looks) as caught:
        decoded(data)
    assert caught.value.remedy


def test_the_control_characters_of_wire_copy_are_let_through() -> None:
    assert decoded(b"\x01Talks failed.\x03\n").text == "\x01Talks failed.\x03\n"


@settings(deadline=None)
@given(st.binary(max_size=300), st.none() | st.sampled_from(["utf-8", "latin-1", "base64", "nonsense", "utf-16"]))
def test_any_bytes_are_decoded_as_they_say_or_refused(data: bytes, declared: str | None) -> None:
    try:
        found = decoded(data, declared=declared)
    except InputError:
        return
    assert data.decode(found.encoding, "replace") == found.text
    assert all(found.text[at] == "\ufffd" for at in found.damaged)
