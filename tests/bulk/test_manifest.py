"""The manifest keeps what was entered, whatever moment the machine stops at, and refuses to mix readings."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pyarrow as pa
import pytest

from onrecord.bulk.folder import Folder
from onrecord.bulk.manifest import MANIFEST, Entered, Header, Manifest, WrittenFile
from onrecord.bulk.pieces import Part, Piece
from onrecord.bulk.work import UNFINISHED, Made
from onrecord.bulk.writing import NULL_MONTH
from onrecord.errors import RecordError

HEADER = Header("onrecord-parquet/2", "onrecord 0.1.0", ("small:1",), "{}", "0" * 64, None, None)


TABLES = {"events": pa.schema([pa.field("id", pa.string())])}


def entered(name: str) -> Entered:
    piece = Piece(f"/{name}-\udcff.jsonl", "lines", 0, 10, 1, 2, 2, "ab")
    return Entered(name, (piece,), (), 2, 1, 0, "2031-03-04T00:00:00Z")


def test_what_was_entered_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    with Manifest(tmp_path, HEADER) as manifest:
        manifest.enter(entered("a"))
        manifest.enter(entered("b"))
        manifest.withdraw("a")
    with Manifest(tmp_path, HEADER) as manifest:
        assert manifest.parts == {"b": entered("b")}


def test_a_manifest_cut_off_anywhere_holds_the_entries_before(tmp_path: Path) -> None:
    with Manifest(tmp_path, HEADER) as manifest:
        for name in "abc":
            manifest.enter(entered(name))
    data = (tmp_path / MANIFEST).read_bytes()
    ends = [at + 1 for at, byte in enumerate(data) if byte == ord("\n")]
    for cut in range(0, len(data), 7):
        (tmp_path / MANIFEST).write_bytes(data[:cut])
        with Manifest(tmp_path, HEADER) as manifest:
            assert len(manifest.parts) == max(0, sum(end <= cut for end in ends) - 1)
            manifest.enter(entered("d"))
        with Manifest(tmp_path, HEADER) as manifest:
            assert "d" in manifest.parts


@pytest.mark.parametrize("change", [{"software": "onrecord 9"}, {"models": ("large:2",)}, {"published": "2031-01-01"}])
def test_other_software_or_options_are_refused(tmp_path: Path, change: dict[str, object]) -> None:
    with Manifest(tmp_path, HEADER):
        pass
    with pytest.raises(RecordError, match=f"filled with {next(iter(change))}"):
        Manifest(tmp_path, msgspec.structs.replace(HEADER, **change))


def test_two_programs_do_not_fill_one_folder(tmp_path: Path) -> None:
    with Manifest(tmp_path, HEADER), pytest.raises(RecordError, match="another program"):
        Manifest(tmp_path, HEADER)
    with Manifest(tmp_path, HEADER):
        pass


def test_a_folder_of_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(RecordError, match="not empty"):
        Manifest(tmp_path, HEADER)


def test_a_damaged_manifest_is_said_in_one_line(tmp_path: Path) -> None:
    with Manifest(tmp_path, HEADER) as manifest:
        manifest.enter(entered("a"))
    path = tmp_path / MANIFEST
    path.write_bytes(path.read_bytes().replace(b'"part"', b'"pa"'))
    with pytest.raises(RecordError, match="damaged"):
        Manifest(tmp_path, HEADER)


def test_files_that_were_not_entered_are_removed_and_parts_without_their_files_are_not_done(tmp_path: Path) -> None:
    with Folder(tmp_path, HEADER, TABLES) as folder:
        unfinished = tmp_path / UNFINISHED / "x" / "events"
        unfinished.mkdir(parents=True)
        (unfinished / "part-a-0.parquet").write_bytes(b"1234")
        piece = entered("a").pieces[0]
        made = Made("x", (WrittenFile("events/part-a-0.parquet", 4, 1),), 2, 0, 0, ())
        part = Part((piece,))
        folder.take(part, made)
        (tmp_path / UNFINISHED / "y").mkdir(parents=True)
        (tmp_path / "events" / "part-b-0.parquet").write_bytes(b"left behind")
    with Folder(tmp_path, HEADER, TABLES) as folder:
        assert list(folder.parts) == [part.id]
        assert sorted(p.name for p in tmp_path.rglob("*")) == [
            "events",
            MANIFEST,
            f"month={NULL_MONTH}",
            "part-a-0.parquet",
            "schema.parquet",
        ]
    (tmp_path / "events" / "part-a-0.parquet").unlink()
    with Folder(tmp_path, HEADER, TABLES) as folder:
        assert folder.parts == {}
