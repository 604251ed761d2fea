"""The command writes what was chosen, says what is wrong in a line, and takes exporters of other packages."""

from __future__ import annotations

import io
import zipfile
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.errors import InputError
from onrecord.export import exporters
from onrecord.export.exporters import Exporter, Readings, exporter, format_names
from onrecord.record.store import Record

from .conftest import Exported, decoded


def run(record: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--record", record, "export", *arguments], catch_exceptions=False)


@pytest.mark.parametrize(
    ("arguments", "titles"),
    [
        ((), {"Clash at the border", "Capital calm", "@Ships & <i>sails</i>", None}),
        (("--search", "guns"), {"Clash at the border", "Capital calm"}),
        (("--search", "guns", "--publisher", "capital gazette"), {"Capital calm"}),
        (("--since", "1958-03-05"), {"Clash at the border", "@Ships & <i>sails</i>"}),
        (("--until", "1958-03-01"), {"Capital calm"}),
        (("--speaker", "mila adler"), {"Capital calm"}),
        (("--place", "saint-élie"), {"Clash at the border"}),
        (("--event", "mobilize"), {"Clash at the border"}),
        (("--event", "protest", "--until", "1958-03-01"), set()),
        (("/border", "/capital"), {"Clash at the border", "Capital calm"}),
        (("/border", "/capital", "--search", "envoy"), {"Capital calm"}),
        (("--story", "/capital"), {"Clash at the border", "Capital calm"}),
        (("--story", "/border", "--search", "envoy"), {"Capital calm"}),
        (("--story", "/unread"), {None}),
    ],
)
def test_all_that_is_asked_holds(exported: Exported, arguments: tuple[str, ...], titles: set[str | None]) -> None:
    assert {of.report.title for of in decoded(exported("jsonl", *arguments))} == titles


def test_a_search_finds_as_many_reports_as_there_are(record: str) -> None:
    with Record.open(record) as opened:
        found = {hit.report_id for hit in opened.search("guns", limit=99)}
    assert {of.report.id for of in decoded(run(record, "--search", "guns").stdout_bytes)} == found


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--format", "no-such"), 2, "no format"),
        (("--since", "yesterday"), 1, "no date"),
        (("nobody-knows",), 1, "no such report"),
        (("--story", "nobody-knows"), 1, "no such report"),
        (("--redact", "text", "--format", "csv"), 2, "leave --format away"),
    ],
)
def test_what_cannot_be_exported_is_said(record: str, arguments: tuple[str, ...], code: int, says: str) -> None:
    told = run(record, *arguments)
    assert told.exit_code == code
    assert says in " ".join(told.stderr.split())
    assert told.stdout == ""


def test_a_file_is_written_whole_or_stays_as_it_was(
    record: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.xlsx"
    assert run(record, "--format", "markdown", "-o", str(out)).exit_code == 0
    before = out.read_bytes()
    assert before.startswith(b"# all reports")

    def broken(readings: Readings, out: IO[bytes]) -> None:
        out.write(b"half")
        raise InputError("it broke", "try again")

    monkeypatch.setattr("onrecord.export.formats.markdown.EXPORTER", Exporter("markdown", ".md", "Broken.", broken))
    told = run(record, "--format", "markdown", "-o", str(out))
    assert (told.exit_code, out.read_bytes()) == (1, before)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.xlsx", "war.db"]


def test_the_formats_are_listed_each_with_a_line(record: str) -> None:
    shown = run(record, "--formats").stdout
    assert len(shown.splitlines()) > len(format_names())
    assert all(name in shown for name in format_names())


def test_an_exporter_is_what_it_is_asked_for_by() -> None:
    for name in format_names():
        found = exporter(name)
        assert found.name == name
        assert found.suffix.startswith(".")
        assert found.description.endswith(".")


@pytest.mark.parametrize("name", [name for name in format_names() if name != "jsonl"])
def test_names_withheld_are_withheld_in_every_format(record: str, name: str, tmp_path: Path) -> None:
    told = run(record, "--redact", "persons", "--format", name, "-o", str(tmp_path / "out"))
    if told.exit_code:
        assert told.stderr.count("\n") == 1
        pytest.skip(told.stderr.strip())
    made = (tmp_path / "out").read_bytes()
    parts = [made]
    if zipfile.is_zipfile(io.BytesIO(made)):
        with zipfile.ZipFile(io.BytesIO(made)) as zipped:
            parts = [zipped.read(part) for part in zipped.namelist()]
    assert not any(name in part for part in parts for name in (b"Adler", b"A. Reader"))


class Point(EntryPoint):
    """An entry point of a package that is not installed."""

    def load(self) -> object:
        return {"a": PLAIN, "b": "no exporter"}[self.value]


def _plain(readings: Readings, out: IO[bytes]) -> None:
    for reading in readings:
        out.write(f"{reading.annotated.report.title}\n".encode())


PLAIN = Exporter("titles", ".txt", "Titles alone.", _plain)


def test_another_package_adds_a_format_and_takes_none_over(record: str, monkeypatch: pytest.MonkeyPatch) -> None:
    points = (Point("titles", "a", exporters.GROUP), Point("csv", "a", exporters.GROUP),
              Point("bad", "b", exporters.GROUP))  # fmt: skip
    monkeypatch.setattr(exporters, "entry_points", lambda group: points if group == exporters.GROUP else ())
    assert format_names()[-2:] == ("bad", "titles")
    assert format_names().count("csv") == 1
    assert exporter("csv") is not PLAIN
    assert run(record, "--format", "titles", "--search", "envoy").stdout == "Capital calm\n"
    with pytest.raises(InputError, match="is no Exporter"):
        exporter("bad")
