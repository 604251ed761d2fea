"""A record of invented reports, exported for brat into a folder whose files the tests change as annotators would."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from export.conftest import hostile_report
from onrecord.cli import main
from onrecord.model import (
    Addressee,
    Annotated,
    Condition,
    Content,
    Medium,
    Participant,
    Role,
    Source,
    Span,
    StatementTime,
    Via,
)
from onrecord.record.provenance import Run, run
from onrecord.record.store import Record
from record.builder import Builder, received
from view.reports import capital_report, later_border_report, unread_report

MOMENT = datetime(1958, 3, 9, 12, tzinfo=UTC)

Onrecord = Callable[..., Result]


def a_run(version: str = "0.1.0") -> Run:
    return run(software=f"onrecord {version}", models=["small:1"], settings={"language": "en"}, started=MOMENT)


def full_report() -> Annotated:
    """A report in which every field of every type says something, with spans that brat cannot hold as they are."""
    b = Builder()
    agency = b.entity("Gull Agency", kind="organisation", country="LVA")
    outer = b.says(agency, "reported", "the envoy told miners in a letter that\nunless pay\nrises, work will stop")
    envoy = b.entity("Mila Adler", role="Envoy")
    day = b.time(" on Monday", "1958-03-03")
    span = (b.text.index("unless"), b.text.index(" will stop"))
    inner = b.says(envoy, "told", "", content_span=span, act="threatens", within=outer.id)
    spring = b.time(" this spring", "1958-SP", "APPROX")
    town = b.place("Saint-Élie")
    event = b.event("blocked the road", "PROTEST", actors=(envoy, agency), place=town, time=day, voice=inner.id)
    first = b.figure("Thirty were hurt", 30, 30.5, unit="wounded", of="miners", claimant=agency.entity, voice=outer.id)
    second = b.figure("Four were killed", None, None, claimant=agency.entity, voice="unsourced")
    b.figure("a few", 3, None)
    made = b.annotated(title='No; title = "none"', publisher="Valley Courier", published="1958-03-04")

    def at(words: str) -> Span:
        return made.report.text.index(words), made.report.text.index(words) + len(words)

    unless, pay = at("unless"), at("pay")
    inner = msgspec.structs.replace(
        inner, kind="mixed", negated=True, medium=Medium((at("in a letter"),), "by letter"),
        source=Source(inner.source.spans, None, "unnamed-person", (at("in a"), at("letter"))),
        content=Content((unless, (unless[1], pay[0]), pay)), via=(Via(agency.spans, agency.entity, agency.text),),
        addressee=Addressee((at("miners"),), envoy.entity), time=StatementTime(at("Monday"), "1958-03-03TMO"),
        conditions=(Condition(unless, (unless[0], at("rises")[1]), at("work")),), confidence=0.123456789,
    )  # fmt: skip
    outer = msgspec.structs.replace(outer, source=Source((), agency.entity, "organisation", ()))
    event = msgspec.structs.replace(event, mode="obstruct", contexts=("labor", "roads; ferries"), cameo="144",
                                    recipients=(Participant((), "", agency.entity),))  # fmt: skip
    second = msgspec.structs.replace(second, part_of=first.id, period=spring.id, scope="cumulative",
                                     qualifier="fewer than")  # fmt: skip
    one, two = made.entities
    two = msgspec.structs.replace(two, ids={"wikidata": "Q1:2", "codebook": "Mila Adler"}, sector="GOV",
                                  roles=(*two.roles, Role("envoy; special", "Coast", two.roles[0].span)))  # fmt: skip
    return msgspec.structs.replace(
        made, entities=(one, two), attributions=(outer, inner), events=(event,),
        figures=(made.figures[0], second, made.figures[2]),
        places=(msgspec.structs.replace(made.places[0], lat=-48.0, geonames=None, admin=("Coast", "\u2028 x"),
                                        entity=agency.entity),),
    )  # fmt: skip


def harmful_report() -> Annotated:
    """Words that mean harm, under the version that is theirs without an address."""
    made = hostile_report()
    return msgspec.structs.replace(made, report=msgspec.structs.replace(made.report, url=None))


REPORTS = {"/full": full_report, "/border": later_border_report, "/capital": capital_report, "/unread": unread_report,
           "/hostile": harmful_report}  # fmt: skip


@contextmanager
def opened(path: Path) -> Iterator[Record]:
    with Record.open(path, clock=lambda: MOMENT) as record:
        yield record


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the record and its export, to be copied."""
    folder = tmp_path_factory.mktemp("exported")
    with opened(folder / "war.db") as made:
        for address, report in REPORTS.items():
            made.add(received(report(), address), report(), a_run())
    arguments = ["--record", str(folder / "war.db"), "export", "--format", "brat", "-o", str(folder / "brat.zip")]
    assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0
    return folder


@pytest.fixture
def record(exported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(exported / "war.db", tmp_path))


@pytest.fixture
def onrecord(record: Path) -> Onrecord:
    """The command line on the record."""

    def called(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, ["--record", str(record), *map(str, arguments)], catch_exceptions=False)

    return called


@dataclass
class File:
    """A file of brat's, changed as brat changes it."""

    path: Path

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    def change(self, old: str, new: str) -> None:
        assert self.text.count(old) == 1, old
        self.path.write_text(self.text.replace(old, new), encoding="utf-8")

    def add(self, *lines: str) -> None:
        self.path.write_text(self.text + "".join(f"{line}\n" for line in lines), encoding="utf-8")

    def drop(self, name: str) -> None:
        """Delete an annotation with its attributes and notes, as brat does."""
        lines = [line for line in self.text.splitlines() if not re.match(rf"{name}\t|[#A]\d+\t\w+ {name}\b", line)]
        self.path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def entry(self, entry: str) -> str:
        """The name of brat's annotation of an entry."""
        (found,) = set(re.findall(rf"AnnotatorNotes (\w+)\t(?:id={entry})(?:;|$)", self.text, re.MULTILINE))
        return str(found)

    def bound(self, label: str, words: str) -> str:
        """The name of some words under a label."""
        (found,) = re.findall(rf"^(T\d+)\t{label} [^\t]*\t{re.escape(words)}$", self.text, re.MULTILINE)
        return str(found)

    def line(self, name: str) -> str:
        return next(line for line in self.text.splitlines() if line.startswith(f"{name}\t"))

    def number(self, name: str) -> int:
        return 1 + [line.partition("\t")[0] for line in self.text.splitlines()].index(name)


@dataclass
class Project:
    """A folder of brat's."""

    folder: Path
    record: Path

    def file(self, address: str, suffix: str = ".ann") -> File:
        """The file of the report with this address."""
        with opened(self.record) as record:
            report = record.annotated(address).report.id
        (found,) = self.folder.glob(f"*-{report}{suffix}")
        return File(found)


@pytest.fixture
def project(exported: Path, record: Path, tmp_path: Path) -> Project:
    with zipfile.ZipFile(exported / "brat.zip") as zipped:
        zipped.extractall(tmp_path / "brat")
    return Project(tmp_path / "brat", record)
