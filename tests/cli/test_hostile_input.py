"""What is damaged, endless or made to do harm is one clear line; everything else beside it is read."""

from __future__ import annotations

import gzip
import itertools
import json
import resource
import sys
import zlib
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from onrecord.cli import main
from packed import article, record, zipped
from sites import Page, Site

GOOD = "The minister said on Friday that the talks had failed."


def bomb(size: int) -> bytes:
    """A gzip file of so many spaces."""
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    block = b" " * 10_000_000
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


def sparse(path: Path, start: bytes, size: int) -> None:
    with path.open("wb") as file:
        file.write(start)
        file.truncate(size)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files that go wrong, each with the number of reports in it that can be read; and a good one."""
    (tmp_path / "cut.warc.gz").write_bytes(
        gzip.compress(record("https://harbour.example/1", article("Ivers")))
        + gzip.compress(record("https://harbour.example/2", article("Osei")))[:-60]
    )
    texts = [f"The mediator said on day {n} that talks number {n * 7919} had failed." for n in range(20)]
    parquet.write_table(pa.table({"text": texts}), tmp_path / "corrupt.parquet", row_group_size=10)
    column = parquet.ParquetFile(tmp_path / "corrupt.parquet").metadata.row_group(1).column(0)
    data = bytearray((tmp_path / "corrupt.parquet").read_bytes())
    start = column.dictionary_page_offset or column.data_page_offset
    data[start : start + 30] = b"\xff" * 30
    (tmp_path / "corrupt.parquet").write_bytes(data)
    sparse(tmp_path / "large.txt", b"The minister said ", 200_000_000)
    sparse(tmp_path / "large.html", b"<!doctype html><html><body><p>", 200_000_000)
    sparse(tmp_path / "large.jsonl", b'{"text": "The minister said ', 200_000_000)
    sparse(tmp_path / "large.eml", b"From: a@harbour.example\n\nThe minister said ", 200_000_000)
    sparse(tmp_path / "large.pdf", b"%PDF-1.7\n", 200_000_000)
    sparse(tmp_path / "large.rss", b"<rss version='2.0'>", 200_000_000)
    (tmp_path / "bomb.jsonl.gz").write_bytes(bomb(300_000_000))
    (tmp_path / "bomb.zip").write_bytes(zipped({"a.jsonl.gz": bomb(300_000_000), "b.txt": b"Not reached."}))
    (tmp_path / "good.txt").write_text(GOOD)
    return tmp_path


READ = {"cut.warc.gz": 1, "corrupt.parquet": 10, "good.txt": 1}


def test_each_is_one_line_and_nothing_else_is_lost(folder: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    command = ["annotate", str(folder), "--format", "jsonl", "--no-models", "--errors", str(folder / "errors.jsonl")]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * (1024 if sys.platform == "linux" else 1)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == sum(READ.values())
    assert json.loads(result.stdout.splitlines()[-1])["report"]["text"] == GOOD
    lines = [line for line in result.stderr.splitlines() if "publication date" not in line]
    failing = sorted(path.name for path in folder.iterdir() if path.name not in {"good.txt", "errors.jsonl"})
    assert sorted(line.split(str(folder))[1].strip("/").split(":")[0].split("/")[0] for line in lines) == failing
    assert all("; " in line for line in lines), "a remedy follows the cause"
    assert len((folder / "errors.jsonl").read_text().splitlines()) == len(failing)
    assert grown < 700_000_000, "no file is in memory whole, far less unpacked"


def test_a_feed_that_never_ends_is_one_line(folder: Path) -> None:
    item = b"<item><title>More</title><description>The talks failed.</description></item>" * 1000
    pages = {"/feed": Page(itertools.chain([b"<rss version='2.0'><channel>"], itertools.repeat(item)), "text/xml")}
    with Site(pages) as site:
        command = ["annotate", f"{site.url}/feed", str(folder / "good.txt"), "--format", "jsonl", "--no-models", "-q"]
        result = CliRunner().invoke(main, [*command, "--allow-private"], catch_exceptions=False)
    assert result.exit_code == 1
    assert result.stderr == (
        f"onrecord: {site.url}/feed: it sends more than 20,000,000 bytes; save what you need of it as a file\n"
    )
    assert [json.loads(line)["report"]["text"] for line in result.stdout.splitlines()] == [GOOD]
