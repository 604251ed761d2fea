"""A folder of every kind of file goes into a record through the real command, and the record verifies."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import parquet
from sqlalchemy import select

import onrecord
from onrecord.cli import main
from onrecord.record.tables import versions
from packed import ARTICLE, article, pdf, record, zipped

TEXT = ARTICLE.format(name="Ivers")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()

    def put(name: str, data: bytes) -> None:
        (tmp_path / "in" / name).write_bytes(data)

    put("a.jsonl.gz", gzip.compress(b'{"id": "a", "text": "Talks \\u2013 again \\u2013 failed."}\n'))
    put("b.zip", zipped({"b.html": article("Osei"), "b.txt": "Søren said that they left.".encode("cp1252")}))
    put("c.warc.gz", gzip.compress(record("https://harbour.example/c", article("Lindqvist"))))
    put("e.eml", f"From: Ada <ada@harbour.example>\nSubject: x\n\n{TEXT}\n\n> {TEXT}\n".encode())
    put("f.mbox", f"From a\nFrom: Ada <ada@harbour.example>\n\n{TEXT}\n".encode())
    put("g.pdf", pdf((TEXT[:60], TEXT[60:]), ("They left, police said.",)))
    put("h.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>{TEXT} &amp; more\n".encode())
    put("i.rss", f"<rss version='2.0'><channel><title>Harbour</title><item><guid>i</guid><description>&lt;p&gt;{TEXT}"
        "&lt;/p&gt;</description></item></channel></rss>".encode())  # fmt: skip
    parquet.write_table(pa.table({"text": [TEXT, "“They left,” he said."]}), tmp_path / "in" / "d.parquet")
    return tmp_path


def test_every_kind_is_added_once_and_the_record_verifies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["--record", "war.db", *arguments], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    assert run("add", "in", "--no-models", "--date", "2021-03-04").startswith("11 reports: 11 new.")
    assert run("add", "in", "--no-models", "--date", "2021-03-04").startswith("11 reports: 11 already there.")
    run("verify")
    with onrecord.open("war.db") as opened, opened.reading() as connection:
        kinds = set(connection.execute(select(versions.c.media_type)).scalars())
    assert kinds == {"application/json", "text/html", "text/plain", "message/rfc822", "application/pdf", "text/vtt"}
