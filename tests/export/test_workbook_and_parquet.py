"""The workbook is read by openpyxl, the Parquet files by pyarrow; both hold every entry, and no cell is a formula."""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from importlib import import_module
from typing import Any

import pytest
from click.testing import CliRunner

from onrecord.bulk.schema import schemas
from onrecord.cli import main
from onrecord.errors import InputError
from onrecord.export.exporters import exporter, format_names
from onrecord.export.formats import excel
from onrecord.export.readings import Stored
from onrecord.export.tabled import TABLES
from onrecord.model import Annotated
from onrecord.record.search import reports_found
from onrecord.record.store import Record

from .conftest import Exported

openpyxl: Any = import_module("openpyxl")


@pytest.fixture
def workbook(exported: Exported) -> Any:
    return openpyxl.load_workbook(io.BytesIO(exported("excel")))


def records(sheet: Any) -> list[dict[str, Any]]:
    head, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_each_kind_of_entry_has_a_sheet_with_all_of_it(workbook: Any, readings: dict[str, Annotated]) -> None:
    assert workbook.sheetnames == list(TABLES)
    for kind in ("attributions", "events", "figures", "entities", "places", "times"):
        wanted = {(name, entry.id) for name, of in readings.items() for entry in getattr(of, kind)}
        assert {(row["report"], row["id"]) for row in records(workbook[kind])} == wanted, kind
    for row in records(workbook["figures"]):
        text = readings[row["report"]].report.text
        assert text[row["start"] : row["stop"]] == row["words"].removeprefix("'")
    assert {row["claimant"] for row in records(workbook["figures"])} == {"Jörg R. Adler", None}
    assert {row["voice"] for row in records(workbook["figures"])} > {"narrator", "unsourced"}


def test_no_cell_is_a_formula(workbook: Any) -> None:
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert "'=cmd|' /C calc'!A0 <b>Oré & Co</b>" in {cell.value for cell in cells}


def test_what_excel_cannot_hold_is_said() -> None:
    long = excel._cell("=" + "a" * 40_000)
    assert (len(long), long[-33:]) == (excel.MOST_CHARACTERS, "a […cut: 40001 characters in all]")
    assert excel._cell("a\uffffb") == "a\ufffdb"
    assert excel._cell("a" * excel.MOST_CHARACTERS) == "a" * excel.MOST_CHARACTERS


def test_no_copy_is_left_in_a_file(record: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was made")

    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refused)
    with Record.open(record) as opened, opened.reading() as connection:
        readings = Stored(connection, reports_found(connection), "all")
        for name in format_names():
            exporter(name).write(readings, io.BytesIO())


def test_more_rows_than_a_sheet_has_are_refused(record: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MOST_ROWS", 4)
    told = CliRunner().invoke(main, ["-r", record, "export", "--format", "excel"])
    assert told.exit_code == 1
    assert "use csv" in told.stderr


@pytest.mark.parametrize(
    ("name", "package", "extra"), [("excel", "xlsxwriter", "excel"), ("parquet", "pyarrow", "bulk")]
)
def test_a_missing_package_is_one_line(
    record: str, name: str, package: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in [module for module in sys.modules if module.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)
    assert exporter(name).name == name  # it is listed without the package
    told = CliRunner().invoke(main, ["-r", record, "export", "--format", name])
    assert (told.exit_code, told.stderr.count("\n")) == (1, 1)
    assert f'pip install "onrecord[{extra}]"' in told.stderr


def test_parquet_files_have_the_schema_of_bulk_and_every_entry(
    exported: Exported, readings: dict[str, Annotated]
) -> None:
    pq: Any = import_module("pyarrow.parquet")
    with zipfile.ZipFile(io.BytesIO(exported("parquet"))) as zipped:
        tables = {name.removesuffix(".parquet"): pq.read_table(io.BytesIO(zipped.read(name)))
                  for name in zipped.namelist()}  # fmt: skip
    of_bulk = schemas()
    assert set(tables) == set(of_bulk) - {"errors"}
    for name, table in tables.items():
        assert all(field == of_bulk[name].field(field.name) for field in table.schema)
        assert name == "reports" or table.schema.names == of_bulk[name].names
        assert table.schema.metadata[b"onrecord"] == of_bulk[name].metadata[b"onrecord"]
    assert {row["report_id"]: row["text"] for row in tables["reports"].to_pylist()} == {
        name: of.report.text for name, of in readings.items()}  # fmt: skip
    for row in tables["figures"].to_pylist():
        assert readings[row["report_id"]].report.text[row["start"] : row["stop"]] == row["words"]
    assert {row["claimant"] for row in tables["figures"].to_pylist()} == {"Jörg R. Adler", None}
    assert tables["events"].num_rows == sum(len(of.events) for of in readings.values())


def test_an_unknown_format_is_refused_in_python_too() -> None:
    with pytest.raises(InputError, match="is no format"):
        exporter("no-such")
