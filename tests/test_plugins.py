"""Readers and annotators of other packages: the example of the documentation, installed for a test, and faulty ones."""

from __future__ import annotations

import gzip
import re
import shutil
import sys
import textwrap
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import annotate
from onrecord.annotators.settings import Settings
from onrecord.batch import Addition, additions
from onrecord.cli import main
from onrecord.errors import InputError
from onrecord.model import Annotated
from onrecord.plugins import in_force
from onrecord.read import Received, received
from onrecord.read.fetch import Answer
from onrecord.read.targets import listed
from onrecord.read.web_addresses import answered
from onrecord.record.store import Record

PAGE = (Path(__file__).parents[1] / "docs" / "how-to" / "write-a-plugin.md").read_text(encoding="utf-8")
MODULE = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
PROJECT = re.search(r"```text\n(\[build-system.*?)```", PAGE, re.DOTALL)
LOG = (
    "1962-10-24 The tanker Bucharest left Berth 9, the pilot said.\n1962-10-25 Nothing moved at Berth 4 on Thursday.\n"
)

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a package of one module, as an installer would, on a path of its own for this test."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    modules: list[str] = []

    def installed(code: str, package: str, version: str, points: dict[str, dict[str, str]]) -> None:
        module = package.replace("-", "_")
        modules.append(module)
        (site / f"{module}.py").write_text(textwrap.dedent(code), encoding="utf-8")
        about = site / f"{module}-{version}.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n")
        lines = [f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in found.items()) for group, found in points.items()]
        (about / "entry_points.txt").write_text("\n".join(lines))
        # What is on a path is looked through once; a second package must be seen too.
        monkeypatch.syspath_prepend(str(shutil.copytree(site, tmp_path / f"site{len(modules)}")))

    yield installed
    for name in modules:
        sys.modules.pop(name, None)


@pytest.fixture
def harbour(install: Install) -> None:
    """The example of the documentation."""
    assert MODULE
    assert PROJECT
    project = tomllib.loads(PROJECT[1])["project"]
    install(MODULE[1], project["name"], project["version"], project["entry-points"])


def _annotators(**named: str) -> dict[str, dict[str, str]]:
    return {"onrecord.annotators": named}


def _why(read: Annotated) -> list[str]:
    return [part.why for part in read.report.unread]


@pytest.mark.usefixtures("harbour")
def test_a_reader_reads_its_suffix_in_folders_archives_and_packed(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "a.HarbourLog").write_text(LOG)
    (folder / "b.harbourlog.gz").write_bytes(gzip.compress(LOG.encode()))
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.writestr("d.harbourlog", LOG)
    (folder / "e.other").write_text("left out")
    results = list(received([str(folder)]))
    assert all(isinstance(one, Received) for one in results)
    reports = [one for one in results if isinstance(one, Received)]
    assert [one.report.published for one in reports] == ["1962-10-24", "1962-10-25"] * 3
    assert len({one.original.address for one in reports}) == 6
    for one in reports:
        ((start, there, length),) = one.original.segments
        assert one.original.decoded[there : there + length] == one.report.text[start : start + length]
    assert listed([str(folder / "a.HarbourLog")]).reports is None


@pytest.mark.usefixtures("harbour")
def test_one_bad_part_costs_itself_alone(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "a.harbourlog").write_text("someday A ship came.\n" + LOG)
    (folder / "b.harbourlog").write_bytes(b"1962-10-24 \xff\n")
    (folder / "c.txt").write_text("Talks failed.")
    first, *good, broken, text = received([str(folder)])
    assert isinstance(first, InputError)
    assert str(first.subject).endswith("a.harbourlog:1")
    assert isinstance(broken, InputError)
    assert "the reader harbourlog of harbour-plugins 1.2 failed (UnicodeDecodeError" in broken.cause
    assert str(broken.subject).endswith("b.harbourlog")
    assert "\n" not in str(broken)
    assert [isinstance(one, Received) for one in (*good, text)] == [True, True, True]


@pytest.mark.usefixtures("harbour")
def test_an_annotator_adds_entries_that_verify() -> None:
    read = annotate("The tanker left Berth 9 for Berth 7, the pilot said.", models=False)
    (berth,) = [place for place in read.places if place.id.startswith("berths-")]
    assert (berth.id, berth.name, berth.precision) == ("berths-1", "Berth 9", "address")
    assert read.report.text[slice(*berth.span)] == "Berth 9"
    assert [one.act for one in read.attributions] == ["asserts"]
    assert _why(read) == []


@pytest.mark.usefixtures("harbour")
def test_each_run_keeps_the_plugins_in_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "a.harbourlog"
    log.write_text(LOG)
    names = {"reader harbourlog of harbour-plugins 1.2", "annotator berths of harbour-plugins 1.2"}
    with Record.open(tmp_path / "war.db") as record:

        def added() -> list[str]:
            results = additions(record, received([str(log)]), Settings(models=False))
            return [one.outcome for one in results if isinstance(one, Addition)]

        assert added() == ["new report", "new report"]
        assert added() == ["unchanged", "unchanged"]
        assert record.verify() == []
        with record.reading() as connection:
            (models,) = connection.exec_driver_sql("SELECT models FROM runs").scalars()
        assert all(name in models for name in names)
    assert set(in_force()) >= names
    monkeypatch.setattr(sys, "path", [path for path in sys.path if not path.startswith(str(tmp_path))])
    assert not set(in_force()) & names


