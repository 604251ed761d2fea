"""Bad input is one clear line with a remedy; the rest of the batch is done; the exit code is 1."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import wire
from onrecord.cli import main

GOOD = "The minister said on Friday that the talks had failed."


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def fails_alone(bad: Path, good: Path, *words: str) -> None:
    """Check that the bad file costs one line and nothing else."""
    result = run("annotate", str(bad), str(good), "--format", "jsonl", "--quiet")
    assert result.exit_code == 1
    assert [wire.decode(line).report.text for line in result.stdout.splitlines()] == [GOOD]
    assert len(result.stderr.splitlines()) == 1
    assert bad.name in result.stderr
    assert "; " in result.stderr, "a remedy follows the cause"
    for word in words:
        assert word in result.stderr


def test_a_missing_file(tmp_path: Path, good: Path) -> None:
    fails_alone(tmp_path / "missing.txt", good, "no such file")


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", ""),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "PNG"),
        ("binary.txt", bytes(range(256)) * 40, ""),
        ("paper.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(200), "PDF"),
    ],
)
def test_a_file_that_is_no_text(tmp_path: Path, good: Path, name: str, data: bytes, word: str) -> None:
    bad = tmp_path / name
    bad.write_bytes(data)
    fails_alone(bad, good, word)


def test_a_text_of_50_megabytes(tmp_path: Path, good: Path) -> None:
    bad = tmp_path / "huge.txt"
    bad.write_bytes(b"The talks went on. " * (50_000_000 // 19))
    fails_alone(bad, good)


def test_a_malformed_line_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    path.write_text(
        f'{json.dumps({"id": "a", "text": GOOD})}\n{{"id": "b", "text": \n{json.dumps({"id": "c", "text": GOOD})}\n'
    )
    result = run("annotate", str(path), "--format", "jsonl", "--quiet")
    assert result.exit_code == 1
    assert [wire.decode(line).report.id for line in result.stdout.splitlines()] == ["a", "c"]
    assert "wire.jsonl:2" in result.stderr


def test_a_file_in_an_old_encoding_is_read_by_it(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("The minister – José Peña – said the talks “failed”.".encode("cp1252"))
    result = run("annotate", str(path), "--format", "jsonl", "--quiet")
    assert wire.decode(result.stdout).report.text == "The minister – José Peña – said the talks “failed”."


def test_a_report_in_another_language_is_stored_and_not_annotated(tmp_path: Path) -> None:
    text = "Die Außenministerin sagte am Freitag, dass die Gespräche gescheitert seien und die Delegation abreise."
    (tmp_path / "de.txt").write_text(text, encoding="utf-8")
    record = str(tmp_path / "war.db")
    assert run("--record", record, "add", str(tmp_path / "de.txt")).exit_code == 0
    shown = run("--record", record, "info").stdout
    assert "language de is not annotated" in shown
    assert "de 1" in shown


def test_a_date_that_is_none_is_refused_before_anything_is_read(good: Path) -> None:
    result = run("annotate", str(good), "--date", "yesterday")
    assert result.exit_code == 1
    assert "yesterday" in result.stderr
    assert "2021" in result.stderr


def test_a_file_that_is_no_record_is_left_alone(tmp_path: Path, good: Path) -> None:
    other = tmp_path / "other.db"
    other.write_text("not a database, but somebody's notes\n" * 40)
    before = other.read_bytes()
    result = run("--record", str(other), "add", str(good))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert other.read_bytes() == before


def test_a_database_of_another_program_is_left_alone(tmp_path: Path, good: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE notes (words TEXT)")
    connection.close()
    result = run("--record", str(other), "add", str(good))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_a_record_that_is_not_there_is_not_made_by_a_question(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    result = run("--record", str(path), "search", "talks")
    assert result.exit_code == 1
    assert "onrecord add" in result.stderr or "check the path" in result.stderr
    assert not path.exists()


def start(*arguments: str, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "onrecord", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload,no-any-return]


def test_a_locked_record_is_said_to_be_so(tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = tmp_path / "war.db"
    assert run("--record", str(record), "add", str(good)).exit_code == 0
    holder = sqlite3.connect(record, isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        other = tmp_path / "other.txt"
        other.write_text(GOOD + " Nobody knew why.", encoding="utf-8")
        result = run("--record", str(record), "add", str(other))
    finally:
        holder.close()
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "locked" in result.stderr or "another program" in result.stderr


def test_a_full_disk_leaves_a_record_that_verifies(tmp_path: Path) -> None:
    record = str(tmp_path / "war.db")
    path = tmp_path / "wire.jsonl"
    path.write_text("\n".join(json.dumps({"id": str(n), "text": f"{GOOD} It was day {n}. " * 60}) for n in range(30)))

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_200_000, 1_200_000))

    process = start("--record", record, "add", str(path), "--quiet", preexec_fn=small_disk)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "Traceback" not in errors
    assert len(errors.splitlines()) == 1
    assert run("--record", record, "verify").exit_code == 0


def test_ctrl_c_keeps_what_was_done_and_the_same_command_goes_on(tmp_path: Path) -> None:
    record = tmp_path / "war.db"
    path = tmp_path / "wire.jsonl"
    path.write_text("\n".join(json.dumps({"id": str(n), "text": f"{GOOD} It was day {n}. " * 40}) for n in range(40)))
    # A shell's background jobs ignore ctrl-C, and so would this one if the tests ran in one.
    heard = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    process = start("--record", str(record), "add", str(path), "--quiet", **heard)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and count(record) < 3:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130
    assert len(errors.splitlines()) == 1
    assert "run the same command" in errors
    kept = count(record)
    assert 3 <= kept < 40
    again = run("--record", str(record), "add", str(path))
    assert f"{kept} already there" in again.stdout
    assert f"{40 - kept} new" in again.stdout
    assert run("--record", str(record), "verify").exit_code == 0


def count(record: Path) -> int:
    """How many readings the record holds; 0 while it is not there yet."""
    try:
        with sqlite3.connect(f"file:{record}?mode=ro", uri=True) as connection:
            found: int = connection.execute("SELECT count(*) FROM readings").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    finally:
        if "connection" in locals():
            connection.close()
    return found
