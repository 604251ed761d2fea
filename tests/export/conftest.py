"""A record of invented reports, with a correction and words that mean harm, for all exports to be made of."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from onrecord import wire
from onrecord.cli import main
from onrecord.export.exporters import exporter
from onrecord.export.readings import Reading
from onrecord.model import Annotated, Via
from onrecord.record.provenance import run
from onrecord.record.store import Record
from record.builder import Builder
from record.builder import received as built
from view.reports import capital_report, later_border_report, unread_report

MOMENT = datetime(1958, 3, 9, 12, tzinfo=UTC)

Exported = Callable[..., bytes]


def hostile_report() -> Annotated:
    """Words that mean something to spreadsheets, browsers and Markdown, beyond the Basic Multilingual Plane too."""
    b = Builder()
    b.write("🚢 Port 🚢\n")
    speaker = b.entity("=cmd|' /C calc'!A0 <b>Oré & Co</b>")
    said = b.says(speaker, "said", '<script>alert("1")</script>\nand *more* [x](javascript:alert(1))\r\nat\tsea')
    town = b.place("Kassara", precision="region")
    b.event("+troops attacked", "ASSAULT", actors=(speaker,), place=town, voice=said.id)
    b.figure("-3 wounded", 3, 3, unit="wounded", place=town, voice=said.id)
    made = b.annotated(title="@Ships & <i>sails</i>", publisher='=Harbour "Wire"', published="1958-03-06")
    (said,) = made.attributions
    return msgspec.structs.replace(
        made,
        attributions=(msgspec.structs.replace(said, via=(Via(((2, 6),), None, "Port"),)),),
        report=msgspec.structs.replace(made.report, url="https://harbour.example/a?b=1&c=<2>"),
    )


@pytest.fixture
def record(tmp_path: Path) -> str:
    first = run(software="onrecord 0.1.0", models=["small:1"], settings={"language": "en"}, started=MOMENT)
    path = str(tmp_path / "war.db")
    with Record.open(path, clock=lambda: MOMENT) as opened:
        for address, each in (("/border", later_border_report()), ("/capital", capital_report()),
                              ("/unread", unread_report()), ("/hostile", hostile_report())):  # fmt: skip
            opened.add(built(each, address), each, first)
        figure = opened.annotated("/border").figures[0].id
        opened.correct("edit", f"/border:{figure}", author="A. Reader", reason="the text says so", field="unit",
                       value="wounded")  # fmt: skip
    return path


@pytest.fixture
def readings(record: str) -> dict[str, Annotated]:
    """The readings of the record by their reports' ids."""
    with Record.open(record) as opened:
        hits = opened.search("", kind="report", limit=99)
        return {hit.report_id: opened.annotated(hit.report_id) for hit in hits}


@pytest.fixture
def exported(record: str) -> Exported:
    """What `onrecord export --format NAME` writes, with further arguments; the same each time."""

    def made(name: str, *arguments: str) -> bytes:
        first, again = (
            CliRunner().invoke(main, ["--record", record, "export", "--format", name, *arguments],
                               catch_exceptions=False)
            for _ in range(2)
        )  # fmt: skip
        assert first.exit_code == 0, first.stderr
        assert first.stdout_bytes == again.stdout_bytes
        return first.stdout_bytes

    return made


@dataclass
class Held:
    """Readings that are not in a record."""

    of: tuple[Annotated, ...]
    title: str = "some reports"

    def __iter__(self) -> Iterator[Reading]:
        for annotated in self.of:
            yield Reading(annotated, run(software="onrecord 0.1.0", started=MOMENT), "1958-03-09T12:00:00Z")


def written(name: str, *annotated: Annotated) -> bytes:
    """What an exporter makes of readings."""
    out = io.BytesIO()
    exporter(name).write(Held(annotated), out)
    return out.getvalue()


def decoded(lines: bytes) -> list[Annotated]:
    return [wire.decode(line) for line in lines.splitlines()]
