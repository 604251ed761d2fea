"""Readers, annotators and gazetteers of other packages: the documentation's example, installed, and faulty ones."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import sys
import textwrap
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.dataset as ds
import pytest
from click.testing import CliRunner

from onrecord import annotate
from onrecord.annotators.bodies import with_own
from onrecord.annotators.gazetteer import gazetteer
from onrecord.annotators.own_places import with_own_places
from onrecord.annotators.plugged_names import in_force as in_force_names
from onrecord.annotators.settings import Settings
from onrecord.batch import Addition, additions
from onrecord.cli import main
from onrecord.codebook.model import Actor, Codebook, Outlet, OwnPlace
from onrecord.errors import InputError
from onrecord.model import Annotated
from onrecord.plugins import in_force
from onrecord.read import Received, received
from onrecord.read.fetch import Answer
from onrecord.read.outlets import by_outlet
from onrecord.read.targets import listed
from onrecord.read.text import report
from onrecord.read.web_addresses import answered
from onrecord.record.provenance import current_run
from onrecord.record.store import Record
from timed import seconds_of

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


def _gazetteers(**named: str) -> dict[str, dict[str, str]]:
    return {"onrecord.gazetteers": named}


def _bringing(entries: str) -> str:
    """A module of a gazetteer."""
    return f"""
from onrecord.codebook import Codebook
from onrecord.codebook.model import Actor, Cue, Outlet, OwnPlace

def names():
    return Codebook({entries})
