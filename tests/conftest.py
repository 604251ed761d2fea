"""Reports of a ferry fire, with numbers that do not agree, and of what happened elsewhere, read once for all tests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.annotators.settings import Settings
from onrecord.batch import additions
from onrecord.errors import OnrecordError
from onrecord.read import received
from onrecord.reconciling import reconcile
from onrecord.record.store import Record
from servers import Server, missing, server

FERRY = (
    ("2031-03-04", "Harbour Post", "Police said that nine people died in the Kharkiv ferry fire on Monday."),
    ("2031-03-04", "Evening Echo",
     "The Kharkiv ferry fire on Monday killed at least 12 people, the health ministry said."),
    ("2031-03-05", "Harbour Post",
     "The Kharkiv ferry fire on Monday killed 11 people, police said. The health ministry said that 15 people died."),
    ("2031-03-05", "Coast Wire",
     "Between 12 and 16 people died in the Kharkiv ferry fire on Monday, a rescue group said."),
    ("2031-03-06", "Evening Echo",
     "The Kharkiv ferry fire on Monday killed 11 people. Dozens were wounded in the ferry fire in Kharkiv."),
    ("2031-03-08", "North Mail",
     "In March 2031 soldiers attacked Damascus and rebels shelled Aleppo, the army said. On 7 March 2031 troops "
     "attacked villages in Syria. Rebels attacked Idlib on 7 March. The president met the foreign minister in Ankara "
     "on 6 March 2031. The army spent $3 million on 1,200 soldiers there."),
    ("2031-03-09", "North Mail",
     "On Sunday troops fired on protesters in Lagos. Demonstrators marched in Jakarta in February 2031. The navy "
     "attacked a ship in the Black Sea on 8 March 2031. In 1871 rebels attacked Paris."),
)  # fmt: skip


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server, started once for all tests that need one."""
    if why := missing():
        pytest.skip(why)
    with server() as started:
        yield started


#: Tests of these folders and files run once for each kind of database, if they ask for a record.
ON_BOTH = ("record", "view", "reconcile", "test_reconciling.py")
#: What is SQLite's alone.
NOT_ON_BOTH = ("test_opening.py",)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    path = metafunc.definition.path
    first = path.relative_to(Path(__file__).parent).parts[0]
    if "engine" in metafunc.fixturenames and first in ON_BOTH and path.name not in NOT_ON_BOTH:
        metafunc.parametrize("engine", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where the records of a test stand, whatever paths it gives: in files, or in databases on PostgreSQL."""
    name: str = getattr(request, "param", "sqlite")
    if name != "postgresql":
        yield name
        return
    started: Server = request.getfixturevalue("postgresql")
    monkeypatch.setattr("onrecord.record.store.opened", started.opened)
    yield name
    started.forget()


@pytest.fixture
def ferry(engine: str, request: pytest.FixtureRequest) -> Record:
    """The record of these reports, f0 to f6, linked; for tests that change nothing."""
    found: Record = request.getfixturevalue(f"ferry_{engine}")
    return found


@pytest.fixture(scope="session")
def ferry_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    folder: Path = tmp_path_factory.mktemp("ferry")
    yield from _ferry(folder, str(folder / "ferry.db"))


@pytest.fixture(scope="session")
def ferry_postgresql(tmp_path_factory: pytest.TempPathFactory, postgresql: Server) -> Iterator[Record]:
    yield from _ferry(tmp_path_factory.mktemp("ferry"), postgresql.record())


def _ferry(folder: Path, where: str) -> Iterator[Record]:
    lines = [
        json.dumps({"id": f"f{n}", "text": text, "published": day, "publisher": by, "title": text.split(".")[0]})
        for n, (day, by, text) in enumerate(FERRY)
    ]
    (folder / "ferry.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with Record.open(where) as record:
        arrivals = received([str(folder / "ferry.jsonl")], published=None, publisher=None)
        for result in additions(record, arrivals, Settings(models=False)):
            assert not isinstance(result, OnrecordError)
        list(reconcile(record))
        yield record
