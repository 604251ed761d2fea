"""`onrecord bulk` writes what `onrecord annotate` prints, once, whatever is killed, stopped, added or changed."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import psutil
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from onrecord.bulk.running import Done, bulk
from onrecord.bulk.writing import NULL_MONTH
from onrecord.cli import main

from .samples import annotated_lines, errors, line, parquet_lines, table, wire, workers

PAGE = (
    "<!doctype html><html><head><title>Dam</title></head><body><article><p>The Orsk dam broke on Sunday, and nine "
    "people died, the health ministry said in a statement. Rescuers searched the valley until the evening.</p>"
    "<p>The ministry denied that warnings had been ignored.</p></article></body></html>"
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["bulk", *arguments], catch_exceptions=False)


def test_what_is_in_parquet_is_what_annotate_prints_after_additions_and_changes_too(tmp_path: Path) -> None:
    news, out = tmp_path / "news", tmp_path / "out"
    news.mkdir()
    path = wire(news / "wire.jsonl", range(6))
    path.write_text(path.read_text() + '\n{"text": 7}\n' + line(2) + "\n")  # one that is none, one that comes twice
    (news / "page.html").write_text(PAGE, encoding="utf-8")
    (news / "note.txt").write_text("Talks in Orsk failed, an official said.", encoding="utf-8")
    (news / "empty.txt").write_text("")
    first = run(str(news), "--out", str(out), "--part", "3")
    assert first.exit_code == 1
    assert "9 reports read" in first.stdout
    assert parquet_lines(out) == annotated_lines(news)
    assert parquet_lines(out).total() == 9
    assert errors(out) == {("empty.txt", "the file is empty"), ("wire.jsonl:8", "the text is a number, not a string")}
    columns = {(row["month"], row["published"]) for row in table(out, "reports")}
    assert {month for month, _ in columns} == {"2031-01", "2031-02", "2031-03", None}
    assert all(published is None if month is None else published.startswith(month) for month, published in columns)
    assert (out / "reports" / f"month={NULL_MONTH}").is_dir()

    before = (out / "manifest.jsonl").read_text()
    again = run(str(news), "--out", str(out))
    assert (again.exit_code, "0 reports read, 11 there already" in again.stdout) == (0, True)
    assert (out / "manifest.jsonl").read_text() == before

    with path.open("a", encoding="utf-8") as file:
        file.write(line(9) + "\n")
    (news / "note.txt").write_text("Talks in Orsk went on, an official said.", encoding="utf-8")
    third = run(str(news), "--out", str(out))
    assert "have changed" in third.stderr
    assert parquet_lines(out) == annotated_lines(news)
    assert parquet_lines(out).total() == 10


def test_flat_tables_join_with_the_readings(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(str(wire(tmp_path / "wire.jsonl", range(3))), "--out", str(out), "--no-models", "--jobs", "1")
    readings = {row["reading_id"]: json.loads(row["annotated"]) for row in table(out, "readings")}
    assert len(readings) == 3
    assert table(out, "errors") == []
    for name in ("attributions", "events", "figures", "entities", "times"):
        counted = Counter(row["reading_id"] for row in table(out, name))
        assert counted == {of: n for of, tree in readings.items() if (n := len(tree[name]))}, name
    for row in table(out, "reports"):
        assert row["text"] == readings[row["reading_id"]]["report"]["text"]
    about = json.loads(pq.read_schema(next((out / "events").rglob("part-*.parquet"))).metadata[b"onrecord"])
    assert about["schema"] == "onrecord-parquet/2"


def test_workers_that_are_killed_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    path, out = wire(tmp_path / "wire.jsonl", range(30)), tmp_path / "out"
    chance, killed, ended = random.Random(1974), list[int](), threading.Event()

    def kill() -> None:
        while not ended.is_set() and len(killed) < 2:
            time.sleep(chance.uniform(0.0, 0.5))
            alive = workers()
            if alive and any(out.glob("readings/*/part-*.parquet")):
                victim = chance.choice(alive)
                with contextlib.suppress(psutil.NoSuchProcess):
                    victim.kill()
                killed.append(victim.pid)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        news = list(bulk([path], out, models=False, workers=2, part_reports=2))
    finally:
        ended.set()
        killer.join()
    assert killed
    assert sum(one.entered.reports for one in news if isinstance(one, Done)) == 30
    assert parquet_lines(out) == annotated_lines(path, options=("--no-models",))
    assert sorted(p.name for p in out.iterdir() if p.is_file() or p.name.startswith(".")) == ["manifest.jsonl"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_command_that_is_stopped_goes_on_where_it_was(tmp_path: Path, how: signal.Signals) -> None:
    path, out = wire(tmp_path / "wire.jsonl", range(60)), tmp_path / "out"
    words = ["bulk", str(path), "--out", str(out), "--no-models", "--part", "2", "--jobs", "1"]
    command = [sys.executable, "-m", "onrecord", *words]
    # A shell's background jobs ignore ctrl-C, and so would this one if the tests ran in one.
    child = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    while child.poll() is None and not (out.exists() and any(out.glob("readings/*/part-*.parquet"))):
        time.sleep(0.05)
    # A terminal sends ctrl-C to all processes of the command; kill -9 meets one.
    with contextlib.suppress(ProcessLookupError):
        (os.killpg if how == signal.SIGINT else os.kill)(child.pid, how)
    _, told = child.communicate(timeout=300)
    if how == signal.SIGINT:
        assert (child.returncode, "Traceback" in told) == (130, False), told
        assert "run the same command to go on" in told
        assert not (out / ".unfinished").exists()
    done = (out / "manifest.jsonl").read_text().splitlines()
    rest = CliRunner().invoke(main, words, catch_exceptions=False)
    assert rest.exit_code == 0
    assert (out / "manifest.jsonl").read_text().splitlines()[: len(done)] == done
    assert parquet_lines(out) == annotated_lines(path, options=("--no-models",))


def test_bad_targets_and_folders_cost_a_line_each(tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    missing = run("no/such.jsonl", "-", "--out", out, "--no-models")
    assert missing.exit_code == 1
    assert [message.split(": ")[1] for message in missing.stderr.splitlines()] == ["no/such.jsonl", "-"]
    mixed = run("no/such.jsonl", "--out", out, "--no-models", "--publisher", "Post")
    assert "give another folder" in mixed.stderr
    assert "no scheduler answers" in run(
        str(wire(tmp_path / "wire.jsonl", range(1))), "--out", str(tmp_path / "b"), "--no-models", "--scheduler", "x://y"
    ).stderr  # fmt: skip


def test_the_output_folder_is_not_read_where_it_stands_among_the_reports(tmp_path: Path) -> None:
    from onrecord.bulk.planning import found

    wire(tmp_path / "wire.jsonl", range(1))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.jsonl").write_text("{}\n")
    assert found([tmp_path], tmp_path / "out").files == (str(tmp_path / "wire.jsonl"),)
