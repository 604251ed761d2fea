"""A bulk folder gets the links that a record gets, whatever is killed and however the work is cut."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from distributed import LocalCluster

from onrecord.bulk.links import pairing, tracing
from onrecord.bulk.links.keeping import WORK, Reconciled
from onrecord.bulk.links.running import Begun, Done, reconcile
from onrecord.bulk.manifest import MANIFEST
from onrecord.bulk.running import bulk
from onrecord.cli import main
from onrecord.errors import RecordError

from .linked import Found, archived, in_bulk, in_record
from .samples import in_this_process, wire, workers


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archived(tmp_path_factory.mktemp("archive") / "news", 200)


@pytest.fixture(scope="module")
def expected(news: Path) -> Found:
    """What a record of the same files has."""
    return in_record(news, news.parent / "war.db")


@pytest.fixture(scope="module")
def filled(news: Path) -> Path:
    """A bulk folder of the files; tests take copies of it."""
    out = news.parent / "out"
    list(bulk([news], out, models=False, workers=2, part_reports=30))
    return out


@pytest.fixture
def out(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "out"))


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["reconcile", *words], catch_exceptions=False)


def files(out: Path) -> list[str]:
    return sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())


def test_the_archive_has_something_to_find_by_every_kind(expected: Found) -> None:
    assert len(expected["stories"]) > 200
    assert [kind for kind in ("copy-of/2", "same-story/1", "same-attribution/1", "same-event/1", "same-figure/2",
                              "same-issue/1") if not expected[kind]] == []  # fmt: skip
    assert any(len(own) > 1 for own, _ in expected["origins"])
    assert any("~" in name for name in expected["stories"])


@pytest.mark.parametrize(("workers", "bucket_reports"), [(1, 10_000), (2, 60), (2, 11)])
def test_links_and_groups_are_those_of_a_record(out: Path, expected: Found, workers: int, bucket_reports: int) -> None:
    begun, *done, found = reconcile(out, workers=workers, bucket_reports=bucket_reports)
    assert isinstance(begun, Begun)
    assert isinstance(found, Reconciled)
    assert len(done) == begun.tasks
    assert in_bulk(out) == expected
    assert found.links == {
        kind.partition("/")[0]: len(links) for kind, links in expected.items() if "/" in kind and links
    }
    assert found.reports == len(expected["stories"])
    assert found.origins == len(expected["origins"])
    assert list(reconcile(out)) == [found]


def test_neither_the_parts_nor_the_pieces_of_the_work_matter(
    news: Path, tmp_path: Path, expected: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other parts than those of the other tests; and hardly anything is held at a time."""
    for module, name, value in ((pairing, "PAIRS", 50), (tracing, "GATHERED", 30_000)):
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr("onrecord.bulk.links.carrying.GATHERED", 30_000)
    monkeypatch.setattr("onrecord.bulk.links.judging.GATHERED", 5)
    monkeypatch.setattr("onrecord.bulk.links.running.connected", in_this_process)
    list(bulk([news], tmp_path / "out", models=False, workers=2, part_reports=500))
    list(reconcile(tmp_path / "out", bucket_reports=70))
    assert in_bulk(tmp_path / "out") == expected


def test_workers_that_are_killed_lose_nothing_and_double_nothing(out: Path, expected: Found) -> None:
    chance, killed, ended = random.Random(1974), list[int](), threading.Event()

    def kill() -> None:
        while not ended.is_set() and len(killed) < 3:
            time.sleep(chance.uniform(0.2, 0.8))
            alive = workers()
            if alive and any((out / WORK).glob("*/sightings*")):
                victim = chance.choice(alive)
                with contextlib.suppress(psutil.NoSuchProcess):
                    victim.kill()
                killed.append(victim.pid)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        begun, *done, _ = reconcile(out, workers=2, bucket_reports=25)
    finally:
        ended.set()
        killer.join()
    assert killed
    assert isinstance(begun, Begun)
    assert [one.done for one in done if isinstance(one, Done)] == list(range(1, begun.tasks + 1))
    assert in_bulk(out) == expected


