from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.read import listed, received
from onrecord.read.original import Received

PAGE = (
    "<!DOCTYPE html><html><head><title>T</title></head><body><article><p>Crews of both ferries met on Monday in the "
    "port, the mediator said, and they agreed to talk again.</p><p>They left.</p></article></body></html>"
)


def written(folder: Path, **files: bytes) -> Path:
    for name, data in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def texts(results: object) -> list[str]:
    return [r.report.text if isinstance(r, Received) else f"error {r.subject}" for r in results]  # type: ignore[attr-defined]


def test_the_text_of_a_plain_text_file_is_exactly_the_decoded_text(tmp_path: Path) -> None:
    written(tmp_path, a_txt="\ufeff Talks failed.\r\n\r\nHe left.\x0c\n".encode())
    (found,) = received([tmp_path / "a.txt"])
    assert isinstance(found, Received)
    assert found.report.text == " Talks failed.\r\n\r\nHe left.\x0c\n"
    assert found.original.encoding == "utf-8-sig"
    assert found.original.address == str(tmp_path / "a.txt")
    assert found.original.decoded == found.report.text


def test_one_failing_file_or_line_is_one_error_and_the_rest_goes_on(tmp_path: Path) -> None:
    written(tmp_path, a_txt=b"One.", b_txt=b"", c_txt=b"%PDF-1.4",
            d_jsonl=b'{"text": "Two."}\n\n{\n{"text": "Three."}\n', e__f_html=PAGE.encode(),
            g_html=b"<html></html>", h_txt=b" \n")  # fmt: skip
    results = list(received([tmp_path]))
    assert [t.replace(str(tmp_path), "") for t in texts(results)] == [
        "One.", "error /b.txt", "error /c.txt", "Two.", "error /d.jsonl:3", "Three.",
        "Crews of both ferries met on Monday in the port, the mediator said, and they agreed to talk again."
        "\n\nThey left.", "error /g.html", "error /h.txt",
    ]  # fmt: skip
    assert all(r.cause and r.remedy for r in results if isinstance(r, InputError))


def test_targets_are_files_folders_patterns_and_standard_input_each_file_once(tmp_path: Path) -> None:
    written(tmp_path, b_txt=b"B.", a_txt=b"A.", sub__c_md=b"C.", sub__d_xyz=b"D.", _hidden_txt=b"H.")
    stdin = io.BytesIO(b'{"id": "z", "text": "From a pipe."}\n')
    targets: list[str | Path] = [tmp_path / "sub" / "d.xyz", tmp_path / "b.txt", tmp_path, f"{tmp_path}/*.txt", "-"]
    assert texts(received(targets, stdin=stdin)) == ["D.", "B.", "A.", "C.", "From a pipe."]


def test_what_does_not_exist_is_an_error_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    missing = [str(tmp_path / "none.txt"), str(tmp_path / "*.none"), str(tmp_path / "empty"), "a\0b"]
    results = list(received(missing))
    assert [r.subject for r in results if isinstance(r, InputError)] == [*missing[:3], "a\\0b"]


def test_the_default_publication_date_is_checked_first_and_fills_only_gaps() -> None:
    with pytest.raises(InputError, match="month"):
        received(["-"], published="03/04/2021")
    stdin = io.BytesIO(b'{"text": "x", "date": "2021-03-04"}\n{"text": "y"}\n')
    results = list(received(["-"], published="20200101", stdin=stdin))
    assert [r.report.published for r in results if isinstance(r, Received)] == ["2021-03-04", "2020-01-01"]


