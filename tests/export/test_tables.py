"""CSV tables are read by the csv module and hold every entry with its words; no cell is a formula."""

from __future__ import annotations

import csv
import io
import json
import zipfile

from onrecord.export.tabled import TABLES
from onrecord.model import Annotated

from .conftest import Exported


def tables(made: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(made)) as zipped:
        assert zipped.testzip() is None
        return {name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(zipped.read(name).decode("utf-8-sig"),
                                                                           newline="")))
                for name in zipped.namelist()}  # fmt: skip


def test_each_kind_of_entry_has_a_table_with_all_of_it(exported: Exported, readings: dict[str, Annotated]) -> None:
    found = tables(exported("csv"))
    assert set(found) == set(TABLES)
    assert len(found["reports"]) == len(readings) == 4
    for kind in ("attributions", "events", "figures", "entities", "places", "times"):
        wanted = {(name, entry.id) for name, of in readings.items() for entry in getattr(of, kind)}
        assert {(row["report"], row["id"]) for row in found[kind]} == wanted, kind


def test_every_row_is_traced_to_its_words_claimant_and_voice(
    exported: Exported, readings: dict[str, Annotated]
) -> None:
    found = tables(exported("csv"))
    for row in found["figures"]:
        text = readings[row["report"]].report.text
        words = row["words"][1:] if row["words"].startswith("'-") else row["words"]
        assert text[int(row["start"]) : int(row["stop"])] == words
        assert row["sha256"] == readings[row["report"]].report.sha256
        assert row["voice"]
    assert "Jörg R. Adler" in {row["claimant"] for row in found["figures"]}
    assert "" in {row["claimant"] for row in found["figures"]}
    for row in found["attributions"]:
        spans = json.loads(row["content_spans"])
        assert " … ".join(readings[row["report"]].report.text[a:b] for a, b in spans) == row["content_words"]


def test_no_cell_is_a_formula_and_nothing_else_is_changed(exported: Exported) -> None:
    found = tables(exported("csv"))
    cells = [cell for rows in found.values() for row in rows for cell in row.values()]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in cells)
    assert "'=cmd|' /C calc'!A0 <b>Oré & Co</b>" in {row["name"] for row in found["entities"]}
    assert "'@Ships & <i>sails</i>" in {row["title"] for row in found["reports"]}


def test_corrections_are_counted_with_the_report(exported: Exported) -> None:
    assert sorted(row["corrections"] for row in tables(exported("csv"))["reports"]) == ["0", "0", "0", "1"]
