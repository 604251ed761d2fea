"""A redacted reading holds no word of the report, and who has the report can check each anchor."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.anchors import spans
from onrecord.cli import main
from onrecord.export.rebuilt import words_in
from onrecord.export.redacted import proof, redacted, redaction_faults
from onrecord.record.provenance import Run, run
from onrecord.record.store import Record
from record.builder import dispatch
from record.builder import received as built

TEXT = dispatch(3).report.text


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [s for item in value.values() for s in strings(item)]
    if isinstance(value, list | tuple):
        return [s for item in value for s in strings(item)]
    return [value] if isinstance(value, str) else []


def test_no_word_of_text_or_title_is_left() -> None:
    made = redacted(dispatch(3))
    left = {word for s in strings(made) for word in re.findall(r"[A-Za-z]{3,}", s)} - {"Harbour", "Wire"}
    words = {word for s in (TEXT, dispatch(3).report.title or "") for word in re.findall(r"[A-Za-z]{3,}", s)}
    assert left & words <= {"said", "killed"}  # codes of the schema
    assert {s for s in words_in(dispatch(3)) if s} & set(strings(made)) == {"Harbour Wire"}


def test_all_else_is_as_it_was() -> None:
    made, whole = redacted(dispatch(3)), dispatch(3)
    assert made["schema"] == "onrecord-redacted/1"
    assert made["report"]["sha256"] == whole.report.sha256
    assert made["report"]["version"] == whole.report.version
    assert [f["low"] for f in made["figures"]] == [f.low for f in whole.figures]
    assert [tuple(a["source"]["spans"][0]) for a in made["attributions"]] == [a.source.spans[0]
                                                                              for a in whole.attributions]  # fmt: skip
    assert {(a, b) for a, b, _ in made["anchors"]} == set(spans(whole))


def test_who_has_the_report_can_check_each_anchor() -> None:
    made = json.loads(json.dumps(redacted(dispatch(3))))
    assert redaction_faults(made, TEXT) == []
    assert redaction_faults(made, TEXT.replace("quay", "pier")) == ["the text does not have the recorded SHA-256"]
    made["anchors"][2][0] += 1
    [fault] = redaction_faults(made, TEXT)
    assert fault.startswith(f"the words at {made['anchors'][2][0]}-")


def test_a_proof_tells_nothing_without_the_text() -> None:
    """The same words at the same place in another text have another proof: names cannot be tried."""
    assert proof("Orla Venn left.", (0, 9)) != proof("Orla Venn stayed.", (0, 9))
    assert proof("Venn and Venn", (0, 4)) != proof("Venn and Venn", (9, 13))


@pytest.fixture
def record(tmp_path: Path) -> str:
    this: Run = run(software="onrecord 0.1.0")
    with Record.open(tmp_path / "war.db") as opened:
        for n in range(3):
            opened.add(built(dispatch(n), f"/{n}"), dispatch(n), this)
    return str(tmp_path / "war.db")


def test_the_command_prints_a_line_for_each_report(record: str) -> None:
    told = CliRunner().invoke(main, ["--record", record, "export", "--redact", "text"])
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert [line["report"]["text"] for line in lines] == ["", "", ""]
    texts = {dispatch(n).report.sha256: dispatch(n).report.text for n in range(3)}
    assert [redaction_faults(line, texts[line["report"]["sha256"]]) for line in lines] == [[], [], []]


def test_an_export_without_redaction_is_as_it_was(record: str) -> None:
    told = CliRunner().invoke(main, ["--record", record, "export"])
    assert {json.loads(line)["report"]["text"] for line in told.stdout.splitlines()} == {
        dispatch(n).report.text for n in range(3)
    }