"""


def _place(name: str, lat: float, *others: str) -> str:
    return f"OwnPlace(name={name!r}, country='SDN', lat={lat}, lon=30, other_names={others!r}),"


def _points(read: Annotated) -> dict[str, float | None]:
    return {read.report.text[slice(*one.span)]: one.lat for one in read.places}


@pytest.mark.usefixtures("harbour")
@pytest.mark.parametrize(("day", "sector"), [("1962-10-24", "MIL"), ("1963-01-01", "CVL")])
def test_a_gazetteer_brings_places_actors_with_dated_roles_and_outlets(day: str, sector: str) -> None:
    text = "A tanker left Telmo Pier, San Telmo Pilots said."
    read = annotate(text, published=day, url="https://www.harbour.example/1", models=False)
    assert _points(read) == {"Telmo Pier": 23.1406}
    (pilots,) = [one for one in read.entities if one.name == "San Telmo Pilots"]
    assert (pilots.type, pilots.country, pilots.sector) == ("organisation", "CUB", sector)
    assert read.report.publisher == "Harbour Log"
    assert _why(read) == []


def test_a_team_s_own_names_come_before_those_of_plugins(install: Install) -> None:
    install(
        _bringing(
            f"places=({_place('Camp Orsk', 1, 'Orsk Camp', 'Lowmoor')} {_place('Camp Vale', 2, 'Norvale Guard')}),"
            "actors=(Actor(name='Lund', type='person', other_names=('Umm Salim',)),),"
            "outlets=(Outlet(name='Orsk Post', domains=('orsk.example', 'vale.example')),)"
        ),
        "names", "1", _gazetteers(names="names:names"),
    )  # fmt: skip
    own = Codebook(
        places=(OwnPlace(name="CAMP-ORSK", country="SDN", lat=3, lon=30),
                OwnPlace(name="Lund", country="SDN", lat=4, lon=30)),
        actors=(Actor(name="Norvale Guard", type="armed-force"),),
        outlets=(Outlet(name="Vale Post", domains=("vale.example",)),),
    )  # fmt: skip
    found = in_force_names(own).codebook
    assert found.places == (*own.places, OwnPlace(name="Camp Vale", country="SDN", lat=2, lon=30))
    assert found.actors == own.actors
    assert found.outlets == (*own.outlets, Outlet(name="Orsk Post", domains=("orsk.example",)))
    read = annotate("Rebels left Camp Orsk for Camp Vale and Lund, Norvale Guard said.", codebook=own, models=False)
    assert _points(read) == {"Camp Orsk": 3, "Camp Vale": 2, "Lund": 4}
    assert [one.type for one in read.entities if one.name == "Norvale Guard"] == ["armed-force"]
    without = annotate("Rebels left Camp Orsk for Orsk Camp.", models=False)
    assert _points(without) == {"Camp Orsk": 1, "Orsk Camp": 1}


def test_of_two_plugins_the_first_by_entry_point_then_package_says_what_a_name_means(install: Install) -> None:
    vale = _place("Camp Vale", 5)
    install(_bringing(f"places=({_place('Camp Orsk', 1)} {vale})"), "a-late", "1", _gazetteers(b="a_late:names"))
    install(_bringing(f"places=({_place('Camp Orsk', 2)})"), "z-early", "1", _gazetteers(a="z_early:names"))
    install(_bringing(f"places=({_place('Camp Orsk', 3)} {_place('Camp Vale', 6)})"), "b-later", "1",
            _gazetteers(b="b_later:names"))  # fmt: skip
    assert _points(annotate("Rebels left Camp Orsk for Camp Vale.", models=False)) == {"Camp Orsk": 2, "Camp Vale": 5}


def test_a_run_keeps_the_digest_of_what_gazetteers_brought_and_reports_are_read_again(
    install: Install, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Rebels left Camp Orsk.")
    runs = [current_run(Settings(models=False))]
    outcomes: list[str] = []
    with Record.open(tmp_path / "war.db") as record:
        for package in ("", "camps", "", "more-camps"):
            if package:
                install(_bringing(f"places=({_place(f'Camp {package}', 1)})"), package, "1",
                        _gazetteers(camps=f"{package.replace('-', '_')}:names"))  # fmt: skip
            results = additions(record, received([str(tmp_path / "a.txt")]), Settings(models=False))
            outcomes += [one.outcome for one in results if isinstance(one, Addition)]
            runs.append(current_run(Settings(models=False)))
    assert outcomes == ["new report", "re-read", "unchanged", "re-read"]
    told = [json.loads(one.settings).get("gazetteers") for one in runs]
    assert told[:2] == [None, None]
    assert told[2] == told[3] != told[4]
    first = Codebook(places=(OwnPlace(name="Camp camps", country="SDN", lat=1.0, lon=30.0),))
    assert told[2] == f"sha256:{first.digest}"
    assert "gazetteer camps of camps 1" in runs[2].models
    shown = CliRunner().invoke(main, ["-r", str(tmp_path / "war.db"), "info"], env={"COLUMNS": "250"}).output
    assert f"gazetteers {first.digest[:16]}" in " ".join(shown.split())


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import no_such_module", "ModuleNotFoundError"),
        ("names = 3", "TypeError: 'int' object is not callable"),
        ("def names():\n    return ['Camp Orsk']", "it gave a list, not a Codebook"),
        ("def names():\n    raise RuntimeError('two\\nlines')", "RuntimeError: two lines"),
        (_bringing(f"places=({_place('Camp Orsk', 91)})"), "[[places]] 1 (Camp Orsk), lat: expected a number <= 90.0"),
        (_bringing(f"places=({_place('Camp Orsk', 1)} {_place('Camp Orsk', 2)})"), "is a name of [[places]] 1"),
        (_bringing("places=(OwnPlace(name='Orsk', country='Sudan', lat=1, lon=2),)"), "no ISO 3166-1 alpha-3 code"),
        (_bringing("places=(OwnPlace(name=None, country='SDN', lat=1, lon=2),)"), "[[places]] 1, name: expected text"),
        (_bringing("cues=(Cue(words=('thunder',), manner='said', act='warns'),)"), "which are for a team to choose"),
        ("from onrecord.codebook import read_codebook\ndef names():\n    return read_codebook('/none.toml')",
         "/none.toml: the codebook cannot be read"),
    ],
)  # fmt: skip
def test_a_faulty_gazetteer_costs_its_own_names_and_is_named(install: Install, code: str, why: str) -> None:
    install(code, "bad-names", "0.1", _gazetteers(bad="bad_names:names"))
    install(_bringing(f"places=({_place('Camp Vale', 2)})"), "good-names", "1", _gazetteers(good="good_names:names"))
    read = annotate("Rebels left Camp Vale, he said.", models=False)
    assert _points(read) == {"Camp Vale": 2}
    (told,) = _why(read)
    assert told.startswith("the gazetteer bad of bad-names 0.1 failed (")
    assert why in told
    assert "\n" not in told
    failed = CliRunner().invoke(main, ["plugins"])
    assert failed.exit_code == 1
    assert f"onrecord: {told}; ask who made that package" in failed.stderr
    assert re.search(r"gazetteer +good +good-names 1 *\n", failed.stdout)


def test_a_large_gazetteer_is_asked_once_and_its_names_are_found_without_going_through_them(install: Install) -> None:
    install(
        """
        from onrecord.codebook import Codebook
        from onrecord.codebook.model import Actor, Outlet, OwnPlace, OwnRole
        ASKED = []
        def called(n):
            return "Orsk " + "".join(chr(97 + n // 26**place % 26) for place in range(5)).capitalize()
        def names():
            ASKED.append(1)
            return Codebook(
                places=tuple(OwnPlace(name=called(n), country="SDN", lat=1, lon=2) for n in range(50_000)),
                actors=tuple(Actor(name=f"Lund {n}", type="person", roles=(OwnRole(role="guard", sector="MIL"),))
                             for n in range(5_000)),
                outlets=tuple(Outlet(name=f"Post {n}", domains=(f"n{n}.example",)) for n in range(5_000)),
            )
        """,
        "large", "1", _gazetteers(large="large:names"),
    )  # fmt: skip
    text = "Rebels left Orsk Abcaa on Monday."
    assert _points(annotate(text, models=False)) == {"Orsk Abcaa": 1}

    def looked_up() -> None:
        for number in range(200):
            own = in_force_names(Codebook()).codebook
            by_outlet(report(text, url=f"https://n{number}.example/1"), own)
            by_outlet(report(text, publisher=f"Post {number}"), own)
            assert with_own(own, f"2031-03-{number % 28 + 1:02}").body(f"Lund {number}")
            assert with_own_places(gazetteer(), own).spots("Orsk Abcaa")[0].lat == 1

    def plain() -> None:
        for number in range(400):
            report(text, url=f"https://n{number}.example/1")

    # Going through 60,000 entries takes milliseconds, and so would hashing them; 200 times that is a second or more.
    assert seconds_of(looked_up) < seconds_of(plain) + 0.5
    assert sys.modules["large"].ASKED == [1]


def test_workers_of_bulk_have_the_same_names(install: Install, tmp_path: Path) -> None:
    install(_bringing(f"places=({_place('Camp Orsk', 1.5)})"), "camps", "1", _gazetteers(camps="camps:names"))
    (tmp_path / "a.txt").write_text("Rebels left Camp Orsk.")
    options = ["bulk", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--jobs", "1", "--no-models", "-q"]
    result = CliRunner().invoke(main, options)
    assert result.exit_code == 0, result.output
    rows = ds.dataset(tmp_path / "out" / "places").to_table().to_pylist()
    assert [(row["name"], row["lat"]) for row in rows] == [("Camp Orsk", 1.5)]
