"""The commands do what they say, print what pipes cleanly, and end with a code that tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import wire
from onrecord.cli import COMMANDS, main

FIRST = (
    "KASSARA (Halyard) - At least 12 people were killed in Kassala on Friday, the health ministry said. "
    '"We will not leave until the roads are open," said Amina Idris, the regional governor.'
)
SECOND = "Foreign Minister Jonas Petrauskas denied on Monday that talks in Vienna had failed."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [
        {"id": "one", "text": FIRST, "title": "Twelve killed", "date": "2021-03-06", "publisher": "Harbour Times"},
        {"id": "two", "text": SECOND, "title": "Talks", "date": "2021-03-09", "publisher": "Norvale Ledger"},
    ]
    (tmp_path / "wire.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return tmp_path


@pytest.fixture
def record(folder: Path) -> str:
    path = str(folder / "war.db")
    assert run("--record", path, "add", str(folder / "wire.jsonl")).exit_code == 0
    return path


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)


def test_annotate_prints_one_json_object_a_report_with_its_id_and_text(folder: Path) -> None:
    result = run("annotate", str(folder / "wire.jsonl"), "--format", "jsonl")
    read = [wire.decode(line) for line in result.stdout.splitlines()]
    assert [(r.report.id, r.report.text) for r in read] == [("one", FIRST), ("two", SECOND)]
    assert result.exit_code == 0


def test_annotate_json_is_one_object_for_one_report_and_an_array_for_several(folder: Path) -> None:
    several = json.loads(run("annotate", str(folder / "wire.jsonl"), "--format", "json").stdout)
    one = json.loads(run("annotate", "-", "--format", "json", "--quiet", stdin=SECOND).stdout)
    assert [r["report"]["id"] for r in several] == ["one", "two"]
    assert one["report"]["text"] == SECOND


def test_annotate_gives_the_date_to_reports_that_have_none() -> None:
    dated = run("annotate", "-", "--date", "2021-03-09", "--format", "json", stdin=SECOND)
    assert json.loads(dated.stdout)["times"][0]["value"] == "2021-03-08"
    assert "publication date" not in dated.stderr


def test_annotate_says_that_times_stay_unresolved_without_a_date() -> None:
    undated = run("annotate", "-", "--format", "json", stdin=SECOND)
    assert "no publication date" in undated.stderr
    assert "--date" in undated.stderr
    assert json.loads(undated.stdout)["report"]["published"] is None


def test_the_table_shows_who_said_what_and_fits_80_columns(folder: Path) -> None:
    result = run("annotate", str(folder / "wire.jsonl"))
    assert "Amina Idris" in result.stdout
    assert "denies" in result.stdout
    assert "At least 12" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "\x1b" not in result.stdout


def test_adding_again_adds_nothing(folder: Path, record: str) -> None:
    again = run("--record", record, "add", str(folder / "wire.jsonl"))
    assert "2 already there" in again.stdout
    assert "2 reports in 2 versions" in run("--record", record, "info").stdout


def test_a_changed_report_becomes_a_new_version(folder: Path, record: str) -> None:
    path = folder / "wire.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("At least 12", "At least 14"), encoding="utf-8")
    assert "1 changed" in run("--record", record, "add", str(path)).stdout
    shown = run("--record", record, "show", "one").stdout
    assert "At least 14" in shown
    assert "At least 12" in run("--record", record, "show", "one", "--version", "1", "--text").stdout


def test_search_finds_a_statement_by_word_and_by_speaker(record: str) -> None:
    assert "Amina Idris" in run("--record", record, "search", "roads").stdout
    by_speaker = run("--record", record, "search", "--speaker", "petrauskas").stdout
    assert "talks in Vienna" in by_speaker
    assert "roads" not in by_speaker


def test_search_says_when_nothing_is_found(record: str) -> None:
    result = run("--record", record, "search", "zeppelin")
    assert (result.stdout, result.exit_code) == ("", 0)
    assert "nothing found" in result.stderr


def test_figures_are_listed_with_whose_count_they_are(record: str) -> None:
    shown = run("--record", record, "figures", "--unit", "killed").stdout
    assert "At least 12" in shown
    assert "health ministry" in shown


def test_a_figure_of_the_narrators_that_has_a_claimant_is_listed_by_its_claimant(folder: Path) -> None:
    text = "The Red Cross put the number of the missing in Kassala at 300 in May and at 450 in June."
    record = str(folder / "own.db")
    run("-r", record, "add", "-", "--date", "2021-03-06", "--publisher", "Harbour Times", "-q", stdin=text)
    figure = json.loads(run("-r", record, "export", "--format", "jsonl").stdout)["figures"][-1]
    assert (figure["voice"], bool(figure["claimant"])) == ("narrator", True)
    assert "Red Cross, in Harbour Times" in " ".join(run("-r", record, "figures").stdout.split())


def test_the_ids_that_are_shown_on_demand_are_those_that_correct_takes(record: str) -> None:
    entry = entry_of(record, "figures")
    assert f"({entry})" in run("-r", record, "figures", "--ids").stdout
    assert entry not in run("-r", record, "figures").stdout
    shown = run("-r", record, "show", "one", "--ids").stdout
    reading = json.loads(run("-r", record, "show", "one", "--format", "json").stdout)
    named = {line.split()[0] for line in shown.splitlines() if line.startswith("  ") and line.strip()}
    assert {e["id"] for family in ("attributions", "figures", "events") for e in reading[family]} <= named
    assert entry.removeprefix("one:") not in run("-r", record, "show", "one").stdout.split()


def test_the_timeline_has_the_stated_day_and_not_that_of_publication(record: str) -> None:
    shown = run("--record", record, "timeline").stdout
    assert "2021-03-05" in shown
    assert "2021-03-06" not in shown


def test_who_lists_what_an_actor_said(record: str) -> None:
    result = run("--record", record, "who", "Petrauskas")
    assert "denies" in result.stdout
    assert "talks in Vienna had failed" in " ".join(result.stdout.split())


def test_who_fails_clearly_for_somebody_unknown(record: str) -> None:
    result = run("--record", record, "who", "Nobody")
    assert result.exit_code == 1
    assert "search" in result.stderr


def test_export_gives_back_what_annotate_reads(folder: Path, record: str) -> None:
    exported = run("--record", record, "export").stdout.splitlines()
    annotated = run("annotate", str(folder / "wire.jsonl"), "--format", "jsonl").stdout.splitlines()
    assert exported == annotated


def test_verify_passes_and_says_over_what(record: str) -> None:
    result = run("--record", record, "verify")
    assert result.exit_code == 0
    assert "2 versions of 2 reports" in result.stdout


def test_show_json_is_the_annotated_report(record: str) -> None:
    shown = wire.decode(run("--record", record, "show", "two", "--format", "json").stdout)
    assert shown.report.text == SECOND


def test_lines_for_programs_are_json(record: str) -> None:
    for command in (["timeline", "--undated"], ["figures"], ["search"], ["who", "Idris"]):
        lines = run("--record", record, *command, "--format", "jsonl").stdout.splitlines()
        assert lines, command
        assert all(isinstance(json.loads(line), dict) for line in lines)


def test_every_command_has_help_and_is_listed() -> None:
    overview = run("--help").stdout
    for name in COMMANDS:
        assert name in overview
        assert run(name, "--help").exit_code == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(shell: str) -> None:
    assert "onrecord" in run("completion", shell).stdout


SIGNED = ("--author", "A. Reader", "--reason", "the text says so")


def entry_of(record: str, family: str) -> str:
    shown = json.loads(run("-r", record, "show", "one", "--format", "json").stdout)
    return f"one:{shown[family][0]['id']}"


def test_correct_edits_an_entry_and_corrections_lists_it(record: str) -> None:
    figure = entry_of(record, "figures")
    done = run("-r", record, "correct", "edit", figure, "unit", "wounded", *SIGNED)
    assert done.stdout == f"correction 1: unit of {figure} edited\n"
    shown = json.loads(run("-r", record, "show", "one", "--format", "json").stdout)
    assert shown["figures"][0]["unit"] == "wounded"
    (listed,) = (json.loads(x) for x in run("-r", record, "corrections", "--format", "jsonl").stdout.splitlines())
    assert (listed["status"], listed["author"], listed["words"]) == ("applied", "A. Reader", "At least 12")
    assert run("-r", record, "verify").exit_code == 0


def test_corrections_name_the_entry_that_a_field_now_points_to(record: str) -> None:
    figure, ministry = entry_of(record, "figures"), entry_of(record, "entities").removeprefix("one:")
    run("-r", record, "correct", "edit", figure, "claimant", ministry, *SIGNED)
    (listed,) = (json.loads(x) for x in run("-r", record, "corrections", "--format", "jsonl").stdout.splitlines())
    assert listed["what"].endswith(f' -> "{ministry}"')


def test_undo_takes_a_correction_back_and_the_history_keeps_both(record: str) -> None:
    figure = entry_of(record, "figures")
    run("-r", record, "correct", "reject", figure, *SIGNED)
    assert json.loads(run("-r", record, "show", "one", "--format", "json").stdout)["figures"] == []
    run("-r", record, "correct", "undo", "1", *SIGNED)
    assert json.loads(run("-r", record, "show", "one", "--format", "json").stdout)["figures"]
    history = [json.loads(x) for x in run("-r", record, "corrections", figure, "--format", "jsonl").stdout.splitlines()]
    assert [(x["number"], x["status"]) for x in history] == [(1, "undone"), (2, "standing")]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("reject", "one:f99"), "has no entry f99"),
        (("reject", "three:f1"), "no such report"),
        (("edit", "one:f1", "shade", "red"), "have no field 'shade'"),
        (("undo", "7"), "there is no correction 7"),
    ],
)
def test_a_correction_that_does_not_fit_is_one_line_and_exit_1(
    record: str, arguments: tuple[str, ...], says: str
) -> None:
    result = run("-r", record, "correct", *arguments, *SIGNED)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert says in result.stderr
    assert run("-r", record, "corrections", "--format", "jsonl").stdout == ""