def test_what_is_fetched_is_read_by_its_media_type(install: Install) -> None:
    assert MODULE
    install(MODULE[1], "harbour-plugins", "1.2",
            {"onrecord.readers": {"application/x-harbour-log": "harbour_plugins:logs"}})  # fmt: skip
    answer = Answer("https://harbour.example/log", 200, {"content-type": "application/x-harbour-log"}, LOG.encode())
    assert [one.report.published for one in answered(answer, subject="log") if isinstance(one, Received)] == [
        "1962-10-24", "1962-10-25",
    ]  # fmt: skip


def test_what_onrecord_reads_itself_is_not_taken_over(install: Install, tmp_path: Path) -> None:
    install("def read(found):\n    raise ValueError", "rude", "1", {"onrecord.readers": {"txt": "rude:read"}})
    (tmp_path / "a.txt").write_text("Talks failed.")
    (one,) = received([str(tmp_path / "a.txt")])
    assert isinstance(one, Received)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("def add(read):\n    return [read.places[0]]", "IndexError"),
        ("def add(read):\n    raise RuntimeError('two\\nlines')", "RuntimeError: two lines"),
        ("def add(read):\n    return ['a place']", "it gave a str, not an entry"),
        ("def add(read):\n    return None", "TypeError"),
        ("from onrecord.model import Time\ndef add(read):\n    return [Time('t1', (0, 5), 'DATE', None, None)]",
         "the id 't1' is not bad-1"),
        ("from onrecord.model import Time\ndef add(read):\n    return [Time('bad-1', (0, 500), 'DATE', None, None)]",
         "1 anchors do not verify"),
        ("from onrecord.model import Time\ndef add(read):\n    return [Time('bad-1', (0, 5), 'SOON', None, None)]",
         "Invalid enum value 'SOON'"),
        ("from onrecord.model import Time\ndef add(read):\n    return 2 * [Time('bad-1', (0, 5), 'DATE', None, None)]",
         "the id is used twice"),
        ("import no_such_module", "ModuleNotFoundError"),
    ],
)  # fmt: skip
def test_a_faulty_annotator_costs_its_own_entries_and_is_named(install: Install, code: str, why: str) -> None:
    text = "Talks failed, he said."
    alone = annotate(text, models=False)
    install(code, "bad-plugin", "0.1", _annotators(bad="bad_plugin:add"))
    install("""
        from onrecord.model import Time
        def add(read):
            return [Time("good-1", (0, 5), "DATE", None, None)]
    """, "good-plugin", "2.0", _annotators(good="good_plugin:add"))  # fmt: skip
    read = annotate(text, models=False)
    assert read.attributions == alone.attributions
    assert [one.id for one in read.times] == [*(one.id for one in alone.times), "good-1"]
    (told,) = _why(read)
    assert told.startswith("the annotator bad of bad-plugin 0.1 failed (")
    assert why in told
    assert "\n" not in told


def test_a_name_that_would_not_do_in_an_id_is_refused(install: Install) -> None:
    install("def add(read):\n    return []", "odd", "1", {"onrecord.annotators": {"a:b": "odd:add"}})
    (told,) = _why(annotate("Talks failed, he said.", models=False))
    assert "its name is not of letters and digits alone" in told


def test_a_reader_that_gives_no_reports_is_said(install: Install, tmp_path: Path) -> None:
    install("def read(found):\n    yield 'words'", "odd", "1", {"onrecord.readers": {"odd": "odd:read"}})
    (tmp_path / "a.odd").write_text("x")
    (one,) = received([str(tmp_path / "a.odd")])
    assert isinstance(one, InputError)
    assert "the reader odd of odd 1 failed (TypeError: it gave a str, not a Received)" in one.cause


def test_an_annotator_may_read_what_onrecord_does_not(install: Install) -> None:
    install("""
        from onrecord.model import Time
        def add(read):
            return [Time("days-1", (24, 31), "DATE", None, None)] if read.report.language == "de" else []
    """, "german-days", "1", _annotators(days="german_days:add"))  # fmt: skip
    read = annotate("Die Ministerin sagte am Freitag, dass die Gespräche über den Hafen gescheitert seien.")
    assert [read.report.text[slice(*one.span)] for one in read.times] == ["Freitag"]
    assert _why(read) == ["language de is not annotated"]


@pytest.mark.usefixtures("harbour")
def test_the_command_lists_them_and_says_what_cannot_be_loaded(install: Install) -> None:
    result = CliRunner().invoke(main, ["plugins"])
    shown = re.search(r"\$ onrecord plugins\n(.*?)```", PAGE, re.DOTALL)
    assert shown
    assert [line.split() for line in result.output.splitlines()] == [line.split() for line in shown[1].splitlines()]
    assert result.exit_code == 0
    install("import no_such_module", "bad-plugin", "0.1", _annotators(bad="bad_plugin:add"))
    failed = CliRunner().invoke(main, ["plugins"])
    assert failed.exit_code == 1
    assert "onrecord: the annotator bad of bad-plugin 0.1 failed (ModuleNotFoundError" in failed.output
