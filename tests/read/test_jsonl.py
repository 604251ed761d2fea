from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.read import limits
from onrecord.read.given import Given
from onrecord.read.jsonl import lines, object_report
from onrecord.read.original import Received

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda t: bool(t.strip()))


def one(value: object, *, place: str = "/news/a.jsonl", number: int = 3, published: str | None = None) -> Received:
    return object_report(json.dumps(value).encode(), place, number=number, given=Given(published=published))


@settings(deadline=None)
@given(TEXTS, st.booleans())
def test_the_text_is_kept_to_the_character_and_its_map_is_true(text: str, escaped: bool) -> None:
    data = json.dumps({"x": {"text": "no"}, "text": text}, ensure_ascii=escaped).encode()
    found = object_report(data, "/a", number=1)
    assert found.report.text == text
    words = found.original.decoded
    assert all(words[o : o + n] == text[t : t + n] for t, o, n in found.original.segments)
    escapes = sum(n for _, _, n in found.original.segments)
    assert escapes >= sum(c.isascii() and c.isalnum() for c in text)


def test_every_known_key_is_read_and_others_are_ignored() -> None:
    report = one({"id": 12, "text": "Talks failed.", "title": "Talks", "publisher": "Harbour News", "date": "20210304",
                  "url": "https://harbour.example/1", "mood": [1, {"text": 2}]}).report  # fmt: skip
    assert (report.id, report.title, report.publisher, report.published, report.url) == (
        "12", "Talks", "Harbour News", "2021-03-04", "https://harbour.example/1")  # fmt: skip


def test_published_goes_before_date_and_both_before_the_default() -> None:
    both = {"text": "x", "published": "2021-03-05", "date": "2021-03-04"}
    assert one(both, published="2020-01-01").report.published == "2021-03-05"
    assert one({"text": "x", "date": "2021-03-04"}, published="2020-01-01").report.published == "2021-03-04"
    assert one({"text": "x", "date": None}, published="2020-01-01").report.published == "2020-01-01"
    assert one({"text": "x", "date": ""}).report.published is None


def test_the_same_id_in_two_files_is_two_addresses_and_a_url_is_one() -> None:
    first, second = (one({"id": "1", "text": "x"}, place=place).original.address for place in ("/a", "/b"))
    assert first != second
    assert {one({"id": "1", "text": t, "url": "https://h.example/1"}, place=p).original.address
            for t, p in (("x", "/a"), ("y", "/b"))} == {"https://h.example/1"}  # fmt: skip
    assert one({"id": "1", "text": "x"}).original.address == one({"id": "1", "text": "y"}, number=9).original.address
    assert one({"text": "x"}).original.address == "/news/a.jsonl#3"
    assert one({"text": "x"}, place="stdin").original.address != one({"text": "y"}, place="stdin").original.address


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b'{"text": "x"', "malformed"),
        (b"[1]", "array, not an object"),
        (b'"x"', "string, not an object"),
        (b'{"id": "1"}', "no text"),
        (b'{"text": null}', "no text"),
        (b'{"text": 5}', "number, not a string"),
        (b'{"text": " \\n"}', "no text"),
        (b'{"text": "x", "date": "03/04/2021"}', "month"),
        (b'{"text": "x", "date": 20210304}', "date is a number"),
        (b'{"text": "x", "id": 1.5}', "id is a number"),
        (b'{"text": "x", "title": ["a"]}', "title is an array"),
        (b'{"text": "a\\ud800b"}', "surrogate"),
        (b'{"text": "x", "id": "\\udc00"}', "surrogate"),
        (b'{"text": "x\xff"}', "not UTF-8"),
        (b'{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_what_cannot_be_used_is_named_with_a_remedy(data: bytes, cause: str) -> None:
    with pytest.raises(InputError, match=cause) as caught:
        object_report(data, "/a", number=1)
    assert caught.value.remedy


def test_a_value_that_only_python_writes_costs_nothing_elsewhere() -> None:
    assert object_report(b'{"text": "x", "score": NaN}', "/a", number=1).report.text == "x"


def test_lines_are_numbered_and_too_long_ones_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.read.jsonl.LINE_BYTES", 10)
    found = list(lines(io.BytesIO(b"\xef\xbb\xbfone\r\n\n" + b"x" * 50 + b"\nfour")))
    assert [n for n, _ in found] == [1, 3, 4]
    assert (found[0][1], found[2][1]) == (b"one", b"four")
    assert isinstance(found[1][1], InputError)


def test_a_text_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TEXT_CHARACTERS", 10)
    with pytest.raises(InputError, match="11 characters, more than 10"):
        one({"text": "x" * 11})
