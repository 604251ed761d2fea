"""The digest lists what no earlier report tells, with its voices, and nothing that a copy repeats."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import onrecord
from onrecord.cli import main
from onrecord.errors import InputError
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.record.store import Record
from onrecord.view.new import New, new

WIRE = (
    "Envoys of the coast and the hills met in Dresk on Monday for a third day of talks about the dam. "
    "Twelve people were killed in Kolm on Sunday, the mayor, Olga Renn, said. "
    "Envoy Karl Oster said that inspectors had found no weapons in the plant at Vessin."
)
TEXTS = {
    "old": ("2031-03-04", "Halyard", WIRE),
    "copy": ("2031-03-05", "Norvale Ledger", f"DRESK (Halyard) - {WIRE}"),
    "told": ("2031-03-05", "Saltmere Times",
             "Inspectors have found no weapons in the plant at Vessin, said Envoy Karl Oster. "
             "He said that talks on the dam would go on in Dresk in April."),
    "also": ("2031-03-06", "Lowmoor Courier", "Talks on the dam would go on in Dresk in April, Envoy Karl Oster said."),
    "fixed": ("2031-03-06", "Thornmere Post", "Snow fell in the hills.\n\n"
              "Correction: An earlier version misstated the place. It was Kolm."),
}  # fmt: skip


def filled(path: Path, order: Iterable[str]) -> Record:
    opened = onrecord.open(path)
    for name in order:
        published, publisher, text = TEXTS[name]
        made = report(text, id=name, published=published, publisher=publisher)
        received = Received(made, Original(f"/{name}", "text/plain", "utf-8", text.encode(), ()))
        opened.add(received, onrecord.annotate(text, id=name, published=published, publisher=publisher, models=False))
    return opened


@pytest.fixture
def record(tmp_path: Path, engine: str) -> Iterator[Record]:
    with filled(tmp_path / "war.db", TEXTS) as opened:
        yield opened


def test_the_news_is_the_same_in_any_order_of_adding_and_asking_again(record: Record, tmp_path: Path) -> None:
    with filled(tmp_path / "other.db", reversed(TEXTS)) as other:
        assert new(other, "2031-03-05") == new(record, "2031-03-05") == new(record, "2031-03-05")


def bringing(found: New) -> set[str]:
    return {voice.report_id for news in found.news for voice in news.voices}


def test_a_copy_and_a_repetition_bring_nothing_new(record: Record) -> None:
    found = new(record, "2031-03-05")
    assert (found.reports, found.without_news) == (4, 1)
    assert "copy" not in bringing(found)
    assert not any("no weapons" in news.words for news in found.news)


def test_news_that_two_reports_tell_is_listed_once_with_both_voices(record: Record) -> None:
    (news,) = [n for n in new(record, "2031-03-05").news if n.kind == "statement" and "go on in Dresk" in n.words]
    assert [voice.report_id for voice in news.voices] == ["told", "also"]
    assert {voice.speaker for voice in news.voices} == {"Karl Oster"}
    assert (news.reports, news.origins) == (2, 2)
    for voice in news.voices:
        text = TEXTS[voice.report_id][2]
        assert text[voice.anchor.start : voice.anchor.end] == voice.anchor.exact


def test_a_correction_is_news_and_comes_first(record: Record) -> None:
    first = new(record, "2031-03-06").news[0]
    assert (first.kind, first.what, first.voices[0].report_id) == ("correction", "correction", "fixed")


def test_everything_is_new_in_a_record_that_begins_that_day(record: Record) -> None:
    found = new(record, "2031")
    assert found.reports == 5
    (toll,) = [n for n in found.news if n.kind == "figure" and n.what == "killed"]
    assert (toll.reports, toll.origins) == (2, 1)


def test_days_are_those_of_adding_on_demand(record: Record) -> None:
    assert new(record, "2031-03-05", by="added").reports == 0
    assert new(record, "1999", by="added").reports == 5


def test_what_is_no_date_is_refused(record: Record) -> None:
    with pytest.raises(InputError):
        new(record, "today")
    with pytest.raises(InputError):
        new(record, "2031-03-05", until="tomorrow")


def test_up_to_a_day_it_is_the_news_of_a_record_that_ends_there(record: Record, tmp_path: Path) -> None:
    day = "2031-03-05"
    with filled(tmp_path / "that_day.db", ("old", "copy", "told")) as ending:
        assert new(record, day, until=day).news == new(ending, day).news
    assert new(record, day, until=day).reports == 2
    assert new(record, day, until="2031-03") == replace(new(record, day), until="2031-03")
    shown = CliRunner().invoke(main, ["-r", record.path, "new", "--since", day, "--until", day], catch_exceptions=False)
    assert shown.stdout.startswith(f"2 reports published from {day} to {day}, of which 1 bring nothing new")
    assert "1/1" in shown.stdout
    assert "2/2" not in shown.stdout


def test_the_command_prints_the_digest(record: Record) -> None:
    shown = CliRunner().invoke(main, ["-r", record.path, "new", "--since", "2031-03-05"], catch_exceptions=False).stdout
    assert shown.startswith("4 reports published since 2031-03-05, of which 1 bring nothing new")
    assert "2/2" in shown
    asked = ["-r", record.path, "new", "--since", "2031-03-05", "--kind", "correction", "--format", "jsonl"]
    (line,) = CliRunner().invoke(main, asked, catch_exceptions=False).stdout.splitlines()
    assert json.loads(line)["kind"] == "correction"


def test_a_timeline_of_a_story_leaves_other_stories_out(record: Record) -> None:
    asked = ["-r", record.path, "timeline", "--story", "fixed", "--undated", "--format", "jsonl"]
    found = CliRunner().invoke(main, asked, catch_exceptions=False).stdout.splitlines()
    assert {json.loads(line)["report_id"] for line in found} <= {"fixed"}
    both = CliRunner().invoke(main, [*asked[:4], "old", *asked[5:]], catch_exceptions=False).stdout.splitlines()
    assert {"old", "copy"} <= {json.loads(line)["report_id"] for line in both}
