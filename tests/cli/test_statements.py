"""`onrecord statements`: a list that names each utterance, one utterance side by side, and lines for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main

WHOLE = (
    '"The sluice will stay shut until the harvest is in, and no soldier will touch it," Water Minister Odile Brannock '
    "said on Tuesday. Engineers have guarded the gates since January."
)
CUT = '"The sluice will stay shut until the harvest is in," Odile Brannock, the water minister, said. Farmers cheered.'


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.fixture
def record(tmp_path: Path) -> str:
    lines = [
        {"id": "whole", "text": WHOLE, "date": "2031-03-04", "publisher": "Norvale Ledger"},
        {"id": "cut", "text": CUT, "date": "2031-03-05", "publisher": "Saltmere Times"},
    ]
    (tmp_path / "wire.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    path = str(tmp_path / "war.db")
    assert run("--record", path, "add", "--quiet", str(tmp_path / "wire.jsonl")).exit_code == 0
    return path


def test_the_list_gives_the_name_by_which_one_is_shown_with_what_others_leave_out(record: str) -> None:
    listed = run("--record", record, "statements")
    assert "2 (2)" in listed.stdout
    name = next(word for word in listed.stdout.split() if word.startswith("whole:"))
    shown = run("--record", record, "statements", name)
    assert shown.exit_code == 0
    assert "Odile Brannock" in shown.stdout
    assert "leaves out: and no soldier will touch it" in shown.stdout
    assert shown.stdout.index("Norvale Ledger") < shown.stdout.index("Saltmere Times")


def test_json_lines_hold_the_versions_with_their_spans(record: str) -> None:
    (line,) = run("--record", record, "statements", "--format", "jsonl").stdout.splitlines()
    found = json.loads(line)
    assert (found["reports"], found["origins"]) == (2, 2)
    versions = {version["report"]: version for version in found["told"]["versions"]}
    (lacking,) = versions["cut"]["left_out"]
    start, end = lacking["span"]
    assert WHOLE[start:end] == lacking["words"]


def test_nothing_to_show_is_said_and_is_no_error(record: str) -> None:
    result = run("--record", record, "statements", "--who", "Sandoval")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no utterance" in result.stderr
    missing = run("--record", record, "statements", "whole:a9")
    assert missing.exit_code != 0
    assert "no such statement" in missing.stderr
