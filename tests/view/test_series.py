"""Series of a record: what is asked for, the rules that a person may choose, the plot and the command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from click.testing import CliRunner

import onrecord
from onrecord.cli import main
from onrecord.errors import InputError
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.record.store import Record
from onrecord.view.conventions import RULES, estimate
from onrecord.view.figure_plot import svg
from onrecord.view.series import Point, Series, Subject, series

TOLD = (
    ("one", "1971-05-04", "Valley Courier", "Police said that 12 people were killed when shells hit a mill in Dravik "
     "on Tuesday."),
    ("two", "1971-05-04", "Coast Post", "The Millers Union said that 40 people were killed when shells hit a mill in "
     "Dravik on Tuesday."),
    ("three", "1971-05-05", "Valley Courier", "Police said that 15 people were killed by the shells that hit a mill in "
     "Dravik on Tuesday."),
    ("four", "1971-05-06", "Capital Gazette", "Fifteen people were killed when shells hit a mill in Dravik on "
     "Tuesday."),
    ("five", "1971-08-01", "Coast Post", "The Relief Office said that 3,000 people had been displaced in Orland since "
     "May."),
)  # fmt: skip


@pytest.fixture
def record(tmp_path: Path, engine: str) -> Iterator[Record]:
    with onrecord.open(tmp_path / "war.db") as opened:
        for name, day, outlet, text in TOLD:
            made = report(text, id=name, published=day, publisher=outlet)
            received = Received(made, Original(f"/{name}", "text/plain", "utf-8", text.encode(), ()))
            opened.add(received, onrecord.annotate(text, id=name, published=day, publisher=outlet, models=False))
        yield opened


def by_claimant(subject: Subject) -> dict[str, list[str]]:
    return {one.by: [point.words for point in one.points] for one in subject.series}


def test_a_subject_has_the_numbers_of_each_claimant_in_the_order_of_time(record: Record) -> None:
    (subject,) = series(record)
    told = by_claimant(subject)
    assert told["Police"] == ["12", "15"]
    assert told["Capital Gazette"] == ["Fifteen"]
    assert [flag.kind for flag in subject.flags] == ["conflict", "conflict", "revision", "unclaimed"]


def test_what_is_asked_for_is_shown_with_the_numbers_of_all_claimants(record: Record) -> None:
    assert len(series(record, alone=True)) == 2
    (subject,) = series(record, claimant="millers union")
    assert "Police" in by_claimant(subject)
    (single,) = series(record, unit="displaced", place="orland", alone=True)
    assert single.scope == "cumulative"
    assert series(record, place="Elsewhere") == ()
    assert series(record, whom="soldiers") == ()


def test_dates_are_those_of_publication(record: Record) -> None:
    (subject,) = series(record, until="1971-05-04")
    assert set(by_claimant(subject)) == {"Police", "Millers Union"}
    assert [flag.kind for flag in subject.flags] == ["conflict"]
    with pytest.raises(InputError):
        series(record, since="May")
    with pytest.raises(InputError):
        series(record, unit="dead")


def test_no_number_is_made_without_a_rule(record: Record) -> None:
    (subject,) = series(record)
    assert not {"low", "best", "high", "estimate"} & set(msgspec.to_builtins(subject))


def told(*words: tuple[str, float | None, float | None]) -> Subject:
    """A subject with one number of each of several claimants."""
    lines = tuple(
        Series(f"claimant {n}", "claimant", (
            Point(report=f"r{n}", entry="f1", span=(0, 2), words=given, low=low, high=high, of="people",
                  day=f"1971-05-{4 + n:02}", stated=False, claimant=f"claimant {n}", voice="said", part=False,
                  publisher=None, published=None),
        ))
        for n, (given, low, high) in enumerate(words)
    )  # fmt: skip
    return Subject(
        subject=("r0", "f1"), unit="killed", of="people", place="Dravik", scope="incident", happened=None, since=None,
        within=None, series=lines, flags=(),
    )  # fmt: skip


def test_ucdp_like_takes_what_most_give_between_the_least_and_the_most() -> None:
    made = estimate(told(("12", 12, 12), ("15", 15, 15), ("15", 15, 15), ("at least 40", 40, None)), "ucdp-like")
    assert (made.low, made.best, made.high) == (12, 15, 40)
    assert estimate(told(("dozens of", 24, None)), "ucdp-like").best is None


def test_acled_like_counts_vague_words_by_convention_and_takes_the_lowest() -> None:
    made = estimate(told(("dozens of", 24, None), ("31", 31, 31)), "acled-like")
    assert (made.low, made.best, made.high) == (None, 12, None)
    assert estimate(told(("several", 3, None)), "acled-like").best == 3
    assert estimate(told(("hundreds of", 200, None)), "acled-like").best == 100


def test_latest_by_claimant_makes_no_number() -> None:
    made = estimate(told(("12", 12, 12), ("40", 40, 40)), "latest-by-claimant")
    assert (made.low, made.best, made.high) == (None, None, None)
    assert made.latest == (("claimant 0", "12"), ("claimant 1", "40"))


def test_a_plot_has_a_mark_for_each_number_and_is_well_formed() -> None:
    drawn = svg(
        [told(("12", 12, 12), ("between 20 and 30", 20, 30), ("at least <40>", 40, None), ("up to 9", None, 9))]
    )
    root = ElementTree.fromstring(drawn)
    circles = [node for node in root.iter() if node.tag.endswith("circle")]
    assert len(circles) == 4 + 4  # the numbers and the legend
    assert "at least &lt;40&gt;" in drawn
    assert svg([told(("12", 12, 12))]) == svg([told(("12", 12, 12))])


def test_the_command_prints_blocks_lines_and_plots(record: Record, tmp_path: Path) -> None:
    del record
    ask = CliRunner().invoke
    where = ["--record", str(tmp_path / "war.db"), "series"]
    shown = ask(main, [*where, "--rule", "ucdp-like"])
    assert shown.exit_code == 0, shown.output
    assert "conflict: Police gives 12" in shown.output
    assert "ucdp-like: low 15, best 15, high 40" in shown.output
    lines = [json.loads(line) for line in ask(main, [*where, "--format", "jsonl", "--alone"]).output.splitlines()]
    assert [line["unit"] for line in lines] == ["displaced", "killed"]
    assert all("estimate" not in line for line in lines)
    plot = tmp_path / "plot.svg"
    assert "1 of 1 subjects" in ask(main, [*where, "--format", "svg", "--out", str(plot)]).output
    ElementTree.parse(plot)
    assert ask(main, [*where, "--format", "svg"]).exit_code == 2


def test_the_rules_are_those_that_the_coding_rules_define() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "coding-rules.md").read_text(encoding="utf-8")
    assert all(f"`{rule}`" in page for rule in RULES)
