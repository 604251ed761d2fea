from __future__ import annotations

import gzip
import io
import logging
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.read import listed, received
from onrecord.read.original import Received
from onrecord.read.unpacking import Gunzipped, Tally
from packed import ARTICLE, article, zipped

LINES = b'{"id": "a", "text": "Talks failed."}\n{\n{"id": "b", "text": "They left."}\n'


def told(results: object) -> list[str]:
    return [r.report.text if isinstance(r, Received) else str(r) for r in results]  # type: ignore[attr-defined]


@given(st.lists(st.binary(max_size=300), max_size=5), st.integers(1, 70))
def test_a_gzip_file_of_any_members_unpacks_to_what_was_packed(parts: list[bytes], step: int) -> None:
    packed = b"".join(gzip.compress(part) for part in parts)
    unpacked = io.BufferedReader(Gunzipped(io.BytesIO(packed), Tally()), step)
    assert unpacked.read() == b"".join(parts)


def test_packed_json_lines_are_read_as_those_that_are_not(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(LINES))
    first, second, third = received([tmp_path])
    assert isinstance(first, Received)
    assert (first.report.text, first.original.address) == ("Talks failed.", f"{tmp_path}/a.jsonl.gz#id:a")
    assert isinstance(second, InputError)
    assert second.subject == f"{tmp_path}/a.jsonl.gz:2"
    assert isinstance(third, Received)
    assert listed([tmp_path]).reports is None


def test_a_packed_stream_is_told_by_its_content() -> None:
    assert told(received(["-"], stdin=io.BytesIO(gzip.compress(b"Talks failed.")))) == ["Talks failed."]
    assert told(received(["-"], stdin=io.BytesIO(zipped({"a.txt": b"Talks failed."})))) == ["Talks failed."]


def test_of_packed_lines_that_are_cut_off_the_whole_ones_are_kept(tmp_path: Path) -> None:
    lines = b"".join(b'{"text": "Talks number %d failed %d."}\n' % (n, n * 7919) for n in range(5000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines)[:-4000])
    packed = (tmp_path / "a.jsonl.gz").read_bytes()
    there = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(packed).count(b"\n")
    assert there > 1000
    for results in (list(received([tmp_path])), list(received(["-"], stdin=io.BytesIO(packed)))):
        assert len(results) == there + 1
        assert all(isinstance(r, Received) for r in results[:-1])
        assert isinstance(results[-1], InputError)
        assert "cut off" in results[-1].cause


def test_a_gzip_bomb_is_one_line_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.read.unpacking.FREE", 1_000_000)
    good = b'{"text": "Talks failed."}\n'
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(good) + gzip.compress(b" " * 50_000_000))
    (tmp_path / "b.zip").write_bytes(zipped({"1.txt": b"They met.", "2.jsonl": b" " * 50_000_000, "3.txt": b"Never."}))
    (tmp_path / "c.txt").write_bytes(b"They left.")
    first, bomb, second, other, third = told(received([tmp_path]))
    assert (first, second, third) == ("Talks failed.", "They met.", "They left.")
    assert "a.jsonl.gz: it unpacks to more than 200 times its size" in bomb
    assert "b.zip: it unpacks to more than 200 times its size" in other


def test_a_zip_archive_is_read_as_if_it_were_a_folder(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    data = zipped({
        "news/b.html": article(), "news/a.txt": b"Talks failed.", "c.jsonl": LINES, "d.jsonl.gz": gzip.compress(LINES),
        "picture.png": b"\x89PNG", "news/": b"", ".hidden.txt": b"x", "__MACOSX/news/a.txt": b"x",
    })  # fmt: skip
    (tmp_path / "a.zip").write_bytes(data)
    results = list(received([tmp_path / "a.zip"]))
    here = f"{tmp_path}/a.zip"
    assert [r.original.address if isinstance(r, Received) else r.subject for r in results] == [
        f"{here}/c.jsonl#id:a", f"{here}/c.jsonl:2", f"{here}/c.jsonl#id:b",
        f"{here}/d.jsonl.gz#id:a", f"{here}/d.jsonl.gz:2", f"{here}/d.jsonl.gz#id:b",
        f"{here}/news/a.txt", f"{here}/news/b.html",
    ]  # fmt: skip
    assert isinstance(results[-1], Received)
    assert results[-1].report.text == ARTICLE.format(name="Ivers")
    assert "1 members are left out" in caplog.text


def test_members_that_cannot_be_read_are_one_error_each(tmp_path: Path) -> None:
    good = {"../outside.txt": b"x", "/root.txt": b"x", "broken.txt": b"Talks failed today.", "empty.txt": b"",
            "inner.zip": zipped({"a.txt": b"x"}), "z.txt": b"They left."}  # fmt: skip
    data = zipped(good)
    at = data.index(b"broken.txt") + len("broken.txt")
    damaged = data[: at + 3] + b"\xff\xff" + data[at + 5 :]
    (tmp_path / "a.zip").write_bytes(damaged)
    found = told(received([tmp_path / "a.zip"]))
    assert len(found) == 6
    words = ["leads out of the archive", "leads out of the archive", "broken.txt: the member cannot be unpacked",
             "empty.txt: the file is empty", "inner.zip: there is an archive inside"]  # fmt: skip
    assert all(any(word in line for line in found) for word in words)
    assert found[-1] == "They left."
    assert not (tmp_path.parent / "outside.txt").exists()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"PK\x03\x04 and no more", "cannot be opened"),
        (zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "office document"),
        (zipped({"a.png": b"x"}), "no file with a suffix"),
        (zipped({"a.txt": b"x"}).replace(b"a.txt", b"\0.txt"), "no file with a suffix"),  # a name that is empty
    ],
)
def test_an_archive_that_cannot_be_read_at_all_is_one_error(data: bytes, word: str, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    (found,) = told(received([tmp_path / "a.zip"]))
    assert word in found
