"""Rows of other data sets find the events of the record that fit them, with reasons, and no others."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.errors import InputError
from onrecord.support.matching import Told, fit
from onrecord.support.rows import Row, rows_of

HEADS = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,location,latitude,"
    "longitude"
)
ACLED = "SDN1,05 March 2021,1,Explosions/Remote violence,Shelling,RSF: Rapid Support Forces,,Sudan,Nyala,12.05,24.88"
DAY = date(2021, 3, 5)
ROW = Row("1", (DAY, DAY), ("Nyala", "Sudan"), (12.05, 24.88), ("Rapid Support Forces",), ("ASSAULT",), "Shelling")
TOLD = Told("r", "v", "ev1", "ASSAULT", "happened", (DAY, DAY), date(2021, 3, 6), "Nyala", ("Sudan", "South Darfur"),
            (12.05, 24.88), True, ("the Rapid Support Forces",), None, None, "shelled", 0, 7)  # fmt: skip


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_acled_s_columns_are_read(tmp_path: Path) -> None:
    (row,) = rows_of(written(tmp_path / "a.csv", HEADS, ACLED))
    assert row == Row("SDN1", (DAY, DAY), ("Nyala", "Sudan"), (12.05, 24.88), ("RSF: Rapid Support Forces",),
                      ("ASSAULT",), "Shelling")  # fmt: skip


def test_a_wide_time_precision_widens_the_day(tmp_path: Path) -> None:
    (row,) = rows_of(written(tmp_path / "a.csv", HEADS, ACLED.replace(",1,Expl", ",2,Expl")))
    assert isinstance(row, Row)
    assert row.days == (date(2021, 3, 2), date(2021, 3, 8))


@pytest.mark.parametrize(("count", "place"), [(58, 50), (61, 52)])
def test_gdelt_s_rows_without_headings_are_read(count: int, place: int, tmp_path: Path) -> None:
    cells = [""] * count
    cells[0], cells[1], cells[6], cells[26], cells[place] = "77", "20210305", "SUDAN", "190", "Nyala, Sudan"
    at = place + 3 if count == 58 else place + 4
    cells[at], cells[at + 1] = "12.05", "24.88"
    (row,) = rows_of(written(tmp_path / "g.tsv", "\t".join(cells)))
    assert row == Row("77", (DAY, DAY), ("Nyala, Sudan",), (12.05, 24.88), ("SUDAN",), ("ASSAULT",), "190")


def test_missing_columns_are_unknown_and_what_cannot_be_read_costs_its_row_alone(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "Date;Place", "2021-03-05;Nyala", "someday;Nyala", ";Nyala", "2021-03-06;Fasher")
    found = list(rows_of(path))
    assert [r.id if isinstance(r, Row) else str(r) for r in found] == [
        "row 2", f"{path}:3: 'someday' is no day; mend the row", f"{path}:4: it has no day; mend the row", "row 5",
    ]  # fmt: skip
    assert isinstance(found[0], Row)
    assert (found[0].point, found[0].actors, found[0].types) == (None, (), ())


def test_a_file_that_has_no_column_to_go_by_is_refused_in_one_line(tmp_path: Path) -> None:
    for text, said in (("a,b", "no column for the day"), ("date,b", "no column for a place or an actor")):
        with pytest.raises(InputError, match=said):
            list(rows_of(written(tmp_path / "a.csv", text, "1,2")))
    (tmp_path / "b.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        list(rows_of(tmp_path / "b.csv"))


def test_the_same_day_place_actor_and_type_is_supported_with_a_reason_for_each() -> None:
    found = fit(ROW, TOLD)
    assert found is not None
    assert (found.verdict, found.score) == ("supported", 1.0)
    assert found.reasons == (
        "the same day", "at Nyala", "the Rapid Support Forces for Rapid Support Forces", "ASSAULT",
    )  # fmt: skip


def test_another_day_type_or_far_settlement_speaks_against_it() -> None:
    assert fit(ROW, replace(TOLD, days=(date(2021, 3, 9), date(2021, 3, 9)))) is None
    assert fit(ROW, replace(TOLD, type="CONSULT")) is None
    assert fit(ROW, replace(TOLD, place="Khartoum", admin=("Sudan",), point=(15.5, 32.5))) is None
    assert fit(ROW, replace(TOLD, days=None, published=date(2021, 3, 20))) is None


def test_what_is_not_stated_counts_nothing_and_a_day_with_a_type_alone_is_not_enough() -> None:
    placeless = fit(ROW, replace(TOLD, place=None, point=None))
    assert placeless is not None
    assert (placeless.verdict, placeless.score) == ("possible", 0.7)
    assert fit(ROW, replace(TOLD, place=None, point=None, parties=())) is None
    undated = fit(ROW, replace(TOLD, days=None))
    assert undated is not None
    assert undated.reasons[0] == "no day stated, reported on 2021-03-06"


def test_words_that_many_actors_share_make_no_match() -> None:
    found = fit(ROW, replace(TOLD, parties=("government forces",)))
    assert found is not None
    assert found.score == 0.8
    assert found.reasons[2] == "told of government forces"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_the_command_prints_verdicts_and_writes_the_exact_words(tmp_path: Path) -> None:
    report = written(
        tmp_path / "a.txt", "Talks failed. The Rapid Support Forces shelled Nyala on Friday, a doctor said."
    )
    rows = written(tmp_path / "acled.csv", HEADS, ACLED, ACLED.replace("SDN1,05 March 2021", "S,05 March 2020"),
                   ACLED.replace("05 March 2021", "never"))  # fmt: skip
    record = ("--record", str(tmp_path / "r.db"))
    assert run(*record, "add", str(report), "--date", "2021-03-06", "--no-models").exit_code == 0
    result = run(*record, "support", str(rows), "--csv", str(tmp_path / "out.csv"), "--all")
    assert "2 rows: 1 supported, 0 possible, 1 with nothing found" in result.stdout
    assert "acled.csv:4: 'never' is no day" in result.stderr
    assert result.exit_code == 1
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    text = report.read_text(encoding="utf-8")
    assert first["sentence"] == "The Rapid Support Forces shelled Nyala on Friday, a doctor said."
    assert text[int(first["start"]) : int(first["stop"])] == first["words"] == "shelled"
    assert (first["row"], first["verdict"]) == ("SDN1", "supported")


def test_a_record_that_is_not_there_is_told(tmp_path: Path) -> None:
    rows = written(tmp_path / "acled.csv", HEADS, ACLED)
    result = run("--record", str(tmp_path / "none.db"), "support", str(rows))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
