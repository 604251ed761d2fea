"""Scores count what they say they count, and a comparison lists each reading that changed and no other."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

import onrecord
from onrecord.cli import main
from onrecord.evaluate.comparing import compared
from onrecord.evaluate.page import error_page
from onrecord.evaluate.scoring import Score, kinds_in, scores
from onrecord.model import Annotated, Content, Source
from onrecord.wire import encode

TEXT = (
    "The ministry denied on Friday that rebels had shelled Nyala <b>twice</b>. "
    '"At least 14 people were killed," the mayor said.'
)


@pytest.fixture(scope="module")
def gold() -> Annotated:
    return onrecord.annotate(TEXT, id="one", published="2021-03-06", models=False)


def with_first(reading: Annotated, kind: str, **fields: object) -> Annotated:
    """The reading with other values in the first entry of a kind."""
    first, *rest = getattr(reading, kind)
    return msgspec.structs.replace(reading, **{kind: (msgspec.structs.replace(first, **fields), *rest)})


def without_first(reading: Annotated, kind: str) -> Annotated:
    return msgspec.structs.replace(reading, **{kind: getattr(reading, kind)[1:]})


def test_a_reading_is_all_right_against_itself(gold: Annotated) -> None:
    kinds = kinds_in([gold])
    found = scores([(gold, gold)], kinds)
    assert {"attributions", "events", "figures", "times", "places", "entities"} == set(kinds)
    assert all(score.f1 == 1.0 for score in (*found.right.values(), *found.found.values()))
    assert found.errors == []
    assert all(right == total for right, total in found.fields.values())


def test_what_is_missed_and_what_is_too_much_count_against_recall_and_precision(gold: Annotated) -> None:
    fewer = without_first(gold, "attributions")
    n = len(gold.attributions)
    assert scores([(gold, fewer)], ["attributions"]).right["attributions"] == Score(n, n - 1, n - 1)
    assert scores([(fewer, gold)], ["attributions"]).right["attributions"] == Score(n - 1, n, n - 1)
    (missed,) = (e for e in scores([(gold, fewer)], ["attributions"]).errors if e.what == "missed")
    assert missed.words == "that rebels had shelled Nyala <b>twice</b>"
    assert missed.gold == "The ministry"


def test_another_source_is_found_by_its_words_but_not_right(gold: Annotated) -> None:
    other = with_first(gold, "attributions", source=Source((), None, "none", ()))
    found = scores([(gold, other)], ["attributions"])
    assert found.found["attributions"].f1 == 1.0
    assert found.right["attributions"].agreeing == len(gold.attributions) - 1
    assert [(e.gold, e.read) for e in found.errors if e.what == "source"] == [("The ministry", "")]


def test_words_alike_by_half_are_the_same_and_by_less_are_not(gold: Annotated) -> None:
    ((start, end),) = gold.attributions[0].content.spans
    words = gold.report.text[start:end].split()
    for kept, same in ((5, True), (2, False)):
        cut = (start, start + len(" ".join(words[:kept])))
        shorter = with_first(gold, "attributions", content=Content((cut,)))
        found = scores([(gold, shorter)], ["attributions"]).found["attributions"]
        assert (found.agreeing == len(gold.attributions)) is same


def test_a_place_is_right_within_161_km(gold: Annotated) -> None:
    lat = gold.places[0].lat
    assert lat is not None
    for moved, right in ((1.4, 1), (1.5, 0)):  # a degree is 111 km
        found = scores([(gold, with_first(gold, "places", lat=lat + moved))], ["places"])
        assert found.right["places"].agreeing == right


def test_the_page_marks_words_in_place_and_lets_no_markup_of_a_report_through(gold: Annotated) -> None:
    found = scores([(gold, without_first(gold, "attributions"))], ["attributions"])
    page = error_page(found, {"one": TEXT})
    assert "<mark>that rebels had shelled Nyala &lt;b&gt;twice&lt;/b&gt;</mark>" in page
    assert "<b>" not in page
    assert "http" not in page


def test_a_comparison_lists_what_was_added_removed_and_changed(gold: Annotated) -> None:
    assert compared(gold, gold) == ()
    removed = compared(gold, without_first(gold, "times"))
    assert [(c.kind, c.what, c.words) for c in removed if c.what != "changed"] == [("times", "removed", "Friday")]
    added = compared(without_first(gold, "times"), gold)
    assert [(c.kind, c.what, c.words) for c in added if c.what != "changed"] == [("times", "added", "Friday")]
    (changed,) = compared(gold, with_first(gold, "figures", qualifier="exactly"))
    assert (changed.kind, changed.what, changed.words) == ("figures", "changed", "At least 14")
    assert changed.fields == {"qualifier": ("at least", "exactly")}


def test_other_ids_alone_are_no_change_and_confidence_only_if_asked(gold: Annotated) -> None:
    other = with_first(gold, "attributions", confidence=0.123)
    assert compared(gold, other) == ()
    (change,) = compared(gold, other, confidence=True)
    assert list(change.fields) == ["confidence"]
    renamed = msgspec.json.decode(encode(gold).replace(b'"p1"', b'"p9"').replace(b'"t1"', b'"t9"'), type=Annotated)
    assert compared(gold, renamed) == ()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def lines(path: Path, *readings: Annotated) -> str:
    path.write_bytes(b"".join(encode(reading) + b"\n" for reading in readings))
    return str(path)


def test_evaluate_reads_again_or_takes_readings_and_tells_figures_and_errors(gold: Annotated, tmp_path: Path) -> None:
    sample = lines(tmp_path / "gold.jsonl", gold)
    fewer = lines(tmp_path / "read.jsonl", without_first(gold, "figures"))
    again = json.loads(run("evaluate", sample, "--no-models", "--format", "json", "--quiet").stdout)
    assert {kind["f1"] for kind in again["kinds"].values()} == {1.0}
    page = tmp_path / "errors.html"
    told = run("evaluate", sample, "--against", fewer, "--only", "figures", "--errors", "--page", str(page))
    assert "figures: missed" in " ".join(told.stdout.split())
    assert "<mark>" in page.read_text(encoding="utf-8")


def test_bad_gold_is_told_with_its_line(gold: Annotated, tmp_path: Path) -> None:
    other = onrecord.annotate("Talks failed.", id="one", models=False)
    good, twice = lines(tmp_path / "g.jsonl", gold), lines(tmp_path / "t.jsonl", gold, gold)
    empty, text = lines(tmp_path / "e.jsonl"), lines(tmp_path / "o.jsonl", other)
    broken = tmp_path / "b.jsonl"
    broken.write_bytes(encode(gold) + b"\n{}\n")
    outside = lines(tmp_path / "s.jsonl", with_first(gold, "times", span=(5000, 5006)))
    for arguments, said in (
        ((twice,), "t.jsonl:2: the id one is that of"),
        ((empty,), "there is no annotated report in it"),
        ((str(broken),), "b.jsonl:2: not an annotated report"),
        ((outside,), "s.jsonl:1: "),
        ((str(tmp_path / "none"),), "cannot be read"),
        ((good, "--against", text), "another text"),
    ):
        result = run("evaluate", *arguments)
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert said in result.stderr


def test_compare_takes_files_by_their_ids(gold: Annotated, tmp_path: Path) -> None:
    second = onrecord.annotate("Talks failed.", id="two", models=False)
    old = lines(tmp_path / "old.jsonl", gold, second)
    new = lines(tmp_path / "new.jsonl", with_first(gold, "figures", unit="wounded"))
    told = run("compare", old, new).stdout
    assert "killed → wounded" in told
    assert "only in OLD" in told
    assert "1 report compared, 1 changed: 0 added, 0 removed, 1 changed; 1 report not compared" in told
    one, two = map(json.loads, run("compare", old, new, "--format", "jsonl").stdout.splitlines())
    assert one["changes"][0]["fields"] == {"unit": ["killed", "wounded"]}
    assert (two["report"], two["only"]) == ("two", "old")


def test_compare_takes_two_runs_of_a_record(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Troops captured 12 manpads.", encoding="utf-8")
    (tmp_path / "own.toml").write_text('[[units]]\nunit = "weapons"\nnouns = ["manpads"]\n', encoding="utf-8")
    record, add = ("--record", str(tmp_path / "r.db")), ("add", str(tmp_path / "a.txt"), "--no-models")
    assert run(*record, *add, "--no-codebook").exit_code == 0
    assert run(*record, *add, "--codebook", str(tmp_path / "own.toml")).exit_code == 0
    assert "→ weapons" in run(*record, "compare", "1", "2").stdout
    assert "1 report compared, 0 changed" in run(*record, "compare", "2", "2").stdout
    for arguments in (("1", "7"), ("1", "none.jsonl")):
        result = run(*record, "compare", *arguments)
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
