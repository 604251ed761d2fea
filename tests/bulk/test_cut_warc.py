"""A web archive that is cut into pieces gives what it gives as a whole, wherever it is cut."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Sequence
from pathlib import Path

from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.bulk.cut_warc import WarcCut
from onrecord.bulk.cutting import CUTS, cut_of
from onrecord.bulk.pieces import Part, Size
from onrecord.bulk.planning import halves
from onrecord.cli import main
from onrecord.read import received
from onrecord.read.given import NOTHING
from packed import article, record

from .samples import annotated_lines, parquet_lines
from .test_cutting import pieces_of, told

RECORDS = st.sampled_from([
    record("https://harbour.example/a", article("Ivers")),
    record("https://harbour.example/b", article("Osei")),
    record("https://harbour.example/gone", article(), status="404 Not Found"),
    record("https://harbour.example/asked", b"", kind="request"),
    record("https://harbour.example/empty", b"<html></html>"),
])  # fmt: skip
ARCHIVES = st.lists(RECORDS, min_size=1, max_size=9)
SIZES = st.builds(Size, reports=st.integers(1, 4), bytes=st.integers(1, 3_000))


def packed(records: Sequence[bytes], *, by_record: bool = True) -> bytes:
    return b"".join(map(gzip.compress, records)) if by_record else gzip.compress(b"".join(records))


def read_in_pieces(path: str, size: Size) -> list[object]:
    return told(result for piece in pieces_of(path, size) for _, result in CUTS[piece.cut].results(piece, NOTHING))


@settings(deadline=None, max_examples=40)
@given(records=ARCHIVES, size=SIZES, form=st.sampled_from(["plain", "packed", "packed as a whole"]))
def test_pieces_give_what_the_archive_gives(records: list[bytes], size: Size, form: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "news.warc" if form == "plain" else "news.warc.gz"))
        data = b"".join(records) if form == "plain" else packed(records, by_record=form == "packed")
        Path(path).write_bytes(data)
        pieces = pieces_of(path, size)
        assert [p.start for p in pieces] == [0, *(p.stop for p in pieces[:-1])]
        assert pieces[-1].stop == len(data)
        assert all(CUTS[p.cut].holds(p) for p in pieces)
        assert read_in_pieces(path, size) == told(received([path]))


@settings(deadline=None, max_examples=25)
@given(records=ARCHIVES, size=SIZES, cut=st.integers(1, 400), is_packed=st.booleans())
def test_of_an_archive_that_is_cut_off_what_stands_before_is_read(
    records: list[bytes], size: Size, cut: int, is_packed: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "news.warc.gz" if is_packed else "news.warc"))
        data = packed(records) if is_packed else b"".join(records)
        Path(path).write_bytes(data[: max(1, len(data) - cut)])
        whole, pieces = told(received([path])), read_in_pieces(path, size)
        assert [one for one in pieces if "cut off" not in str(one)] == [
            one for one in whole if "cut off" not in str(one)
        ]


def test_records_that_were_added_are_pieces_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "news.warc.gz"
    some = [record(f"https://harbour.example/{n}", article(f"Ivers {n}")) for n in range(6)]
    path.write_bytes(packed(some[:4]))
    before = pieces_of(str(path), Size(2, 1_000_000))
    path.write_bytes(packed(some))
    assert all(WarcCut().holds(p) for p in before)
    after = pieces_of(str(path), Size(2, 1_000_000), {p.start: p for p in before})
    assert after[:2] == before
    assert [(p.first, p.reports) for p in after] == [(1, 2), (3, 2), (5, 2)]
    assert len(halves(Part(tuple(after)))) > 1
    assert cut_of(str(path)) is CUTS["warc"]


def test_an_archive_in_parquet_is_what_annotate_prints(tmp_path: Path) -> None:
    path, out = tmp_path / "news.warc.gz", tmp_path / "out"
    dated = '<meta property="article:published_time" content="2031-03-04T10:00:00Z">'
    path.write_bytes(packed([record(f"https://harbour.example/{n}", article(f"Ivers {n}", dated)) for n in range(6)]))
    options = ["bulk", str(path), "--out", str(out), "--no-models", "--part", "2", "--jobs", "1", "--quiet"]
    done = CliRunner().invoke(main, options)
    assert done.exit_code == 0, done.output
    assert parquet_lines(out) == annotated_lines(path, options=("--no-models",))
    assert sum(parquet_lines(out).values()) == 6
