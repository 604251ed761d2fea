"""A file that is cut into pieces gives what it gives as a whole, wherever it is cut."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.bulk.cut_lines import LineCut
from onrecord.bulk.cutting import CUTS, WholeCut, cut_of
from onrecord.bulk.pieces import Part, Piece, Size
from onrecord.bulk.planning import halves
from onrecord.errors import InputError
from onrecord.read import received
from onrecord.read.given import NOTHING

from .samples import wire

LINES = st.sampled_from([
    json.dumps({"text": "The dam at Orsk broke."}).encode(),
    json.dumps({"id": 7, "text": "Talks failed.\nHe left.", "date": "2031-03-04"}).encode(),
    '{"text": "Łódź, “naïve”, \U0001f54a."}'.encode(),
    b'{"text": ""}', b'{"text": "cut off', b"[1]", b"\xff\xfe\xfd", b"", b"   ", b"\r", b"{}\r",
])  # fmt: skip
FILES = st.builds(
    lambda bom, lines, end: (b"\xef\xbb\xbf" if bom else b"") + b"\n".join(lines) + (b"\n" if end else b""),
    st.booleans(), st.lists(LINES, max_size=14), st.booleans(),
)  # fmt: skip
SIZES = st.builds(Size, reports=st.integers(1, 5), bytes=st.integers(1, 200))


def pieces_of(path: str, size: Size, known: dict[int, Piece] | None = None) -> list[Piece]:
    return list(cut_of(path).pieces(path, size, known or {}))


def told(results: Iterable[object]) -> list[object]:
    return [str(one) if isinstance(one, InputError) else one for one in results]


@settings(deadline=None)
@given(data=FILES, size=SIZES)
def test_the_pieces_of_a_file_give_what_the_file_gives(data: bytes, size: Size) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "wire.jsonl"))
        Path(path).write_bytes(data)
        pieces = pieces_of(path, size)
        assert b"".join(data[p.start : p.stop] for p in pieces) == data
        read = [result for p in pieces for _, result in CUTS[p.cut].results(p, NOTHING)]
        assert told(read) == told(list(received([path])))


@settings(deadline=None)
@given(data=FILES, more=FILES, size=SIZES, other=SIZES)
def test_a_file_that_grew_keeps_the_pieces_that_it_had(data: bytes, more: bytes, size: Size, other: Size) -> None:
    data = data.rstrip(b"\n") + b"\n"
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "wire.jsonl"))
        Path(path).write_bytes(data)
        before = pieces_of(path, size)
        Path(path).write_bytes(data + more)
        if not all(cut_of(path) is CUTS[p.cut] and CUTS[p.cut].holds(p) for p in before):
            assert before[0].cut == "whole" or not before[0].reports
            return
        after = pieces_of(path, other, {p.start: p for p in before})
        assert after[: len(before)] == before
        read = [result for p in after for _, result in CUTS[p.cut].results(p, NOTHING)]
        assert told(read) == told(list(received([path])))


@settings(deadline=None)
@given(data=FILES, size=SIZES)
def test_a_part_is_halved_down_to_single_reports(data: bytes, size: Size) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "wire.jsonl"))
        Path(path).write_bytes(data)
        waiting, single = [Part(tuple(pieces_of(path, size)))], list[Part]()
        while waiting:
            part = waiting.pop(0)
            if part.reports > 1:
                smaller = halves(part)
                assert len(smaller) > 1
                waiting = [*smaller, *waiting]
            else:
                single.append(part)
        read = [r for part in single for p in part.pieces for _, r in CUTS[p.cut].results(p, NOTHING)]
        assert told(read) == told(list(received([path])))


def test_a_line_that_was_not_finished_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    path.write_text('{"text": "Talks failed."}')
    (piece,) = pieces_of(str(path), Size(10, 1000))
    assert LineCut().holds(piece)
    path.write_text('{"text": "Talks failed."} and more')
    assert not LineCut().holds(piece)


def test_a_piece_that_changed_after_it_was_cut_is_refused(tmp_path: Path) -> None:
    path = wire(tmp_path / "wire.jsonl", range(4))
    first, second = pieces_of(str(path), Size(2, 10_000))
    path.write_text(path.read_text().replace("3 people", "4 people"))
    with pytest.raises(InputError, match="not what it was"):
        list(LineCut().results(first, NOTHING))
    assert len(list(LineCut().results(second, NOTHING))) == 2


def test_a_long_line_is_a_piece_of_its_own_and_read_in_blocks(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    long = json.dumps({"text": "The dam broke. " * 200_000})
    path.write_text(f'{{"text": "One."}}\n{long}\n{{"text": "Two."}}\n')
    assert [p.lines for p in pieces_of(str(path), Size(10, 1000))] == [1, 1, 1]


def test_a_file_in_utf_16_is_refused_once_and_not_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    path.write_bytes('{"text": "One."}\n{"text": "Two."}\n'.encode("utf-16"))
    (piece,) = pieces_of(str(path), Size(1, 1))
    assert [type(r).__name__ for _, r in WholeCut().results(piece, NOTHING)] == ["InputError"]