@pytest.mark.parametrize(
    ("data", "count", "kind"),
    [
        (b"Talks failed.", 1, "text/plain"),
        (PAGE.encode(), 1, "text/html"),
        (PAGE.encode("utf-16"), 1, "text/html"),
        (b'{"text": "a"}\n{"text": "b"}', 2, "application/json"),
        (b'{\n "text": "a"\n}\n', 1, "application/json"),
        (b'[{"text": "a"},\n {"text": "b"}]', 2, "application/json"),
    ],
)
def test_standard_input_is_told_by_its_content(data: bytes, count: int, kind: str) -> None:
    results = list(received(["-"], stdin=io.BytesIO(data)))
    assert [r.original.media_type for r in results if isinstance(r, Received)] == [kind] * count


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'[{"text": "a"}, {"no": 1}, {"text": "b"}]', ["a", "error x.json:item 2", "b"]),
        (b'{"text": "a"}', ["a"]),
        (b'{"text": "a"}\n{"text": "b"}\n', ["a", "b"]),
        (b'{"text": ', ["error x.json"]),
        (b"[]", ["error x.json"]),
        (b"[1", ["error x.json"]),
        (b"", ["error x.json"]),
        (b"\x89PNG", ["error x.json"]),
    ],
)
def test_a_json_file_is_one_object_an_array_or_lines(
    data: bytes, expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, x_json=data)
    assert texts(received(["x.json"])) == expected
    assert listed(["x.json"]).reports == len(expected)


def test_what_is_too_large_is_refused_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.read.plain.TEXT_BYTES", 20)
    monkeypatch.setattr("onrecord.read.pages.PAGE_BYTES", 20)
    written(tmp_path, a_txt=b"x" * 21, b_html=PAGE.encode(), c_txt=b"Short.")
    first, second, third = received([tmp_path])
    assert isinstance(first, InputError)
    assert "more than 20 bytes" in first.cause
    assert isinstance(second, InputError)
    assert isinstance(third, Received)


def test_json_lines_are_read_one_at_a_time() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            line = (b'{"text": "Talks failed."}\n' * (len(buffer) // 26 + 1))[: len(buffer) // 26 * 26]
            buffer[: len(line)] = line
            return len(line)

    results = received(["-"], stdin=io.BufferedReader(Endless()))
    assert isinstance(next(results), Received)


def test_a_file_that_may_not_be_opened_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("nowhere")
    (found,) = received([tmp_path / "a.txt"])
    assert isinstance(found, InputError)
    assert "cannot be read" in found.cause


def test_a_file_name_of_any_bytes_gives_an_address_that_can_be_written(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:
        file.write(b"Talks failed.")
    (found,) = received([tmp_path])
    assert isinstance(found, Received)
    assert found.original.address.encode().endswith(b"/caf\\xe9.txt")


def test_what_there_is_to_read_is_known_beforehand(tmp_path: Path) -> None:
    written(tmp_path, a_txt=b"One.", b_jsonl=b'{"text": "Two."}\n \nnot json\n', c_docx=b"PK",
            d_json=b'[{"text": "x"}]')  # fmt: skip
    found = listed([tmp_path, "no/such"])
    assert found.reports == len(list(received([tmp_path])))
    assert found.size == sum((tmp_path / name).stat().st_size for name in ("a.txt", "b.jsonl", "d.json"))
    assert [Path(p).name for p in found.skipped] == ["c.docx"]
    assert [e.subject for e in found.errors] == ["no/such"]
    assert listed(["-"]).reports is None


@settings(deadline=None, max_examples=150)
@given(
    st.binary(max_size=400) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")),
    st.sampled_from([b"", b"<html><p>", b'{"text": "', b"[{", b"<!DOCTYPE html><body>"]),
)
def test_no_bytes_break_the_reading_and_every_map_is_true(data: bytes, head: bytes) -> None:
    for result in received(["-"], stdin=io.BytesIO(head + data)):
        if isinstance(result, InputError):
            assert result.subject
            assert result.subject.startswith("stdin")
            continue
        words, text = result.original.decoded, result.report.text
        assert all(words[o : o + n] == text[t : t + n] and n > 0 for t, o, n in result.original.segments)
        json.dumps(text).encode()


def test_a_publisher_is_given_to_reports_that_name_none_and_to_no_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The talks failed on Friday.", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(
        '{"text": "They met.", "publisher": "Own"}\n{"text": "They left."}', encoding="utf-8"
    )
    found = [r.report.publisher for r in received([tmp_path], publisher="Given") if isinstance(r, Received)]
    assert found == ["Given", "Own", "Given"]
