"""An actor's positions are listed by issue and in time order, with candidates for changes beside both quotations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import onrecord
from onrecord.cli import main
from onrecord.errors import InputError
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.record.store import Record
from onrecord.view.positions import positions

TEXTS = {
    "one": ("2031-03-01", "President Veld refused to withdraw his troops from the Lomi valley. Rain fell."),
    "two": ("2031-03-09", "President Veld promised to withdraw his troops from the Lomi valley if guns fell silent."),
    "three": ("2031-03-10", "President Veld demanded the release of forty prisoners."),
    "four": ("2031-03-11", "Minister Ana Kessel refused to withdraw her bill on bread prices."),
}  # fmt: skip


@pytest.fixture
def record(tmp_path: Path, engine: str) -> Iterator[Record]:
    with onrecord.open(tmp_path / "war.db") as opened:
        for name, (published, text) in TEXTS.items():
            made = report(text, id=name, published=published, publisher=f"The {name} paper")
            received = Received(made, Original(f"/{name}", "text/plain", "utf-8", text.encode(), ()))
            opened.add(
                received, onrecord.annotate(text, id=name, published=published, publisher=made.publisher, models=False)
            )
        yield opened


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_positions_are_grouped_by_issue_and_in_time_order(record: Record) -> None:
    found = positions(record, "Veld")
    assert [[stand.report_id for stand in topic.stands] for topic in found.topics] == [["one", "two"], ["three"]]
    assert "troops" in found.topics[0].issue


def test_a_condition_that_stands_apart_from_the_position_is_printed_with_it_and_no_other_twice(tmp_path: Path) -> None:
    text = (
        "If the guns fell silent, President Macron said, France would withdraw its troops from the Lomi valley. "
        "Macron promised to free the prisoners if the dam was spared."
    )
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    path = str(tmp_path / "war.db")
    run("-r", path, "add", "-q", str(tmp_path / "one.txt"), "--date", "2031-03-09")
    printed = " ".join(run("-r", path, "positions", "Macron").stdout.split())
    assert printed.count("fell silent") == printed.count("dam was spared") == 1


def test_a_change_is_a_candidate_beside_its_two_quotations(record: Record) -> None:
    (change,) = positions(record, "VELD").candidates
    assert (change.kind, change.days) == ("change", 8)
    for stand, words in ((change.old, "to withdraw his troops"), (change.new, "if guns fell silent")):
        assert words in stand.words
        assert TEXTS[stand.report_id][1][stand.anchor.start : stand.anchor.end] == stand.anchor.exact == stand.words
    assert [c.words for c in change.new.conditions] == ["if guns fell silent"]


def test_positions_are_asked_by_issue_in_any_form_and_by_day(record: Record) -> None:
    assert [t.stands[0].report_id for t in positions(record, "Veld", issue="prisoner").topics] == ["three"]
    assert [t.stands[0].report_id for t in positions(record, "Veld", issue="withdrawal").topics] == ["one"]
    assert [
        t.stands[0].report_id for t in positions(record, "Veld", since="2031-03-09", until="2031-03-09").topics
    ] == ["two"]
    assert positions(record, "Nobody").topics == ()
    with pytest.raises(InputError):
        positions(record, "Veld", since="yesterday")


def test_the_command_prints_positions_and_candidates(record: Record) -> None:
    shown = run("-r", record.path, "positions", "Veld").stdout
    assert "candidate for a change (8 days apart): refused, then offers" in shown
    lines = [
        json.loads(line)
        for line in run("-r", record.path, "positions", "Veld", "--format", "jsonl").stdout.splitlines()
    ]
    assert [(line["topic"], line["report_id"], line["stance"]) for line in lines] == [
        (1, "one", "refuses"), (1, "two", "offers"), (2, "three", "wants"),
    ]  # fmt: skip
    assert lines[1]["before"]["report_id"] == "one"
    (change,) = run("-r", record.path, "positions", "Veld", "--changes", "--format", "jsonl").stdout.splitlines()
    assert json.loads(change)["old"]["report_id"] == "one"
    assert "no positions found" in run("-r", record.path, "positions", "Nobody").stderr