@pytest.mark.parametrize("after", [3, 30, 60])
def test_a_command_that_is_killed_goes_on_where_it_was(out: Path, expected: Found, after: int) -> None:
    words = ["reconcile", str(out), "--part", "20", "--jobs", "1"]
    child = subprocess.Popen([sys.executable, "-m", "onrecord", *words], stdout=subprocess.PIPE, start_new_session=True)

    def entered() -> list[str]:
        found = list((out / WORK).glob(f"*/{MANIFEST}"))
        return found[0].read_text().splitlines()[1:] if found else []

    while child.poll() is None and len(entered()) < after:
        time.sleep(0.02)
    os.kill(child.pid, signal.SIGKILL)
    child.communicate(timeout=300)
    done = entered()
    assert len(done) >= after
    begun, *rest, _ = reconcile(out, workers=1, bucket_reports=20)
    assert isinstance(begun, Begun)
    assert (begun.done, len(rest)) == (len(done), begun.tasks - len(done))
    assert in_bulk(out) == expected
    assert not (out / WORK).exists()


def test_what_stops_while_the_tables_come_to_their_places_is_not_done_again(
    out: Path, expected: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace: Callable[..., None] = os.replace

    def stopped(source: Path, target: Path) -> None:
        if Path(target).name == "stories":
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr("onrecord.bulk.links.keeping.os.replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        list(reconcile(out, workers=1))
    monkeypatch.setattr("onrecord.bulk.links.keeping.os.replace", replace)
    begun, found = reconcile(out, workers=1)
    assert isinstance(begun, Begun)
    assert begun.done == begun.tasks
    assert isinstance(found, Reconciled)
    assert in_bulk(out) == expected


def test_the_command_says_what_it_found_and_does_nothing_twice(tmp_path: Path) -> None:
    path, out = wire(tmp_path / "wire.jsonl", range(4)), tmp_path / "out"
    list(bulk([path], out, models=False, workers=1))
    first = run(str(out), "--jobs", "1")
    assert first.stdout.startswith("4 reports compared: ")
    assert first.stdout.endswith(f"Parquet: {out}\n")
    before = files(out)
    again = run(str(out), "--jobs", "1")
    assert again.stdout == first.stdout.replace("compared:", "compared already:")
    assert files(out) == before
    about = json.loads(pq.read_schema(next((out / "links").rglob("part-*.parquet"))).metadata[b"onrecord"])
    assert about["schema"] == "onrecord-parquet-links/1"

    wire(path, range(6))
    list(bulk([path], out, models=False, workers=1))
    assert run(str(out), "--jobs", "1").stdout.startswith("6 reports compared: ")
    assert len(ds.dataset(out / "stories").to_table()) == 6
    next((out / "stories").glob("part-*.parquet")).unlink()
    assert run(str(out), "--jobs", "1").stdout.startswith("6 reports compared: ")
    assert len(ds.dataset(out / "stories").to_table()) == 6


def test_a_folder_without_reports_gets_tables_without_rows(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    list(bulk([tmp_path / "empty.jsonl"], tmp_path / "out", models=False, workers=1))
    assert run(str(tmp_path / "out"), "--jobs", "1").stdout.startswith("0 reports compared: 0 links, 0 stories")
    for name in ("links", "stories", "origins"):
        assert len(ds.dataset(tmp_path / "out" / name, partitioning="hive").to_table()) == 0


def test_folders_that_cannot_be_linked_are_told(tmp_path: Path) -> None:
    assert "no manifest" in run(str(tmp_path)).stderr
    old = {"schema": "onrecord-parquet/1", "models": [], **dict.fromkeys(("software", "settings", "digest"), "")}
    (tmp_path / MANIFEST).write_text(json.dumps({**old, "published": None, "publisher": None}) + "\n")
    with pytest.raises(RecordError, match="filled in schema onrecord-parquet/1"):
        list(reconcile(tmp_path))
    (tmp_path / MANIFEST).write_text("nothing\n")
    assert "damaged" in run(str(tmp_path)).stderr
    assert run("--part", "3").exit_code == 2


def test_the_workers_of_a_cluster_do_the_work(out: Path, expected: Found) -> None:
    with LocalCluster(n_workers=1, threads_per_worker=2, processes=False, protocol="tcp",
                      dashboard_address="127.0.0.1:0") as cluster:  # fmt: skip
        done = run(str(out), "--scheduler", cluster.scheduler_address, "--part", "80")
        assert len(cluster.scheduler.workers) == 1
    assert done.exit_code == 0
    assert in_bulk(out) == expected
